// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.Arrays;

/**
 * Measures two things in turns and compares those of the same round.
 *
 * <p>Clean repeats of one unchanged program differ by some 20 % on a shared machine, over minutes.
 * What is near in time suffers alike, so each round has both, and the median of the rounds' ratios
 * is what is quoted. The order changes from round to round, so that neither always comes second.
 */
final class Rounds {

  private Rounds() {}

  /** One measurement. */
  interface Measurement {
    double run() throws Exception;
  }

  static BenchLine compare(
      String scenario,
      String unit,
      int rounds,
      int loops,
      Measurement measured,
      Measurement baseline)
      throws Exception {
    double[] values = new double[rounds];
    double[] bases = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      if (i % 2 == 0) {
        values[i] = measured.run();
        bases[i] = baseline.run();
      } else {
        bases[i] = baseline.run();
        values[i] = measured.run();
      }
      ratios[i] = values[i] / bases[i];
    }
    return of(scenario, unit, loops, values, bases, ratios);
  }

  static BenchLine of(
      String scenario, String unit, int loops, double[] values, double[] bases, double[] ratios) {
    return new BenchLine(
        scenario,
        median(values),
        unit,
        median(bases),
        median(ratios),
        values.length,
        Arrays.stream(ratios).min().orElse(Double.NaN),
        Arrays.stream(ratios).max().orElse(Double.NaN),
        loops);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
