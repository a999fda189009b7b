// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Check;
import io.hongbao.model.Digest;

/**
 * What one wallet may do beyond the rules that hold for all.
 *
 * @param lowerMinor how far below zero balance less held may fall; zero or below
 * @param upperMinor what the balance may reach by credits, or {@link #NO_UPPER}
 * @param isFrozen no money may leave and no hold may be placed; what was held before may be taken
 * @param isClosed nothing comes in either
 * @param position last change
 */
public record Bounds(
    long lowerMinor, long upperMinor, boolean isFrozen, boolean isClosed, long position) {

  /** Only the asset's own maximum counts. */
  public static final long NO_UPPER = Long.MAX_VALUE;

  /** What holds for a wallet of which nobody said anything. */
  public static final Bounds USUAL = new Bounds(0, NO_UPPER, false, false, 0);

  private static final int DIGEST_TAG = 8;
  private static final int FROZEN = 1;
  private static final int CLOSED = 2;

  public Bounds {
    Check.atMost(lowerMinor, 0, "lower bound");
    Check.atLeast(upperMinor, 0, "upper bound");
  }

  /** The flags as journals and snapshots hold them. */
  public int flags() {
    return (isFrozen ? FROZEN : 0) | (isClosed ? CLOSED : 0);
  }

  public static Bounds of(long lowerMinor, long upperMinor, int flags, long position) {
    return new Bounds(
        lowerMinor, upperMinor, (flags & FROZEN) != 0, (flags & CLOSED) != 0, position);
  }

  long digest(long key) {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), key);
    digest = Digest.mix(digest, lowerMinor);
    digest = Digest.mix(digest, upperMinor);
    digest = Digest.mix(digest, flags());
    return Digest.mix(digest, position);
  }
}
