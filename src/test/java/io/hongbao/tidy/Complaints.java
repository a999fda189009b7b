// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers everything that breaks one rule, so that one run shows all of it with the remedy. */
final class Complaints {

  private final String rule;
  private final String remedy;
  private final List<String> places = new ArrayList<>();

  Complaints(String rule, String remedy) {
    this.rule = rule;
    this.remedy = remedy;
  }

  void add(Path file, long line, String what) {
    places.add(file + ":" + line + ": " + what);
  }

  void add(Path file, String what) {
    places.add(file + ": " + what);
  }

  void assertNone() {
    if (!places.isEmpty()) {
      fail(rule + "\n  " + String.join("\n  ", places) + "\nRemedy: " + remedy + "\n");
    }
  }
}
