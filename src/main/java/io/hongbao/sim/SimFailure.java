// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

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

  static void same(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new SimFailure(what + ": expected " + expected + ", was " + actual);
    }
  }
}
