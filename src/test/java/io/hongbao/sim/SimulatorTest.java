// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many seeds of the simulator, and that each kind of fault really happened in them. */
class SimulatorTest {

  private static final long FIRST_SEED = Long.getLong("hongbao.sim.seed", 1);
  private static final int SEEDS = Integer.getInteger("hongbao.sim.seeds", 200);
  private static final long STEPS = Long.getLong("hongbao.sim.steps", 1_500);

  /** A flipped bit that nobody needs to notice is no fault. */
  private static final Set<Fault> MAY_BE_ABSENT = EnumSet.of(Fault.BIT_ROT_HARMLESS);

  @Test
  void everySeedIsRightAndEveryFaultHappens() {
    Set<Fault> absent = EnumSet.complementOf(EnumSet.copyOf(MAY_BE_ABSENT));
    long answers = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Simulator.Result result = Simulator.run(seed, STEPS);
      absent.removeAll(result.marks().counts().keySet());
      answers += result.answers();
    }

    assertTrue(SEEDS < 200 || absent.isEmpty(), () -> "faults that never happened: " + absent);
    assertTrue(answers > SEEDS * STEPS / 4, "most actions are answered");
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Simulator.Result first = Simulator.run(42, 4_000);
    Simulator.Result second = Simulator.run(42, 4_000);

    assertEquals(first.hash(), second.hash());
    assertEquals(first.answers(), second.answers());
    assertEquals(first.marks().counts(), second.marks().counts());
  }
}
