// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.RefusalCode;
import io.hongbao.time.SandboxTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's clock: forward only, told when durable, told again after a restart. */
class SandboxFamilyTest {

  private static final long DAY_MS = 86_400_000L;

  private final List<Long> told = new ArrayList<>();
  private final PartitionHarness harness =
      new PartitionHarness(2, 3, SandboxFamily.factory(told::add));

  private Heard advance(long byMs) {
    return harness.ask(AdvanceClock.PARTITION, new AdvanceClock(byMs));
  }

  @Test
  void addsUp() {
    assertEquals(DAY_MS, advance(DAY_MS).as(AdvanceClock.Advanced.class).totalOffsetMs());
    assertEquals(DAY_MS + 1, advance(1).as(AdvanceClock.Advanced.class).totalOffsetMs());
    assertEquals(List.of(DAY_MS, DAY_MS + 1), told);
    harness.checkRebuild();
  }

  @ParameterizedTest
  @CsvSource({
    "0, CLOCK_BACKWARD",
    "-1, CLOCK_BACKWARD",
    "-9223372036854775808, CLOCK_BACKWARD",
    "315619200001, MALFORMED_REQUEST",
    "9223372036854775807, MALFORMED_REQUEST",
  })
  void refuses(long byMs, RefusalCode expected) {
    assertEquals(expected, advance(byMs).refusal());
    assertTrue(told.isEmpty());
  }

  @Test
  void neverGoesBeyondWhatTheClockTakes() {
    for (int i = 0; i < 9; i++) {
      advance(AdvanceClock.BY_MS_MAX);
    }

    Heard beyond = advance(AdvanceClock.BY_MS_MAX);

    assertEquals(RefusalCode.MALFORMED_REQUEST, beyond.refusal());
    assertTrue(AdvanceClock.TOTAL_MS_MAX <= SandboxTime.OFFSET_MS_MAX);
  }

  @Test
  void isToldOnlyWhenDurableAndBeforeTheAnswer() {
    List<Integer> toldAtAnswer = new ArrayList<>();
    harness
        .core(0)
        .submit(new AdvanceClock(5), (answer, position, repeated) -> toldAtAnswer.add(told.size()));
    harness.core(0).release(0);
    assertTrue(told.isEmpty() && toldAtAnswer.isEmpty());

    harness.force(0);

    assertEquals(List.of(1), toldAtAnswer);
  }

  @Test
  void isToldAgainAtTheNextStart() {
    advance(DAY_MS);
    told.clear();

    harness.crash();
    assertEquals(List.of(DAY_MS), told);
    harness.restartFromSnapshots();

    assertEquals(List.of(DAY_MS, DAY_MS), told);
  }

  @Test
  void livesInOnePartition() {
    Heard heard = harness.quietly(() -> harness.ask(1, new AdvanceClock(1)));

    assertEquals(RefusalCode.INTERNAL_ERROR, heard.refusal());
  }
}
