// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Knows the operator key by its hash, so that no dump of the heap shows it.
 *
 * <p><b>Thread:</b> any; immutable. The comparison takes the same time for every wrong key.
 */
public final class OperatorKey {

  private final byte[] hash;

  private OperatorKey(byte[] hash) {
    this.hash = hash;
  }

  /** Takes the key as its file holds it, without the end of the line. */
  public static OperatorKey of(String key) {
    return new OperatorKey(Hash128.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether a presented key with this SHA-256 is the operator's. */
  boolean matches(byte[] presentedHash) {
    return MessageDigest.isEqual(hash, presentedHash);
  }
}
