// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** A span of time, the end not included; epoch milliseconds. */
public record Period(long fromMs, long toMs) {

  public static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

  /** A calendar year in UTC, like every time that clients see. */
  public static Period ofYear(int year) {
    return new Period(startOf(year), startOf(year + 1));
  }

  private static long startOf(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
