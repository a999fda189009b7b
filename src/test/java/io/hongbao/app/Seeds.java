// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

/** Where the chance of a test comes from: another one each time, and printed. */
final class Seeds {

  private static final String PROPERTY = "hongbao.test.seed";

  private Seeds() {}

  /** A new seed, or the one of {@code -Dhongbao.test.seed}. */
  static long of(String test) {
    long seed = Long.getLong(PROPERTY, System.nanoTime());
    System.out.println(test + ": -D" + PROPERTY + "=" + seed);
    return seed;
  }
}
