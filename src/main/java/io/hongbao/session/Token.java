// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.model.Digest;

/**
 * One token, known by the first 16 bytes of its SHA-256.
 *
 * @param position record that minted it
 */
public record Token(long userId, long hashHigh, long hashLow, long expiresAtMs, long position) {

  private static final int DIGEST_TAG = 80;

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), userId);
    digest = Digest.mix(digest, hashHigh);
    digest = Digest.mix(digest, hashLow);
    digest = Digest.mix(digest, expiresAtMs);
    return Digest.mix(digest, position);
  }

  TokenHash hash() {
    return new TokenHash(hashHigh, hashLow);
  }
}
