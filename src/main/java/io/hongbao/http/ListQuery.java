// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.export.sql.MinPosition;
import io.hongbao.export.sql.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the query of a list says: which year, which page, how fresh.
 *
 * @param after where the page begins; null for the first
 * @param min what the read model must hold; null when anything will do
 */
record ListQuery(
    int year,
    Period period,
    int limit,
    io.hongbao.export.sql.@Nullable ListPlace after,
    @Nullable MinPosition min) {

  private static final int YEAR_MIN = 2000;
  private static final int YEAR_MAX = 9999;
  private static final int LIMIT_MAX = 200;
  private static final int LIMIT_DEFAULT = 50;
  private static final int CURSOR_KEYS = 2;

  /** A year's list; without a year, the current one. */
  static ListQuery ofYear(QueryReader query, char list, EdgeParts parts)
      throws BadRequestException {
    int year = year(query, parts);
    return read(query, list, year, period(year, parts.zone()), parts);
  }

  /** A year's sum, which has no pages. */
  static ListQuery sumOfYear(QueryReader query, EdgeParts parts) throws BadRequestException {
    int year = year(query, parts);
    MinPosition min = position(query, "min_position", parts);
    return new ListQuery(year, period(year, parts.zone()), 0, null, min);
  }

  private static int year(QueryReader query, EdgeParts parts) throws BadRequestException {
    Instant now = Instant.ofEpochMilli(parts.time().nowMs());
    int thisYear = LocalDate.ofInstant(now, parts.zone()).getYear();
    return query.integerOr("year", YEAR_MIN, YEAR_MAX, thisYear);
  }

  /** A list that has no beginning. */
  static ListQuery always(QueryReader query, char list, EdgeParts parts)
      throws BadRequestException {
    return read(query, list, 0, Period.ALWAYS, parts);
  }

  private static ListQuery read(
      QueryReader query, char list, int year, Period period, EdgeParts parts)
      throws BadRequestException {
    int limit = query.integerOr("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    String cursor = query.textOrNull("cursor");
    io.hongbao.export.sql.ListPlace after = null;
    if (cursor != null) {
      long[] keys = PageCursor.parse(cursor, list, CURSOR_KEYS);
      after = new io.hongbao.export.sql.ListPlace(keys[0], keys[1]);
    }
    return new ListQuery(year, period, limit, after, position(query, "min_position", parts));
  }

  /** A position of the journal, or null. */
  static @Nullable MinPosition position(QueryReader query, String name, EdgeParts parts)
      throws BadRequestException {
    String text = query.textOrNull(name);
    if (text == null) {
      return null;
    }
    MinPosition position = MinPosition.parse(text, parts.shape().partitionCount());
    if (position == null) {
      throw QueryReader.wrong(name, "must be a position such as 17:90412");
    }
    return position;
  }

  private static Period period(int year, ZoneId zone) {
    return new Period(startMs(year, zone), startMs(year + 1, zone));
  }

  private static long startMs(int year, ZoneId zone) {
    return LocalDate.of(year, 1, 1).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
