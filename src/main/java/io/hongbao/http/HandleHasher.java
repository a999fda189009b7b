// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.person.HandleHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the hashes under which names, phones, external ids and addresses stand in the journal.
 *
 * <p>Keyed: who has the journal and not the key cannot try all phones there are.
 *
 * <p><b>Thread:</b> any.
 */
public final class HandleHasher {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  public HandleHasher(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Names that differ in case only are one name. */
  HandleHash name(String userName) {
    return hash("name", userName.toLowerCase(Locale.ROOT));
  }

  HandleHash phone(String phone) {
    return hash("phone", phone);
  }

  /** An empty one is none. */
  HandleHash externalId(String externalId) {
    return externalId.isEmpty() ? HandleHash.NONE : hash("external", externalId);
  }

  HandleHash address(String address) {
    return hash("address", address);
  }

  private HandleHash hash(String kind, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(kind.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      ByteBuffer words = ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return new HandleHash(words.getLong(), words.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
