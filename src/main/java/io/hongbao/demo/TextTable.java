// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as their widest cell, two blanks between them. */
final class TextTable {

  /** To which side a column's cells go. */
  enum Align {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  private final List<Align> aligns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  TextTable() {
    rows.add(new ArrayList<>());
  }

  /** Adds a column; all of them come before the first row. */
  TextTable column(String title, Align align) {
    aligns.add(align);
    rows.getFirst().add(title);
    return this;
  }

  /** Adds a row with a cell for each column. */
  TextTable row(String... cells) {
    if (cells.length != aligns.size()) {
      throw new IllegalArgumentException(cells.length + " cells, " + aligns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, titles first, without blanks at their ends. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String fill = " ".repeat(widthOf(column) - lengthOf(cell));
        line.append(column == 0 ? "" : GAP);
        line.append(aligns.get(column) == Align.RIGHT ? fill + cell : cell + fill);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int widthOf(int column) {
    return rows.stream().mapToInt(row -> lengthOf(row.get(column))).max().orElse(0);
  }

  private static int lengthOf(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
