// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.PartitionState;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a start takes its clock at its word. */
class HeldTimersTest {

  private static final long DAY_MS = 86_400_000L;
  private static final long NEWEST_MS = 20_000 * DAY_MS;

  private final FaultyDisk disk = new FaultyDisk(1);

  // Held, since a logger that nobody holds forgets its level.
  private final Logger logger = Logger.getLogger(HeldTimers.class.getName());

  private boolean look(long newestMs, long nowMs) throws IOException {
    logger.setLevel(Level.OFF);
    PartitionState[] states = {state(0, newestMs - 5), state(1, newestMs)};
    return new HeldTimers(disk).look(states, nowMs, 7 * DAY_MS);
  }

  private static PartitionState state(int partition, long timeMs) {
    PartitionState state = PartitionState.empty(new EngineShape(1, 2), partition, true, List.of());
    state.restorePosition(timeMs > 0 ? 1 : 0, Math.max(0, timeMs));
    return state;
  }

  @ParameterizedTest
  @CsvSource({"0, false", "604800000, false", "604800001, true", "-864000000, false"})
  void holdsAfterALongGap(long sinceMs, boolean isHeld) throws IOException {
    assertEquals(isHeld, look(NEWEST_MS, NEWEST_MS + sinceMs));
    assertEquals(isHeld, disk.exists(HeldTimers.FILE));
  }

  @Test
  void aNewDirectoryHasNoGap() throws IOException {
    assertFalse(look(0, NEWEST_MS));
  }

  // The first start journals with its own time; by that alone the next would find no gap.
  @Test
  void theNextStartStillWaits() throws IOException {
    assertTrue(look(NEWEST_MS, NEWEST_MS + 30 * DAY_MS));

    assertTrue(look(NEWEST_MS + 30 * DAY_MS, NEWEST_MS + 30 * DAY_MS + 1));
  }
}
