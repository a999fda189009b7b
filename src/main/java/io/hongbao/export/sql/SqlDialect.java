// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.Column;
import io.hongbao.export.Merge;
import io.hongbao.export.Table;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQL text that H2 and MySQL both take, and what they do not share.
 *
 * <p><b>Invariant:</b> no column is nullable: null has rules of its own in GREATEST, LEAST and
 * comparisons, and the databases do not agree on them.
 */
abstract class SqlDialect {

  /** DDL that changes nothing when the table is there. */
  String createTable(Table table) {
    StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ").append(table.name());
    sql.append(" (\n");
    for (Column column : table.columns()) {
      sql.append("  ")
          .append(column.name())
          .append(' ')
          .append(type(column))
          .append(" NOT NULL,\n");
    }
    sql.append("  PRIMARY KEY (").append(names(table.keyColumns())).append(')');
    for (Table.Index index : table.indexes()) {
      sql.append(",\n  KEY ").append(index.name());
      sql.append(" (").append(names(index.columns())).append(')');
    }
    return sql.append("\n)").append(tableOptions()).toString();
  }

  /** One statement that brings in so many rows by the rules of their columns. */
  String upsert(Table table, int rows) {
    String row = "(" + "?, ".repeat(table.columns().size() - 1) + "?)";
    return "INSERT INTO "
        + table.name()
        + " ("
        + names(table.columns())
        + ") VALUES "
        + (row + ", ").repeat(rows - 1)
        + row
        + " ON DUPLICATE KEY UPDATE "
        + table.columns().stream()
            .filter(column -> column.merge() != Merge.KEY)
            .map(SqlDialect::merge)
            .collect(Collectors.joining(", "));
  }

  private static String merge(Column column) {
    String name = column.name();
    return switch (column.merge()) {
      case MAX -> name + " = GREATEST(" + name + ", VALUES(" + name + "))";
      case MIN -> name + " = LEAST(" + name + ", VALUES(" + name + "))";
      // Not by comparison: to some collations a text of blanks equals the empty one.
      case TEXT ->
          "%s = CASE WHEN CHAR_LENGTH(VALUES(%s)) > 0 THEN VALUES(%s) ELSE %s END"
              .formatted(name, name, name, name);
      case KEY -> throw new IllegalArgumentException("a key is never changed");
    };
  }

  static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  abstract String type(Column column);

  /** What follows the closing bracket of a table. */
  abstract String tableOptions();

  /**
   * Statement after which finished commits survive a crash of the machine; null if they do anyway.
   */
  abstract @Nullable String sync();

  /** Whether the failure means that the database is damaged, so that only a new one helps. */
  abstract boolean isLost(Throwable failure);
}
