// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Digest;

/**
 * A part of a wallet's balance that is set aside for a purpose.
 *
 * @param id names its partition; see EntityId
 * @param leftMinor what has been neither posted nor released
 * @param deadlineMs internal: released by itself; external: asked after from then on
 */
public record Hold(
    long id,
    long accountKey,
    long leftMinor,
    Kind kind,
    State state,
    long deadlineMs,
    long position) {

  private static final int DIGEST_TAG = 3;

  /** What the deadline means. */
  public enum Kind {
    /** Nothing outside depends on it; the deadline releases it. */
    INTERNAL,
    /** Something outside may have happened; only a known failure or a receipt releases it. */
    EXTERNAL
  }

  /** Where it stands. */
  public enum State {
    /** The amount is set aside. */
    HELD,
    /** Everything was posted. */
    POSTED,
    /** What was left has been given back. */
    RELEASED
  }

  // Hashes and snapshots hold the places in Kind and State: a new constant goes to the end.
  @SuppressWarnings("EnumOrdinal")
  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), id);
    digest = Digest.mix(digest, accountKey);
    digest = Digest.mix(digest, leftMinor);
    digest = Digest.mix(digest, kind.ordinal() * 8L + state.ordinal());
    digest = Digest.mix(digest, deadlineMs);
    return Digest.mix(digest, position);
  }

  public Hold with(State newState, long newLeftMinor, long newPosition) {
    return new Hold(id, accountKey, newLeftMinor, kind, newState, deadlineMs, newPosition);
  }
}
