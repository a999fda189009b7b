// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.Locale;

/**
 * One figure beside its baseline.
 *
 * @param scenario what was measured, with its sizes
 * @param value median over the rounds
 * @param baseline median of the baseline's; NaN when the figure stands alone
 * @param ratio median of value / baseline of the same round; NaN likewise
 * @param min smallest ratio, of a figure that stands alone the smallest value
 * @param max largest likewise
 */
public record BenchLine(
    String scenario,
    double value,
    String unit,
    double baseline,
    double ratio,
    int rounds,
    double min,
    double max,
    int loops) {

  /** A figure without a baseline. */
  static BenchLine alone(String scenario, double value, String unit, int loops) {
    return new BenchLine(scenario, value, unit, Double.NaN, Double.NaN, 1, value, value, loops);
  }

  /** One JSON object on one line. */
  String toJson(Machine machine) {
    return "{\"scenario\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"baseline\":%s,\"ratio\":%s,"
            .formatted(scenario, number(value), unit, number(baseline), number(ratio))
        + "\"rounds\":%d,\"min\":%s,\"max\":%s,\"loops\":%d,\"cores\":%d,\"machine\":\"%s\"}"
            .formatted(rounds, number(min), number(max), loops, machine.cores(), machine.name());
  }

  /** The same for a person. */
  String toText() {
    String figure = "%-58s %14s %s".formatted(scenario, people(value), unit);
    return Double.isNaN(ratio)
        ? figure
        : figure
            + "   baseline %s   ratio %s (%s to %s, %d rounds)"
                .formatted(people(baseline), people(ratio), people(min), people(max), rounds);
  }

  private static String number(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? "null"
        : String.format(Locale.ROOT, "%.6g", value);
  }

  private static String people(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
