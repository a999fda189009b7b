// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Invariants".
package io.hongbao.model;

/**
 * Checks that stay on in production; a failed one is a bug, and the partition stops.
 *
 * <p>Takes primitives and constant texts, so that nothing is boxed or built while the check holds.
 */
public final class Check {

  private Check() {}

  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new BrokenInvariantException(what);
    }
  }

  public static void equal(long actual, long expected, String what) {
    if (actual != expected) {
      throw new BrokenInvariantException(what + ": " + actual + ", expected " + expected);
    }
  }

  public static void atLeast(long actual, long minimum, String what) {
    if (actual < minimum) {
      throw new BrokenInvariantException(what + ": " + actual + ", at least " + minimum);
    }
  }

  public static void atMost(long actual, long maximum, String what) {
    if (actual > maximum) {
      throw new BrokenInvariantException(what + ": " + actual + ", at most " + maximum);
    }
  }

  public static <T> T present(@org.jspecify.annotations.Nullable T value, String what) {
    if (value == null) {
      throw new BrokenInvariantException("missing: " + what);
    }
    return value;
  }
}
