// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.HandClock;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.TestKeys;
import io.hongbao.engine.TransferBatch;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketTransfer.CreditShare;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lanes and their mail, in one thread. */
class LaneTest {

  /** Lives in partition 1, on lane 1. */
  private static final long USER = 1_001;

  private static final int MAILBOX_MAX = 64;

  private EngineLife life;
  private final List<Answer> heard = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    life = new EngineLife(new FaultyDisk(1), new HandClock(), 1);
  }

  private void read() {
    life.submit(
        0, USER, new ReadAccount(USER, List.of(1)), (answer, position, again) -> heard.add(answer));
  }

  // Commands, transfers and marks shared one queue: a flood of commands kept refunds from going
  // out for as long as it lasted.
  @Test
  void aFullMailboxTurnsCommandsAwayAndTakesTransfersStill() {
    for (int i = 0; i < MAILBOX_MAX; i++) {
      read();
    }
    read();
    assertEquals(1, heard.size());
    assertEquals(RefusalCode.OVERLOADED, ((Refusal) heard.getFirst()).code());

    boolean isTaken =
        life.lanes
            .lane(0)
            .send(new TransferBatch(0, 1, 1, List.of(new CreditShare(1, USER, 1, 5, 1))));

    assertTrue(isTaken);
    life.runLoop(1);
    assertEquals(1, life.state(1).parts().outbox().receivedMark(0));
  }

  @Test
  void anAnswerThatFindsTheWayFullIsKept() {
    for (int i = 0; i < MAILBOX_MAX; i++) {
      read();
    }
    life.runLoop(1);
    for (int i = 0; i < MAILBOX_MAX; i++) {
      read();
    }
    life.runLoop(1);
    assertEquals(0, heard.size(), "nothing is delivered on another thread");
    assertTrue(life.lanes.lane(1).waitingReplies() > 0, "a stop waits for what is kept back");

    life.settle(3);

    assertEquals(2 * MAILBOX_MAX, heard.size());
    assertTrue(heard.stream().allMatch(AccountShown.class::isInstance));
    assertEquals(0, life.lanes.lane(1).waitingReplies());
  }

  @Test
  void aReadWaitsForNothingButWhatItLookedAt() {
    life.submit(
        1,
        USER,
        new TopUp(TestKeys.key(1), USER, 1, 5, "", ""),
        (answer, position, again) -> heard.add(answer));
    life.submit(
        1,
        USER + EngineLife.PARTITIONS,
        new ReadAccount(USER + EngineLife.PARTITIONS, List.of(1)),
        (answer, position, again) -> heard.add(answer));
    life.submit(
        1, USER, new ReadAccount(USER, List.of(1)), (answer, position, again) -> heard.add(answer));

    life.runLoop(1);

    assertEquals(1, heard.size(), "the other user's account never changed");
    assertFalse(heard.getFirst() instanceof Refusal);
    life.settle(1);
    assertEquals(3, heard.size());
  }

  @Test
  void aBatchIsOneLetterThereAndOneBack() {
    List<Integer> order = new ArrayList<>();

    life.lanes
        .lane(0)
        .submitAll(
            new int[] {1, 0, 1},
            new Command[] {topUp(1, USER), topUp(2, USER + 999), topUp(3, USER)},
            (index, answer, position, repeated) -> {
              assertTrue(position > 0, () -> "position of " + answer);
              order.add(index);
            });

    assertEquals(1, life.lanes.waiting(1));
    assertEquals(0, order.size());
    life.runLoop(1);
    assertEquals(0, order.size(), "nothing is told before it is durable");
    life.settle(3);
    assertEquals(List.of(0, 1, 2), order.stream().sorted().toList());
  }

  @Test
  void aBatchThatFindsTheMailboxFullIsRefusedItemByItem() {
    for (int i = 0; i < MAILBOX_MAX; i++) {
      read();
    }

    life.lanes
        .lane(0)
        .submitAll(
            new int[] {1, 1},
            new Command[] {topUp(1, USER), topUp(2, USER)},
            (index, answer, position, repeated) -> heard.add(answer));

    assertEquals(2, heard.size());
    assertEquals(RefusalCode.OVERLOADED, ((Refusal) heard.getFirst()).code());
  }

  private static Command topUp(long key, long user) {
    return new TopUp(TestKeys.key(key), user, 1, 5, "", "");
  }
}
