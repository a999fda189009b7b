// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The rows of one commit, each of them once: what several events say about a row is merged before
 * it is written.
 *
 * <p><b>Thread:</b> the export loop's.
 */
public final class RowBatch {

  private final Map<Table, Map<Key, Row>> tables = new LinkedHashMap<>();
  private int rowCount;

  /** A key by value; keys are numbers only. */
  private static final class Key {

    private final long[] parts;

    Key(long[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(parts, that.parts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(parts);
    }
  }

  /** The batch's row with this key; a new one knows nothing else. */
  public Row row(Table table, long... key) {
    Map<Key, Row> rows = tables.computeIfAbsent(table, t -> new LinkedHashMap<>());
    return rows.computeIfAbsent(
        new Key(key),
        k -> {
          rowCount++;
          return new Row(table, key);
        });
  }

  public int rowCount() {
    return rowCount;
  }

  public void forEachTable(BiConsumer<Table, Collection<Row>> visitor) {
    tables.forEach((table, rows) -> visitor.accept(table, rows.values()));
  }

  public void clear() {
    tables.clear();
    rowCount = 0;
  }
}
