// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.model.Digest;

/**
 * One token as it is kept: never itself, always the first 16 bytes of its hash.
 *
 * @param expiresAtMs from then on it is worth nothing
 */
public record Token(
    long userId, long hashHigh, long hashLow, Role role, long expiresAtMs, long position) {

  private static final int DIGEST_TAG = 80;

  boolean hasHash(long high, long low) {
    return hashHigh == high && hashLow == low;
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), userId);
    digest = Digest.mix(digest, hashHigh);
    digest = Digest.mix(digest, hashLow);
    digest = Digest.mix(digest, role.number());
    digest = Digest.mix(digest, expiresAtMs);
    return Digest.mix(digest, position);
  }
}
