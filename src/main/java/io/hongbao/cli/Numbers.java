// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

/** Whole numbers as options of a command. */
final class Numbers {

  private Numbers() {}

  static long of(CommandLine line, String option, long absent, long min) throws UsageException {
    String text = line.value(option);
    if (text == null) {
      return absent;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--" + option + " wants a whole number, not " + text);
  }
}
