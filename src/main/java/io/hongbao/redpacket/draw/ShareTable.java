// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.model.Check;
import java.util.Arrays;

/**
 * All shares of a packet by place, recomputed from its seed.
 *
 * <p>Reads like the packet's fate: whoever opens as number p gets the amount at place p, whatever
 * the kind. Immutable.
 */
public final class ShareTable {

  private final long[] sharesMinor;

  private ShareTable(long[] sharesMinor) {
    this.sharesMinor = sharesMinor;
  }

  public static ShareTable draw(ShareChance chance, DrawTerms terms, DrawSeed seed) {
    return new ShareTable(
        switch (terms.kind()) {
          case LUCKY_LIVE ->
              FairDraw.drawAllMinor(
                  chance,
                  ShareChance.Use.LIVE_SHARE,
                  seed,
                  terms.packetId(),
                  terms.totalMinor(),
                  terms.count(),
                  terms.minimumMinor());
          case LUCKY_FAIR ->
              FairDraw.sharesMinor(
                  chance,
                  seed,
                  terms.packetId(),
                  terms.totalMinor(),
                  terms.count(),
                  terms.minimumMinor());
          case EQUAL, EXCLUSIVE -> {
            long[] sharesMinor = new long[terms.count()];
            Arrays.fill(sharesMinor, terms.totalMinor() / terms.count());
            yield sharesMinor;
          }
        });
  }

  public int count() {
    return sharesMinor.length;
  }

  /** The share of the p-th open, p from 1. */
  public long amountMinor(int place) {
    return sharesMinor[place - 1];
  }

  public long[] amountsMinor() {
    return sharesMinor.clone();
  }

  /**
   * The place with the best luck among the first {@code openedCount}: the largest amount, and of
   * two equal ones the earlier. At least one must have been opened.
   */
  public int bestPlace(int openedCount) {
    Check.atLeast(openedCount, 1, "opened shares");
    Check.atMost(openedCount, sharesMinor.length, "opened shares");
    int best = 1;
    for (int place = 2; place <= openedCount; place++) {
      if (amountMinor(place) > amountMinor(best)) {
        best = place;
      }
    }
    return best;
  }
}
