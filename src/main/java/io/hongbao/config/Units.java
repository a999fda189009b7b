// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes sizes and durations as people write them.
 *
 * <p>A duration needs its unit: "30" alone has been read as seconds by one person and as
 * milliseconds by the next. A size without unit is bytes; MB is refused since it means two things.
 */
public final class Units {

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");

  private static final String[] SIZE_UNITS = {"GiB", "MiB", "KiB"};
  private static final long[] SIZE_BYTES = {1L << 30, 1L << 20, 1L << 10};

  private static final String[] DURATION_UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] DURATION_MS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  private Units() {}

  /** Bytes, or nothing when the text is no size. */
  static OptionalLong parseBytes(String text) {
    return parse(text, SIZE_UNITS, SIZE_BYTES, "B");
  }

  /** Milliseconds, or nothing when the text is no duration. */
  public static OptionalLong parseDurationMs(String text) {
    return text.equals("0") ? OptionalLong.of(0) : parse(text, DURATION_UNITS, DURATION_MS, null);
  }

  static String formatBytes(long bytes) {
    return format(bytes, SIZE_UNITS, SIZE_BYTES, "");
  }

  public static String formatDurationMs(long ms) {
    return format(ms, DURATION_UNITS, DURATION_MS, "ms");
  }

  private static OptionalLong parse(
      String text, String[] units, long[] factors, @org.jspecify.annotations.Nullable String one) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (one != null && (unit.isEmpty() || unit.equals(one))) {
      return OptionalLong.of(number);
    }
    for (int index = 0; index < units.length; index++) {
      if (units[index].equalsIgnoreCase(unit)) {
        long product = number * factors[index];
        boolean overflow = Math.multiplyHigh(number, factors[index]) != 0 || product < 0;
        return overflow ? OptionalLong.empty() : OptionalLong.of(product);
      }
    }
    return OptionalLong.empty();
  }

  private static String format(long value, String[] units, long[] factors, String one) {
    for (int index = 0; index < units.length; index++) {
      if (value != 0 && value % factors[index] == 0) {
        return value / factors[index] + units[index];
      }
    }
    return value + (value == 0 ? "" : one);
  }
}
