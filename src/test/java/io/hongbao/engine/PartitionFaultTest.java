// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static io.hongbao.engine.LonePartition.give;
import static io.hongbao.engine.LonePartition.note;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hongbao.engine.ScriptFamily.Do;
import io.hongbao.engine.ScriptFamily.Done;
import io.hongbao.engine.ScriptFamily.Noted;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One partition whose rules do what they should not. */
class PartitionFaultTest {

  private static final long MINUTE_MS = 60_000L;

  private final LonePartition lone = new LonePartition();

  // Only RuntimeException was caught: a StackOverflowError between two events went up to the event
  // loop, and the partition served on with state that no record holds.
  @Test
  void stopsWhenAnErrorTearsARecord() {
    Error torn = new StackOverflowError();
    lone.submit(
        new Do(
            decision -> {
              decision.emit(new Noted(1, 0));
              throw torn;
            }));

    assertEquals(List.of(torn), lone.fatal);
    assertEquals(RefusalCode.OVERLOADED, lone.submit(note(2)).refusal());
    assertEquals(0, lone.journal.records().size());
  }

  // The loop over due timers went on after one of them had torn a record: the next one's record got
  // the same sequence and was journaled on top of changes that no record holds.
  @Test
  void journalsNothingMoreInTheTurnInWhichItStopped() {
    int[] runs = {0};
    lone.family.onTimer =
        decision -> {
          decision.emit(new Noted(++runs[0], 0));
          if (runs[0] == 1) {
            throw new IllegalStateException("a bug after the first event");
          }
        };
    for (int i = 0; i < 3; i++) {
      lone.core.state().parts().timers().set(lone.clock.nowMs(), ScriptFamily.SCHEMA_ID, 1, i);
    }
    lone.submit(give(1, 5));
    lone.journal.force();

    lone.core.endTurn(lone.journal.durable());

    assertEquals(1, lone.fatal.size());
    assertEquals(1, lone.journal.records().size());
    assertEquals(List.of(), lone.sent, "nor does it send");
  }

  @Test
  void stopsWhenAPublicationFails() {
    lone.submit(
        new Do(
            decision -> {
              decision.emit(new Noted(1, 0));
              decision.publish(
                  () -> {
                    throw new IllegalStateException("a bug");
                  });
              decision.answer(new Done(1));
            }));
    lone.settle();

    assertEquals(1, lone.fatal.size());
    assertEquals(RefusalCode.OVERLOADED, lone.submit(note(2)).refusal());
  }

  @Test
  void stopsWhenAnErrorComesBeforeTheFirstEvent() {
    Error torn = new LinkageError("in a test");
    lone.submit(
        new Do(
            decision -> {
              throw torn;
            }));

    assertSame(torn, lone.fatal.getFirst());
  }

  @Test
  void aBugBeforeTheFirstEventIsTheCallersProblemOnly() {
    Heard heard = new Heard();
    Command failing =
        new Do(
            decision -> {
              throw new IllegalStateException("a bug");
            });
    lone.quietly(() -> lone.core.submit(failing, heard));

    assertEquals(RefusalCode.INTERNAL_ERROR, heard.refusal());
    assertEquals(List.of(), lone.fatal);
    Heard next = lone.submit(note(2));
    lone.settle();
    assertEquals(2, next.as(Done.class).number());
  }

  // A timer is taken out of the heap before it runs; one whose rule failed was never tried again
  // before the next restart, and a refund waited that long.
  @Test
  void triesATimerAgainWhoseRuleFailed() {
    int[] tries = {0};
    lone.family.onTimer =
        decision -> {
          tries[0]++;
          throw new IllegalStateException("a bug");
        };
    lone.core.state().parts().timers().set(lone.clock.nowMs(), ScriptFamily.SCHEMA_ID, 1, 7);

    lone.quietly(lone::settle);
    lone.quietly(lone::settle);
    assertEquals(1, tries[0], "not at once, or it would fill the log");
    lone.clock.advance(10 * MINUTE_MS);
    lone.quietly(lone::settle);

    assertEquals(2, tries[0]);
    assertEquals(List.of(), lone.fatal);
  }

  @Test
  void holdsWhatIsDueUntilSomebodyHasLookedAtTheClock() {
    List<Long> ran = new ArrayList<>();
    lone.family.onTimer = decision -> ran.add(decision.nowMs());
    long startMs = lone.clock.nowMs();
    Timers timers = lone.core.state().parts().timers();
    timers.set(startMs, ScriptFamily.SCHEMA_ID, 1, 1);
    timers.set(startMs - 5, ScriptFamily.SCHEMA_ID, 1, 2);
    timers.set(startMs + 10, ScriptFamily.SCHEMA_ID, 1, 3);

    lone.core.holdDueTimers();
    lone.settle();
    assertEquals(List.of(), ran);
    lone.clock.advance(10);
    lone.settle();
    assertEquals(List.of(startMs + 10), ran, "what ends later was no part of the gap");

    lone.core.releaseTimers();
    lone.core.releaseTimers();
    lone.settle();
    assertEquals(3, ran.size());
    assertEquals(0, timers.count());
  }
}
