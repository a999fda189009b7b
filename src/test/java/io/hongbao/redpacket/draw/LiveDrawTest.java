// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.BrokenInvariantException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveDrawTest {

  private static final long MAX = DrawTerms.TOTAL_MINOR_MAX;

  /**
   * Words at both ends of chance. The lot word 0 rounds the upper bound up whenever it has a
   * fraction, -1 (all ones) never does; the range word 0 draws the smallest share, -1 the largest.
   */
  @ParameterizedTest(name = "{0} in {1}, minimum {2}, lot {3}, range {4} gives {5}")
  @CsvSource({
    // One share takes all, whatever chance says.
    "1, 1, 1, 0, 0, 1",
    "9007199254740991, 1, 1, -1, 0, 9007199254740991",
    // Nothing to spare: everybody gets the minimum.
    "10, 10, 1, 0, -1, 1",
    "700, 7, 100, 0, -1, 100",
    // Two shares: 2s/n is s exactly, so the first may take all but one.
    "2, 2, 1, 0, -1, 1",
    "3, 2, 1, 0, 0, 1",
    "3, 2, 1, 0, -1, 2",
    "100, 2, 1, -1, -1, 99",
    "9007199254740991, 2, 1, 0, -1, 9007199254740990",
    "9007199254740991, 2, 1, 0, 0, 1",
    // 20 fen in 10: s = 10, 2s/n = 2 exactly: 1 to 3.
    "20, 10, 1, 0, 0, 1",
    "20, 10, 1, 0, -1, 3",
    "20, 10, 1, -1, -1, 3",
    // One to spare among three: 2s/n = 2/3, so the bound is 1 by lot, else 0.
    "4, 3, 1, 0, -1, 2",
    "4, 3, 1, -1, -1, 1",
    // 2s/n = 2 * 7 / 3 = 4 + 2/3.
    "10, 3, 1, 0, -1, 6",
    "10, 3, 1, -1, -1, 5",
    // With a minimum of 100: s = 4300, 2s/n = 1228 + 4/7.
    "5000, 7, 100, 0, 0, 100",
    "5000, 7, 100, 0, -1, 1329",
    "5000, 7, 100, -1, -1, 1328",
  })
  void drawsBetweenTheMinimumAndTwiceTheMean(
      long leftMinor, int leftCount, long minimumMinor, long lot, long range, long expected) {
    assertEquals(expected, LiveDraw.ruleMinor(leftMinor, leftCount, minimumMinor, lot, range));
  }

  /** 2s mod n = 2 of n = 3: the lot wins on the lower two thirds of all words, to the word. */
  @Test
  void roundsUpWithExactlyTheProbabilityOfTheFraction() {
    long lastWinningWord = Long.divideUnsigned(-1L, 3) * 2;

    assertEquals(6, LiveDraw.ruleMinor(10, 3, 1, lastWinningWord, -1));
    assertEquals(5, LiveDraw.ruleMinor(10, 3, 1, lastWinningWord + 1, -1));
  }

  @Test
  void refusesWhatCannotBeSplit() {
    assertThrows(BrokenInvariantException.class, () -> LiveDraw.ruleMinor(9, 10, 1, 0, 0));
    assertThrows(BrokenInvariantException.class, () -> LiveDraw.ruleMinor(699, 7, 100, 0, 0));
    assertThrows(BrokenInvariantException.class, () -> LiveDraw.ruleMinor(0, 1, 1, 0, 0));
    assertThrows(BrokenInvariantException.class, () -> LiveDraw.ruleMinor(10, 0, 1, 0, 0));
    assertThrows(BrokenInvariantException.class, () -> LiveDraw.ruleMinor(10, 2, 0, 0, 0));
    assertThrows(BrokenInvariantException.class, () -> LiveDraw.ruleMinor(MAX + 1, 2, 1, 0, 0));
    // Count times minimum would pass 2^63 and come out small: the check must not multiply.
    assertThrows(
        BrokenInvariantException.class,
        () -> LiveDraw.ruleMinor(MAX, Integer.MAX_VALUE, 1L << 62, 0, 0));
  }

  @Test
  void givesTheSameShareForTheSamePlaceAndAnotherForAnother() {
    ShareChance chance = new ShareChance();
    DrawSeed seed = new DrawSeed(1, 2, 3, 4);

    long first = LiveDraw.shareMinor(chance, seed, 77, 1, MAX, 5, 1);
    long second = LiveDraw.shareMinor(chance, seed, 77, 2, MAX, 5, 1);
    long otherPacket = LiveDraw.shareMinor(chance, seed, 78, 1, MAX, 5, 1);
    long otherSeed = LiveDraw.shareMinor(chance, new DrawSeed(1, 2, 3, 5), 77, 1, MAX, 5, 1);

    assertEquals(first, LiveDraw.shareMinor(chance, seed, 77, 1, MAX, 5, 1));
    assertTrue(first != second && first != otherPacket && first != otherSeed);
  }

  /**
   * Multiply-high is of unsigned numbers: the largest word must give the largest value, and the one
   * that is negative as a {@code long} the middle.
   */
  @Test
  void mapsTheWholeRangeOfWordsOntoTheWholeRangeOfValues() {
    for (int bound = 1; bound < 1 << 16; bound++) {
      assertEquals(0, ShareChance.below(0, bound));
      assertEquals(bound - 1, ShareChance.below(-1L, bound));
      long middle = ShareChance.below(Long.MIN_VALUE, bound);
      assertEquals(bound / 2, middle);
    }
  }
}
