// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.export.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of the audit, newest first; each filter walks an index of its own. */
final class AuditReads {

  private static final String COLUMNS =
      "SELECT id, at_ms, key_id, actor, operation, cause, subject, before_facts, after_facts"
          + " FROM audit_entry WHERE at_ms >= ? AND at_ms <= ? AND (at_ms, id) < (?, ?)";

  private final SqlReader sql;

  AuditReads(SqlReader sql) {
    this.sql = sql;
  }

  Future<Page<AuditEntry>> page(
      @Nullable Long keyId,
      @Nullable String subject,
      Period period,
      ListPlace after,
      int limit,
      AsOf asOf) {
    StringBuilder query = new StringBuilder(COLUMNS);
    List<Object> values =
        new ArrayList<>(List.of(period.fromMs(), period.toMs() - 1, after.first(), after.second()));
    String order = "";
    if (keyId != null) {
      query.append(" AND key_id = ?");
      values.add(keyId);
      order = "key_id DESC, ";
    }
    if (subject != null) {
      query.append(" AND subject = ?");
      values.add(subject);
      order = "subject DESC, ";
    }
    query.append(" ORDER BY ").append(order).append("at_ms DESC, id DESC LIMIT ?");
    values.add(limit + 1);
    return sql.query(query.toString(), values.toArray())
        .map(
            rows ->
                Pages.of(
                    rows,
                    limit,
                    AuditReads::entry,
                    entry -> new ListPlace(entry.atMs(), entry.id()),
                    asOf));
  }

  private static AuditEntry entry(Row row) {
    return new AuditEntry(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }
}
