// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs notices, so that their receiver knows who wrote them and when.
 *
 * <p>The value of the header {@value #HEADER} is {@code t=<epoch ms>,v1=<hex>}, where the hex is
 * HMAC-SHA256 over the decimal {@code t}, a full stop, and the body's bytes.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class NoticeSigner {

  /** Name of the request header. */
  public static final String HEADER = "Hongbao-Notice-Signature";

  /** HMAC-SHA256 wants no key shorter than its output, RFC 2104 section 3; 16 is our floor. */
  static final int SECRET_BYTES_MIN = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  public NoticeSigner(byte[] secret) {
    this.key = key(secret);
  }

  /** The header's value for a body that is signed at the given time. */
  public String sign(long nowMs, byte[] body) {
    return "t=" + nowMs + ",v1=" + HexFormat.of().formatHex(mac(key, Long.toString(nowMs), body));
  }

  static SecretKeySpec key(byte[] secret) {
    // A short secret comes from the configuration, so this is its reader's mistake, not a bug.
    if (secret.length < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a notice secret needs at least " + SECRET_BYTES_MIN + " bytes");
    }
    return new SecretKeySpec(secret, ALGORITHM);
  }

  static byte[] mac(SecretKeySpec key, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(time.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) '.');
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      // Every Java platform has to provide this algorithm, and the key was made for it.
      throw new IllegalStateException(impossible);
    }
  }
}
