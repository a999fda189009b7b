// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoadWatchTest {

  private final LoadWatch watch = new LoadWatch();

  private int look(double pressure, int times) {
    int level = 0;
    for (int i = 0; i < times; i++) {
      level = watch.look(pressure);
    }
    return level;
  }

  @Test
  void oneBurstClosesNothing() {
    assertEquals(0, look(2, LoadWatch.RISE_LOOKS - 1));
    assertEquals(0, look(0.1, 1));
    assertEquals(0, look(2, LoadWatch.RISE_LOOKS - 1));
  }

  @Test
  void givesUpOneStepAfterTheOtherAsPressureGrows() {
    assertEquals(0, look(0.49, 100));
    assertEquals(1, look(0.5, LoadWatch.RISE_LOOKS));
    assertEquals(2, look(0.6, LoadWatch.RISE_LOOKS));
    assertEquals(3, look(0.8, LoadWatch.RISE_LOOKS));
    assertEquals(4, look(1.5, LoadWatch.RISE_LOOKS));
  }

  @Test
  void aLimitThatIsReachedClosesAllAtOnce() {
    assertEquals(4, look(1, LoadWatch.RISE_LOOKS));
  }

  @Test
  void opensAStepAfterALongCalmOnly() {
    look(1, LoadWatch.RISE_LOOKS);

    assertEquals(4, look(0, LoadWatch.CALM_LOOKS - 1));
    assertEquals(3, look(0, 1));
    assertEquals(3, look(0, LoadWatch.CALM_LOOKS - 1));
    assertEquals(2, look(0, 1));
    assertEquals(0, look(0, 2 * LoadWatch.CALM_LOOKS));
  }

  /** The relief of a closed step must not open it again: below its mark is not yet calm. */
  @Test
  void pressureThatFellALittleOpensNothing() {
    look(0.5, LoadWatch.RISE_LOOKS);

    assertEquals(1, look(0.5 * LoadWatch.CALM_SHARE, 10 * LoadWatch.CALM_LOOKS));
    assertEquals(0, look(0.5 * LoadWatch.CALM_SHARE - 0.01, LoadWatch.CALM_LOOKS));
  }

  @Test
  void aRestlessCalmBeginsAnew() {
    look(0.5, LoadWatch.RISE_LOOKS);

    look(0, LoadWatch.CALM_LOOKS - 1);
    look(0.4, 1);
    assertEquals(1, look(0, LoadWatch.CALM_LOOKS - 1));
  }

  @Test
  void stepsAreGivenUpInTheirOrder() {
    double before = 0;
    for (Rung rung : Rung.all()) {
      assertTrue(rung.refusedFrom() > before, rung.wireName());
      before = rung.refusedFrom();
    }
    assertTrue(before < 1, "the last step goes before money would be turned away");
  }
}
