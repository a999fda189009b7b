// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.http;

import io.hongbao.time.Randomness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A new secret with what is kept of it; the text is shown once and forgotten.
 *
 * @param text prefix and 43 characters of base64url
 * @param hashHigh first 8 bytes of the text's SHA-256
 * @param hashLow the 8 bytes after them
 */
record BearerSecret(String text, long hashHigh, long hashLow) {

  /** So that scanners of code and logs know one when they see it. */
  static final String KEY_PREFIX = "hbk_";

  private static final int BYTES = 32;

  static BearerSecret make(String prefix, Randomness randomness) {
    byte[] bytes = new byte[BYTES];
    randomness.nextBytes(bytes);
    String text = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    byte[] hash = Hash128.sha256().digest(text.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer words = ByteBuffer.wrap(hash);
    return new BearerSecret(text, words.getLong(), words.getLong());
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "BearerSecret";
  }
}
