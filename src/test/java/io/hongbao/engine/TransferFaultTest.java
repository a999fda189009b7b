// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static io.hongbao.engine.LonePartition.gifts;
import static io.hongbao.engine.LonePartition.give;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.ScriptFamily.Do;
import io.hongbao.engine.ScriptFamily.Done;
import io.hongbao.engine.ScriptFamily.Gift;
import io.hongbao.engine.ScriptFamily.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transfers that are lost, doubled, too large, or met by a bug. */
class TransferFaultTest {

  private final LonePartition lone = new LonePartition();

  // A rule that threw before its first event was logged, and the batch was acknowledged all the
  // same: the source dropped money that nobody had taken.
  @Test
  void doesNotAcknowledgeWhatItFailedToTake() {
    lone.family.onReceive =
        (transfer, decision) -> {
          throw new IllegalStateException("a bug");
        };

    lone.quietly(() -> lone.core.receive(gifts(1, 11, 12)));
    lone.settle();

    assertEquals(List.of(), lone.marks);
    assertEquals(0, lone.core.state().parts().outbox().receivedMark(1));
  }

  @Test
  void asksForRoomForAllThatTheBatchMayNeed() {
    List<Transfer> large = List.of(new Gift(1, 40_000), new Gift(2, 40_000));
    lone.journal.roomBytes(50_000);
    lone.core.receive(new TransferBatch(1, 0, 1, large));
    lone.settle();
    assertEquals(List.of(), lone.family.noted);

    lone.journal.roomBytes(90_000);
    lone.core.receive(new TransferBatch(1, 0, 1, large));
    lone.settle();
    assertEquals(List.of(1L, 2L), lone.family.noted);
    assertEquals(List.of(2L), lone.marks);
  }

  @Test
  void sendsBatchesThatTheSmallestLaneHasRoomFor() {
    for (int i = 1; i <= 64; i++) {
      int number = i;
      lone.submit(
          new Do(
              decision -> {
                decision.emit(new Given(1, new Gift(number, 8_000)));
                decision.answer(new Done(number));
              }));
    }
    lone.settle();

    for (TransferBatch batch : lone.sent) {
      int bytes = batch.transfers().stream().mapToInt(Transfer::recordBytesMax).sum();
      assertTrue(bytes < 64 * 1024, "bytes of one batch: " + bytes);
    }
    assertEquals(64, lone.sent.stream().mapToInt(batch -> batch.transfers().size()).sum());
  }

  @Test
  void acknowledgesATakenBatchOnlyWhenItsRecordIsDurable() {
    lone.core.receive(gifts(1, 11, 12));
    lone.core.release(lone.journal.durable());
    assertEquals(List.of(), lone.marks);

    lone.core.receive(gifts(1, 11, 12));
    lone.core.release(lone.journal.durable());
    assertEquals(List.of(), lone.marks, "a repeat proves nothing before the first is durable");

    lone.settle();
    assertEquals(List.of(2L, 2L), lone.marks);
    assertEquals(List.of(11L, 12L), lone.family.noted);
  }

  @Test
  void takesOnlyTheNewOnesOfABatchThatItPartlyKnows() {
    lone.core.receive(gifts(1, 11, 12));
    lone.core.receive(gifts(2, 12, 13));
    lone.core.receive(gifts(5, 15));
    lone.settle();

    assertEquals(List.of(11L, 12L, 13L), lone.family.noted);
    assertEquals(List.of(2L, 3L), lone.marks);
  }

  // Progress was measured over all destinations together: while one of them answered, a batch that
  // another had lost was never sent again.
  @Test
  void sendsAgainToTheOneThatIsSilentWhileOthersAnswer() {
    lone.submit(give(1, 100));
    lone.settle();
    assertEquals(1, lone.sent.size());
    lone.sent.clear();

    for (int i = 1; i <= 30; i++) {
      lone.submit(give(2, i));
      lone.settle();
      lone.clock.advance(100);
      lone.core.acknowledged(2, i);
    }

    assertTrue(
        lone.sent.stream().anyMatch(batch -> batch.destination() == 1),
        "after three seconds the silent destination has been asked again");
  }

  @Test
  void sendsNothingAgainWhileADestinationAnswers() {
    for (int i = 1; i <= 30; i++) {
      lone.submit(give(2, i));
      lone.settle();
      lone.clock.advance(400);
      lone.core.acknowledged(2, i - 1);
      lone.settle();
    }

    assertEquals(30, lone.sent.stream().mapToInt(batch -> batch.transfers().size()).sum());
  }
}
