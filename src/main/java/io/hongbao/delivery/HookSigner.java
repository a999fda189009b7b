// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.webhook.HookSecret;
import io.hongbao.webhook.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries, so that their receiver knows who wrote them and when.
 *
 * <p>The header {@value #HEADER} is {@code t=<epoch ms>,v1=<hex>}, with a second {@code v1} while
 * two secrets are good. The hex is HMAC-SHA256 over the decimal {@code t}, a full stop, and the
 * body's bytes; the key is the secret's 32 bytes.
 *
 * <p><b>Thread:</b> any.
 */
public final class HookSigner {

  public static final String HEADER = "Hongbao-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private HookSigner() {}

  static String sign(Webhook webhook, long nowMs, byte[] body) {
    String first = "t=" + nowMs + ",v1=" + mac(webhook.secret(), nowMs, body);
    return webhook.hasTwoSecrets(nowMs)
        ? first + ",v1=" + mac(webhook.before(), nowMs, body)
        : first;
  }

  /** One signature in hex. */
  public static String mac(HookSecret secret, long nowMs, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
      mac.update(Long.toString(nowMs).getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) '.');
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      // Every Java platform has to provide this algorithm, and the key was made for it.
      throw new IllegalStateException(impossible);
    }
  }
}
