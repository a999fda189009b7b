// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the shares of one place are spread, over many packets of the same size.
 *
 * <p>200,000 packets of 10 are 2,000,000 draws for each mode and size. The widest place (the last
 * two of a live packet) has a standard deviation of at most 0.8 times the mean, so the mean over
 * all packets has a standard error of at most 0.8 / √200,000 = 0.18 % of the mean: 1 % is more than
 * five of them. The chance is derived from fixed numbers (printed), so a run that passes once
 * passes always; the sizes say that it passes because the draw is right, not because the numbers
 * were chosen well.
 */
class DrawFairnessTest {

  private static final int PACKETS = 200_000;
  private static final int COUNT = 10;
  private static final long SEED = 20_170_127L;

  /** Mean and standard deviation by place, the first place at index 0. */
  private static final class Spread {
    private final double[] mean;
    private final double[] deviation;

    Spread(double[] mean, double[] deviation) {
      this.mean = mean;
      this.deviation = deviation;
    }
  }

  @ParameterizedTest(name = "live, {0} in 10")
  @CsvSource({"20", "10000", "10007"})
  void everyPlaceOfALivePacketHasTheSameMeanButNotTheSameSpread(long totalMinor) {
    Spread drawn = sample(PacketKind.LUCKY_LIVE, totalMinor);

    assertMeansAlike(drawn, totalMinor);
    double widening = drawn.deviation[COUNT - 1] / drawn.deviation[0];
    assertTrue(widening > 1.2, "documented: later places are spread wider, here by " + widening);
  }

  @ParameterizedTest(name = "fair, {0} in 10")
  @CsvSource({"20", "10000"})
  void everyPlaceOfAFairPacketHasTheSameMeanAndTheSameSpread(long totalMinor) {
    Spread drawn = sample(PacketKind.LUCKY_FAIR, totalMinor);

    assertMeansAlike(drawn, totalMinor);
    double average = Arrays.stream(drawn.deviation).average().orElseThrow();
    for (int place = 1; place <= COUNT; place++) {
      // A deviation's relative standard error is √((kurtosis - 1) / 4N) = 0.18 %, as the kurtosis
      // of
      // both sizes is about 3.5: 1 % is more than five of them.
      assertEquals(1.0, drawn.deviation[place - 1] / average, 0.01, "spread at place " + place);
    }
  }

  /**
   * No sampling: carries the whole distribution of what is left from place to place, with the
   * rule's own probabilities, and finds mean and deviation of each place to the precision of a
   * double.
   */
  @ParameterizedTest(name = "{0} in {1}, minimum {2}, exactly")
  @CsvSource({"20, 10, 1", "11, 10, 1", "10, 10, 1", "3, 2, 1", "57, 7, 3", "500, 10, 1"})
  void theRuleIsMeanFairExactly(int totalMinor, int count, int minimumMinor) {
    Spread exact = exactLiveSpread(totalMinor, count, minimumMinor);

    for (double mean : exact.mean) {
      assertEquals((double) totalMinor / count, mean, 1e-9 * totalMinor);
    }
  }

  @Test
  void samplesAreSpreadAsTheRuleSays() {
    Spread exact = exactLiveSpread(20, COUNT, 1);
    Spread drawn = sample(PacketKind.LUCKY_LIVE, 20);

    System.out.println("live, 20 in 10, exact deviation by place: " + text(exact.deviation));
    for (int place = 1; place <= COUNT; place++) {
      assertEquals(1.0, drawn.deviation[place - 1] / exact.deviation[place - 1], 0.015);
    }
  }

  private static void assertMeansAlike(Spread drawn, long totalMinor) {
    double expected = (double) totalMinor / COUNT;
    for (int place = 1; place <= COUNT; place++) {
      assertEquals(expected, drawn.mean[place - 1], expected * 0.01, "mean at place " + place);
    }
  }

  private static Spread sample(PacketKind kind, long totalMinor) {
    ShareChance chance = new ShareChance();
    double[] sum = new double[COUNT];
    double[] sumOfSquares = new double[COUNT];
    for (int packet = 1; packet <= PACKETS; packet++) {
      DrawTerms terms = new DrawTerms(packet, kind, totalMinor, COUNT, 1, 0, SenderNonce.NONE);
      ShareTable table = ShareTable.draw(chance, terms, new DrawSeed(SEED, 0, 0, totalMinor));
      for (int place = 1; place <= COUNT; place++) {
        double offMean = table.amountMinor(place) - (double) totalMinor / COUNT;
        sum[place - 1] += offMean;
        sumOfSquares[place - 1] += offMean * offMean;
      }
    }

    double[] mean = new double[COUNT];
    double[] deviation = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double offMean = sum[i] / PACKETS;
      mean[i] = (double) totalMinor / COUNT + offMean;
      deviation[i] = Math.sqrt(sumOfSquares[i] / PACKETS - offMean * offMean);
    }
    System.out.printf(
        Locale.ROOT, "%s, %d in %d, seed %d, %d packets%n", kind, totalMinor, COUNT, SEED, PACKETS);
    System.out.println("  mean by place      " + text(mean));
    System.out.println("  deviation by place " + text(deviation));
    return new Spread(mean, deviation);
  }

  /** Written from the rule's text, not from its code: fractions as fractions, no words, no hash. */
  private static Spread exactLiveSpread(int totalMinor, int count, int minimumMinor) {
    double[] mean = new double[count];
    double[] deviation = new double[count];
    double[] chanceOfLeft = new double[totalMinor + 1];
    chanceOfLeft[totalMinor] = 1;
    for (int place = 1; place <= count; place++) {
      int n = count - place + 1;
      double[] chanceOfNext = new double[totalMinor + 1];
      double sum = 0;
      double sumOfSquares = 0;
      for (int left = n * minimumMinor; left <= totalMinor; left++) {
        double[] chanceOfShare = chanceOfShare(left, n, minimumMinor);
        for (int share = 0; share <= left; share++) {
          double chance = chanceOfLeft[left] * chanceOfShare[share];
          sum += chance * share;
          sumOfSquares += chance * share * share;
          chanceOfNext[left - share] += chance;
        }
      }
      mean[place - 1] = sum;
      deviation[place - 1] = Math.sqrt(Math.max(0, sumOfSquares - sum * sum));
      chanceOfLeft = chanceOfNext;
    }
    assertEquals(1.0, chanceOfLeft[0], 1e-9, "nothing is left over");
    return new Spread(mean, deviation);
  }

  private static double[] chanceOfShare(int left, int n, int minimumMinor) {
    double[] chance = new double[left + 1];
    if (n == 1) {
      chance[left] = 1;
      return chance;
    }
    int twiceSpare = 2 * (left - n * minimumMinor);
    int upper = twiceSpare / n;
    double chanceOfRoundingUp = (double) (twiceSpare % n) / n;
    for (int extra = 0; extra <= upper; extra++) {
      chance[minimumMinor + extra] += (1 - chanceOfRoundingUp) / (upper + 1);
    }
    if (chanceOfRoundingUp > 0) {
      for (int extra = 0; extra <= upper + 1; extra++) {
        chance[minimumMinor + extra] += chanceOfRoundingUp / (upper + 2);
      }
    }
    return chance;
  }

  private static String text(double[] numbers) {
    StringBuilder text = new StringBuilder();
    for (double number : numbers) {
      text.append(String.format(Locale.ROOT, "%9.3f", number));
    }
    return text.toString();
  }
}
