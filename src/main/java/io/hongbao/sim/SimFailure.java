// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import java.util.function.Supplier;

/**
 * Something is not as it must be. An error, since the engine lives on after exceptions of rules.
 */
public final class SimFailure extends Error {

  private static final long serialVersionUID = 1L;

  SimFailure(String what) {
    super(what);
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new SimFailure(what);
    }
  }

  /** The same where the sentence is dear and asked for all the time. */
  static void require(boolean condition, Supplier<String> what) {
    if (!condition) {
      throw new SimFailure(what.get());
    }
  }

  static void same(long expected, long actual, String what) {
    if (expected != actual) {
      throw new SimFailure(what + ": expected " + expected + ", was " + actual);
    }
  }

  static void same(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new SimFailure(what + ": expected " + expected + ", was " + actual);
    }
  }
}
