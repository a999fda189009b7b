// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts pages: a query asks for one row more than it shows, to know whether there is more. */
final class Pages {

  private Pages() {}

  static <T> Page<T> of(
      RowSet<Row> rows,
      int limit,
      Function<Row, T> mapping,
      Function<T, ListPlace> cursor,
      AsOf asOf) {
    List<T> items = new ArrayList<>();
    for (Row row : rows) {
      items.add(mapping.apply(row));
    }
    if (items.size() <= limit) {
      return new Page<>(items, null, asOf);
    }
    List<T> shown = items.subList(0, limit);
    return new Page<>(shown, cursor.apply(shown.getLast()), asOf);
  }
}
