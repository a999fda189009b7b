// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.StatementKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * Reads of account statements. They sort by the whole key, so that every page is a walk along the
 * primary key, however long the statement.
 */
final class StatementReads {

  private static final String COLUMNS =
      "SELECT asset, sequence, event_index, at_ms, kind, amount_minor, balance_after_minor,"
          + " reference_id FROM statement_entry WHERE user_id = ? AND asset = ? AND sequence <= ?";

  private static final String NEWEST_FIRST =
      " ORDER BY user_id DESC, asset DESC, sequence DESC, event_index DESC LIMIT ?";

  private static final String PAGE =
      COLUMNS + " AND (sequence, event_index) < (?, ?)" + NEWEST_FIRST;

  private static final String LAST = COLUMNS + NEWEST_FIRST;

  private final SqlReader sql;

  StatementReads(SqlReader sql) {
    this.sql = sql;
  }

  Future<Page<StatementEntry>> page(long userId, int asset, ListPlace after, int limit, AsOf asOf) {
    return sql.query(PAGE, userId, asset, after.first(), after.first(), after.second(), limit + 1)
        .map(
            rows ->
                Pages.of(
                    rows,
                    limit,
                    StatementReads::entry,
                    entry -> new ListPlace(entry.sequence(), entry.eventIndex()),
                    asOf));
  }

  /** The last change at or below the sequence. */
  Future<Optional<StatementEntry>> lastUpTo(long userId, int asset, long sequence) {
    return sql.query(LAST, userId, asset, sequence, 1)
        .map(rows -> rows.stream().findFirst().map(StatementReads::entry));
  }

  /**
   * The last change at or before the time. Found by halving the sequences, along which times never
   * go back: some 40 looks at the primary key in place of an index that every entry would pay for.
   */
  Future<Optional<StatementEntry>> lastAt(long userId, int asset, long timeMs) {
    return lastUpTo(userId, asset, Long.MAX_VALUE)
        .compose(
            last ->
                last.isEmpty() || last.get().atMs() <= timeMs
                    ? Future.succeededFuture(last)
                    : halve(
                        new Search(userId, asset, timeMs),
                        0,
                        last.get().sequence() - 1,
                        Optional.empty()));
  }

  private record Search(long userId, int asset, long timeMs) {}

  // The answer's sequence lies within [low, high], or it is `best`, or there is none.
  private Future<Optional<StatementEntry>> halve(
      Search search, long low, long high, Optional<StatementEntry> best) {
    if (low > high) {
      return Future.succeededFuture(best);
    }
    long middle = low + (high - low) / 2;
    return lastUpTo(search.userId(), search.asset(), middle)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return halve(search, middle + 1, high, best);
              }
              StatementEntry entry = found.get();
              return entry.atMs() <= search.timeMs()
                  ? halve(search, middle + 1, high, found)
                  : halve(search, low, entry.sequence() - 1, best);
            });
  }

  private static StatementEntry entry(Row row) {
    return new StatementEntry(
        row.getInteger(0),
        row.getLong(1),
        row.getInteger(2),
        row.getLong(3),
        StatementKind.ofNumber(row.getInteger(4)),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }
}
