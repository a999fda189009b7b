// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.model.Check;

/**
 * What a batch knows about one row; columns that no event spoke of are unknown.
 *
 * <p><b>Thread:</b> the export loop's.
 */
public final class Row {

  private final Object[] values;

  Row(Table table, long[] key) {
    Check.equal(key.length, table.keyColumns().size(), "columns of the key");
    values = new Object[table.columns().size()];
    for (Column column : table.columns()) {
      int at = column.index();
      values[at] = at < key.length ? (Object) key[at] : column.unknown();
    }
  }

  /** Brings in a number by the column's rule. */
  public Row set(Column column, long value) {
    long known = (Long) values[column.index()];
    switch (column.merge()) {
      case MAX -> values[column.index()] = Math.max(known, value);
      case MIN -> values[column.index()] = Math.min(known, value);
      default -> Check.that(false, "a number into a column that takes none");
    }
    return this;
  }

  /** Brings in a text; an empty one changes nothing. */
  public Row set(Column column, String value) {
    Check.that(column.merge() == Merge.TEXT, "a text into a column that takes none");
    if (!value.isEmpty()) {
      values[column.index()] = value;
    }
    return this;
  }

  /** Value of the column with this index: a Long or a String. */
  public Object value(int index) {
    return values[index];
  }
}
