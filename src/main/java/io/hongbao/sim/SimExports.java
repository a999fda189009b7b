// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import java.util.SplittableRandom;

/**
 * When the exporter works: mostly whenever it is its turn, for a while hardly ever, or not at all;
 * nothing may be forgotten meanwhile.
 */
final class SimExports {

  private static final int BAD_TIMES_ONE_IN = 250;
  private static final int SLOW_ONE_IN = 8;
  private static final int STEPS_MIN = 200;
  private static final int STEPS_MAX = 1_700;

  private final SplittableRandom chance;
  private final Marks marks;
  private long badUntilStep;
  private boolean isDead;

  SimExports(SplittableRandom chance, Marks marks) {
    this.chance = chance;
    this.marks = marks;
  }

  /** Whether the exporter makes its step now. */
  boolean works(long step) {
    if (step < badUntilStep) {
      return !isDead && chance.nextInt(SLOW_ONE_IN) == 0;
    }
    if (chance.nextInt(BAD_TIMES_ONE_IN) > 0) {
      return true;
    }
    isDead = chance.nextBoolean();
    marks.count(isDead ? Fault.EXPORTER_DEAD : Fault.EXPORTER_SLOW);
    badUntilStep = step + chance.nextInt(STEPS_MIN, STEPS_MAX);
    return false;
  }
}
