// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.StatementKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a statement from its beginning to its end, piece by piece, for exports.
 *
 * <p>Each piece is a walk along the primary key; nothing is kept between two pieces, so an export
 * of any length needs one piece of memory.
 */
final class StatementExportReads {

  /** Rows of one piece: some 60 KiB of text. */
  static final int PIECE_ROWS = 500;

  private static final String PIECE =
      "SELECT s.sequence, s.event_index, s.at_ms, s.kind, s.amount_minor, s.balance_after_minor,"
          + " s.reference_id, COALESCE(t.reference, '') FROM statement_entry s"
          + " LEFT JOIN ledger_transfer t ON t.id = s.reference_id"
          + " WHERE s.user_id = ? AND s.asset = ? AND (s.sequence, s.event_index) > (?, ?)"
          + " AND s.sequence <= ? AND s.at_ms < ?"
          + " ORDER BY s.user_id, s.asset, s.sequence, s.event_index LIMIT "
          + PIECE_ROWS;

  private final SqlReader sql;

  StatementExportReads(SqlReader sql) {
    this.sql = sql;
  }

  /** The entries behind a place, oldest first; fewer than {@link #PIECE_ROWS} are the last. */
  Future<List<StatementExport.Line>> piece(
      long ownerId, int asset, ListPlace behind, long upToSequence, long beforeMs) {
    return sql.query(PIECE, ownerId, asset, behind.first(), behind.second(), upToSequence, beforeMs)
        .map(
            rows -> {
              List<StatementExport.Line> lines = new ArrayList<>();
              for (Row row : rows) {
                lines.add(line(asset, row));
              }
              return lines;
            });
  }

  private static StatementExport.Line line(int asset, Row row) {
    return new StatementExport.Line(
        new StatementEntry(
            asset,
            row.getLong(0),
            row.getInteger(1),
            row.getLong(2),
            StatementKind.ofNumber(row.getInteger(3)),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6)),
        row.getString(7));
  }
}
