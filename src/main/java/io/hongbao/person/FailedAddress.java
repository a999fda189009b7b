// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.Digest;

/**
 * How often logins from one network address failed on a day; immutable.
 *
 * @param dayEndsMs when the count is worth nothing any more
 */
record FailedAddress(HandleHash hash, int count, long dayEndsMs, long position) {

  private static final int DIGEST_TAG = 94;

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), hash.high());
    digest = Digest.mix(digest, hash.low());
    digest = Digest.mix(digest, count);
    digest = Digest.mix(digest, dayEndsMs);
    return Digest.mix(digest, position);
  }
}
