// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.model.Digest;
import io.hongbao.time.Randomness;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The 32 bytes that sign the deliveries of one webhook.
 *
 * <p><b>Invariant:</b> {@link #toString()} does not show them; {@link #text()} does and is for the
 * one answer that hands the secret out.
 */
public record HookSecret(long word0, long word1, long word2, long word3) {

  /** There is none. */
  public static final HookSecret NONE = new HookSecret(0, 0, 0, 0);

  /** So that scanners of code and logs know one when they see it. */
  public static final String PREFIX = "whsec_";

  public static final int SIZE_BYTES = 32;

  static HookSecret make(Randomness randomness) {
    return new HookSecret(
        randomness.nextLong(), randomness.nextLong(), randomness.nextLong(), randomness.nextLong());
  }

  /** The key of the HMAC. */
  public byte[] bytes() {
    return ByteBuffer.allocate(SIZE_BYTES)
        .putLong(word0)
        .putLong(word1)
        .putLong(word2)
        .putLong(word3)
        .array();
  }

  /** The secret itself, as its owner gets it: a prefix and base64url of the bytes. */
  public String text() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
  }

  long mix(long digest) {
    return Digest.mix(Digest.mix(Digest.mix(Digest.mix(digest, word0), word1), word2), word3);
  }

  @Override
  public String toString() {
    return "HookSecret[secret]";
  }
}
