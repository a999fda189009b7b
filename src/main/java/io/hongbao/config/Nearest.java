// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who mistyped a name probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The known name with the fewest edits from {@code typed}; nothing when even that one is too far
   * away to be meant.
   */
  public static Optional<String> to(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    // A third of the letters wrong is a typing slip; more is another word.
    int fewest = Math.max(2, wanted.length() / 3) + 1;
    String nearest = null;
    for (String name : known) {
      int edits = edits(wanted, name.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        nearest = name;
      }
    }
    return nearest == null ? endingLike(wanted, known) : Optional.of(nearest);
  }

  /** The suggestion as the end of a sentence; empty when there is none. */
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  // "port" for "http.port": the concern was left out.
  private static Optional<String> endingLike(String wanted, Collection<String> known) {
    return known.stream().filter(name -> name.endsWith("." + wanted)).findFirst();
  }

  private static int edits(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= left.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= right.length(); column++) {
        int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[right.length()];
  }
}
