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
 * @param lost what should have come and did not; −1 where nothing can be lost
 * @param cores that the server had; 0 for all of the machine
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
    int loops,
    long lost,
    int cores) {

  BenchLine(
      String scenario,
      double value,
      String unit,
      double baseline,
      double ratio,
      int rounds,
      double min,
      double max,
      int loops) {
    this(scenario, value, unit, baseline, ratio, rounds, min, max, loops, -1, 0);
  }

  /** A figure without a baseline. */
  static BenchLine alone(String scenario, double value, String unit, int loops) {
    return new BenchLine(scenario, value, unit, Double.NaN, Double.NaN, 1, value, value, loops);
  }

  /** One measurement beside one of the baseline. */
  static BenchLine beside(String scenario, double value, String unit, double baseline, int loops) {
    double ratio = value / baseline;
    return new BenchLine(scenario, value, unit, baseline, ratio, 1, ratio, ratio, loops);
  }

  /** The same with what was lost, and with the cores that the server had. */
  BenchLine of(long lostCount, int serverCores) {
    return new BenchLine(
        scenario, value, unit, baseline, ratio, rounds, min, max, loops, lostCount, serverCores);
  }

  /** One JSON object on one line. */
  String toJson(Machine machine) {
    return "{\"scenario\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"baseline\":%s,\"ratio\":%s,"
            .formatted(scenario, number(value), unit, number(baseline), number(ratio))
        + "\"rounds\":%d,\"min\":%s,\"max\":%s,\"loops\":%d,"
            .formatted(rounds, number(min), number(max), loops)
        + (lost < 0 ? "" : "\"lost\":" + lost + ",")
        + "\"cores\":%d,\"machine\":\"%s\"}"
            .formatted(cores == 0 ? machine.cores() : cores, machine.name());
  }

  /** The same for a person. */
  String toText() {
    String figure = "%-58s %14s %s".formatted(scenario, people(value), unit);
    if (lost >= 0) {
      figure += "   lost %d, cores %d".formatted(lost, cores);
    }
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
