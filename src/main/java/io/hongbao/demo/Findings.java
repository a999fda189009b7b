// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.Objects;

/**
 * Counts what is not as it must be and shows each as one line.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> {@link #SHOWN_MAX} lines; the others are only counted.
 */
final class Findings {

  /** One fault of a ledger can show at every user; more lines than this help nobody. */
  static final int SHOWN_MAX = 40;

  private final Page page;
  private int count;

  Findings(Page page) {
    this.page = page;
  }

  synchronized void differs(String sentence) {
    count++;
    if (count <= SHOWN_MAX) {
      page.difference(sentence);
    } else if (count == SHOWN_MAX + 1) {
      page.difference("... and more, which are counted only");
    }
  }

  /** Complains unless both are equal. */
  void same(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      differs(what + " is " + actual + ", expected " + expected);
    }
  }

  /** Complains unless both amounts are equal. */
  void sameMoney(String what, long expectedMinor, long actualMinor) {
    same(what, Money.text(expectedMinor), Money.text(actualMinor));
  }

  /** Complains unless the condition holds. */
  void holds(boolean condition, String otherwise) {
    if (!condition) {
      differs(otherwise);
    }
  }

  synchronized int count() {
    return count;
  }
}
