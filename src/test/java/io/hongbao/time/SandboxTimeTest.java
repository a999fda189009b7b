// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.BrokenInvariantException;
import org.junit.jupiter.api.Test;

final class SandboxTimeTest {

  private final SandboxTime time = new SandboxTime(new SystemTime(() -> 1_000, () -> 7));

  @Test
  void addsTheOffsetToTheTimeOfDayOnly() {
    assertEquals(500, time.advance(500));
    assertEquals(750, time.advance(250));

    assertEquals(1_750, time.nowMs());
    assertEquals(7, time.nanos());
  }

  @Test
  void neverMovesBack() {
    time.advance(500);

    assertThrows(BrokenInvariantException.class, () -> time.advance(-1));
    time.raiseOffsetTo(300);

    assertEquals(500, time.offsetMs());
  }

  @Test
  void restoresAJournaledOffset() {
    time.raiseOffsetTo(86_400_000);

    assertEquals(86_401_000, time.nowMs());
  }

  @Test
  void staysWithinAHundredYears() {
    time.advance(SandboxTime.OFFSET_MS_MAX);

    assertThrows(BrokenInvariantException.class, () -> time.advance(1));
    assertThrows(BrokenInvariantException.class, () -> time.advance(Long.MAX_VALUE));
  }
}
