// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportFailedException;
import io.hongbao.export.Row;
import io.hongbao.export.RowBatch;
import io.hongbao.export.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch's rows by multi-row statements of a few fixed sizes, which databases parse once.
 *
 * <p><b>Thread:</b> the export loop's.
 */
final class RowWriter {

  /** Rows per statement. 256 rows of the widest table (24 columns) bind 6,144 values. */
  private static final int[] SIZES = {256, 64, 16, 4, 1};

  private final SqlDialect dialect;
  private final Map<Table, String[]> statements = new HashMap<>();

  RowWriter(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** Writes all rows inside the transaction. */
  void write(SqlWriting writing, RowBatch rows) throws ExportFailedException {
    List<Step> steps = new ArrayList<>();
    rows.forEachTable((table, tableRows) -> plan(table, tableRows, steps));
    for (Step step : steps) {
      writing.execute(sql(step.table(), step.size()), step.values());
    }
  }

  private record Step(Table table, int size, List<@Nullable Object> values) {}

  private static void plan(Table table, Collection<Row> rows, List<Step> steps) {
    List<Row> all = List.copyOf(rows);
    int columns = table.columns().size();
    int at = 0;
    for (int size = 0; size < SIZES.length; size++) {
      while (all.size() - at >= SIZES[size]) {
        List<@Nullable Object> values = new ArrayList<>(SIZES[size] * columns);
        for (Row row : all.subList(at, at + SIZES[size])) {
          for (int column = 0; column < columns; column++) {
            values.add(row.value(column));
          }
        }
        steps.add(new Step(table, size, values));
        at += SIZES[size];
      }
    }
  }

  private String sql(Table table, int size) {
    String[] bySize = statements.computeIfAbsent(table, t -> new String[SIZES.length]);
    if (bySize[size] == null) {
      bySize[size] = dialect.upsert(table, SIZES[size]);
    }
    return bySize[size];
  }
}
