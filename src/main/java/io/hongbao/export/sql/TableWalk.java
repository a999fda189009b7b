// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.Column;
import io.hongbao.export.ExportFailedException;
import io.hongbao.export.Table;
import io.hongbao.model.Digest;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over all rows of a table in key order, and adds up a hash that does not depend on it.
 *
 * <p><b>Thread:</b> one that may be blocked.
 */
final class TableWalk {

  private static final int PAGE_ROWS = 2_000;

  private final SqlTarget target;
  private final Table table;
  private final String firstPage;
  private final String nextPage;
  private final Deque<List<Object>> page = new ArrayDeque<>();
  private @Nullable List<Object> last;
  private boolean isLastPage;
  private long count;
  private long hash;

  TableWalk(SqlTarget target, Table table) {
    this.target = target;
    this.table = table;
    String keys = SqlDialect.names(table.keyColumns());
    String marks = "?, ".repeat(table.keyColumns().size() - 1) + "?";
    String select = "SELECT " + SqlDialect.names(table.columns()) + " FROM " + table;
    String order = " ORDER BY " + keys + " LIMIT " + PAGE_ROWS;
    this.firstPage = select + order;
    // The first comparison alone is one that H2 looks up in the key's index.
    String firstKey = table.keyColumns().getFirst().name();
    this.nextPage =
        "%s WHERE %s >= ? AND (%s) > (%s)%s".formatted(select, firstKey, keys, marks, order);
  }

  /** The next row's values in the order of the table's columns; null at the end. */
  @Nullable List<Object> next() throws ExportFailedException {
    if (page.isEmpty() && !isLastPage) {
      load();
    }
    List<Object> row = page.pollFirst();
    if (row != null) {
      count++;
      hash += digest(row);
    }
    return row;
  }

  void walkToEnd() throws ExportFailedException {
    List<Object> row;
    do {
      row = next();
    } while (row != null);
  }

  long count() {
    return count;
  }

  /** Sum over the digests of the rows so far. */
  long hash() {
    return hash;
  }

  private void load() throws ExportFailedException {
    Tuple values = Tuple.tuple();
    List<Object> after = last;
    if (after != null) {
      values.addValue(after.getFirst());
      for (Column key : table.keyColumns()) {
        values.addValue(after.get(key.index()));
      }
    }
    String sql = after == null ? firstPage : nextPage;
    for (Row row :
        Waiting.on(target.writer().preparedQuery(sql).execute(values), target.dialect())) {
      page.add(valuesOf(row));
    }
    isLastPage = page.size() < PAGE_ROWS;
    last = page.peekLast();
  }

  private List<Object> valuesOf(Row row) {
    List<Object> values = new ArrayList<>(table.columns().size());
    for (Column column : table.columns()) {
      values.add(
          switch (column.type()) {
            case LONG, INT -> row.getLong(column.index());
            case CODE, TEXT -> row.getString(column.index());
          });
    }
    return values;
  }

  private static long digest(List<Object> row) {
    long digest = Digest.start(1);
    for (Object value : row) {
      if (value instanceof Long number) {
        digest = Digest.mix(digest, number);
      } else {
        String text = (String) value;
        digest = Digest.mix(digest, text.length());
        for (int i = 0; i < text.length(); i++) {
          digest = Digest.mix(digest, text.charAt(i));
        }
      }
    }
    return digest;
  }
}
