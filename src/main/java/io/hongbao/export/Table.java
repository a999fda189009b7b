// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.List;

/** The shape of one table of the read model; the same for every database. */
public final class Table {

  private final String name;
  private final List<Column> columns;
  private final List<Index> indexes;
  private final int keyCount;

  private Table(Builder builder) {
    this.name = builder.name;
    this.columns = List.copyOf(builder.columns);
    this.indexes = List.copyOf(builder.indexes);
    this.keyCount = (int) columns.stream().filter(c -> c.merge() == Merge.KEY).count();
    Check.that(keyCount > 0, "a table has a key");
  }

  /** A second order in which rows are looked up. */
  public record Index(String name, List<Column> columns) {}

  public static Builder named(String name) {
    return new Builder(name);
  }

  public String name() {
    return name;
  }

  public List<Column> columns() {
    return columns;
  }

  /** The key's columns: the first of {@link #columns()}. */
  public List<Column> keyColumns() {
    return columns.subList(0, keyCount);
  }

  public List<Index> indexes() {
    return indexes;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects columns in the order in which they are declared. */
  public static final class Builder {

    private final String name;
    private final List<Column> columns = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    public Column key(String column) {
      Check.that(
          columns.isEmpty() || columns.getLast().merge() == Merge.KEY, "key columns come first");
      return add(column, Column.Type.LONG, Merge.KEY);
    }

    public Column max(String column) {
      return add(column, Column.Type.LONG, Merge.MAX);
    }

    public Column maxInt(String column) {
      return add(column, Column.Type.INT, Merge.MAX);
    }

    public Column min(String column) {
      return add(column, Column.Type.LONG, Merge.MIN);
    }

    public Column code(String column) {
      return add(column, Column.Type.CODE, Merge.TEXT);
    }

    public Column text(String column) {
      return add(column, Column.Type.TEXT, Merge.TEXT);
    }

    public void index(String indexName, Column... indexed) {
      indexes.add(new Index(indexName, List.of(indexed)));
    }

    public Table build() {
      return new Table(this);
    }

    private Column add(String column, Column.Type type, Merge merge) {
      Column added = new Column(columns.size(), column, type, merge);
      columns.add(added);
      return added;
    }
  }
}
