// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.Digest;

/**
 * One name, phone or external id and whose it is; immutable.
 *
 * <p>Owned, claimed, or both: an owner who lets go and takes it again has a claim under way while
 * the word of letting go is still on its way.
 *
 * @param isOwned whether the user's partition has said that it is his
 * @param isClaimed whether it is kept for him while his partition decides
 * @param untilMs deadline of the newest claim; grows with every claim of the same user
 */
record Handle(
    HandleHash hash, long userId, boolean isOwned, boolean isClaimed, long untilMs, long position) {

  private static final int DIGEST_TAG = 93;

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), hash.high());
    digest = Digest.mix(digest, hash.low());
    digest = Digest.mix(digest, userId);
    digest = Digest.mix(digest, (isOwned ? 1 : 0) + (isClaimed ? 2 : 0));
    digest = Digest.mix(digest, untilMs);
    return Digest.mix(digest, position);
  }
}
