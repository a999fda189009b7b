// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.model.Check;

/**
 * Draws one share at the moment of its opening (kind "lucky").
 *
 * <p>With n shares and s to spare (what is left beyond n times the minimum), the share is the
 * minimum plus a uniform number from 0 to about 2s/n. Since 2s/n is rarely whole, the bound is
 * rounded up by lot with the probability of its fraction; so the expected bound is exactly 2s/n,
 * the expected share exactly left/n, and by induction exactly total/count at every place.
 *
 * <p><b>Invariant:</b> a share is never below the minimum and always leaves the minimum for each
 * share after it: for n ≥ 2 the bound is at most ⌈2s/n⌉ ≤ s. The last share is the rest, so the sum
 * is exact.
 *
 * <p><b>Limit:</b> amounts up to 2^53 - 1, hence 2s below 2^54: nothing here can overflow.
 */
public final class LiveDraw {

  private LiveDraw() {}

  /**
   * Draws the share for a place.
   *
   * @param place ordinal of the open, from 1; its chance is used and no other
   * @param leftMinor what the places before have left over
   * @param leftCount shares not opened yet, this one included
   * @return the share, at least the minimum; all of {@code leftMinor} when it is the last
   */
  public static long shareMinor(
      ShareChance chance,
      DrawSeed seed,
      long packetId,
      int place,
      long leftMinor,
      int leftCount,
      long minimumMinor) {
    return drawMinor(
        chance,
        ShareChance.Use.LIVE_SHARE,
        seed,
        packetId,
        place,
        leftMinor,
        leftCount,
        minimumMinor);
  }

  static long drawMinor(
      ShareChance chance,
      ShareChance.Use use,
      DrawSeed seed,
      long packetId,
      int place,
      long leftMinor,
      int leftCount,
      long minimumMinor) {
    Check.atLeast(place, 1, "place");
    if (leftCount == 1) {
      // Nothing to decide, so no hash either; the checks are those of every other place.
      return ruleMinor(leftMinor, 1, minimumMinor, 0, 0);
    }
    chance.take(use, seed, packetId, place);
    return ruleMinor(leftMinor, leftCount, minimumMinor, chance.lotWord(), chance.rangeWord());
  }

  /** The rule itself, with its chance as two words. */
  static long ruleMinor(
      long leftMinor, int leftCount, long minimumMinor, long lotWord, long rangeWord) {
    Check.atLeast(leftCount, 1, "shares left");
    Check.atLeast(minimumMinor, 1, "minimum share");
    Check.atMost(leftMinor, DrawTerms.TOTAL_MINOR_MAX, "amount left");
    Check.atLeast(leftMinor / leftCount, minimumMinor, "amount left for each");
    if (leftCount == 1) {
      return leftMinor;
    }

    long spareMinor = leftMinor - leftCount * minimumMinor;
    long twiceSpareMinor = 2 * spareMinor;
    long upperMinor = twiceSpareMinor / leftCount;
    if (ShareChance.below(lotWord, leftCount) < twiceSpareMinor % leftCount) {
      upperMinor++;
    }
    long shareMinor = minimumMinor + ShareChance.below(rangeWord, upperMinor + 1);

    Check.atLeast((leftMinor - shareMinor) / (leftCount - 1), minimumMinor, "rest for each");
    return shareMinor;
  }
}
