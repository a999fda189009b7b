// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.ScriptFamily.DoOnce;
import io.hongbao.engine.ScriptFamily.Done;
import io.hongbao.engine.ScriptFamily.Noted;
import io.hongbao.model.RefusalCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Idempotency keys at the edges of their window. */
class KeyWindowTest {

  private static final long HOUR_MS = 3_600_000L;
  private static final long MINUTE_MS = 60_000L;

  private final LonePartition lone = new LonePartition();

  // The key is dropped a window after it was stored, but its own time may lie five minutes later:
  // for so long the same request ran a second time.
  @Test
  void aTimedKeyOfAFastClockNeverRunsTwice() {
    ClientKey key = TestKeys.timed(1, lone.clock.nowMs() + 4 * MINUTE_MS);
    Command once =
        new DoOnce(
            key,
            decision -> {
              decision.emit(new Noted(1, 0));
              decision.accept(new Done(5), 5);
            });
    lone.submit(once);
    lone.settle();

    lone.clock.advance(72 * HOUR_MS + 1);
    lone.settle();
    Heard again = lone.submit(once);
    lone.settle();

    assertEquals(List.of(1L), lone.family.noted, "what the request did");
    assertEquals(RefusalCode.KEY_TOO_OLD, again.refusal());

    lone.clock.advance(10 * MINUTE_MS);
    lone.settle();
    Heard last = lone.submit(once);
    lone.settle();
    assertEquals(RefusalCode.KEY_TOO_OLD, last.refusal());
    assertEquals(0, lone.core.state().keys().count(), "and the key is not kept for ever");
  }

  @Test
  void aKeyInsideTheWindowIsAnsweredFromTheStore() {
    Command once =
        new DoOnce(
            TestKeys.key(1),
            decision -> {
              decision.emit(new Noted(1, 0));
              decision.accept(new Done(5), 5);
            });
    lone.submit(once);
    lone.settle();

    lone.clock.advance(72 * HOUR_MS);
    lone.settle();
    Heard again = lone.submit(once);
    lone.settle();

    assertEquals(5, again.as(Done.class).number());
    assertTrue(again.isRepeated());
    assertEquals(List.of(1L), lone.family.noted);
  }

  @Test
  void aRepeatWaitsForTheFirst() {
    Command once =
        new DoOnce(
            TestKeys.key(1),
            decision -> {
              decision.emit(new Noted(1, 0));
              decision.accept(new Done(5), 5);
            });
    Heard first = lone.submit(once);
    Heard second = lone.submit(once);
    lone.core.release(lone.journal.durable());
    assertTrue(first.isSilent());
    assertTrue(second.isSilent());

    lone.settle();

    assertFalse(first.isRepeated());
    assertTrue(second.isRepeated());
    assertEquals(5, second.as(Done.class).number());
  }
}
