// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static io.hongbao.engine.TestKeys.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.model.RefusalCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a partition does at its limits and in its turns; accounts stand for any family. */
class PartitionCoreTest {

  private static final long USER = 4;
  private static final int REPLIES_MAX = 10;
  private static final int REPLIES_RESERVE = 4;

  private static final PartitionSettings SETTINGS =
      new PartitionSettings(REPLIES_MAX, REPLIES_RESERVE, 100, 10, 3, 259_200_000L, 1_000, 0);

  private static final Family.Factory ACCOUNTS =
      AccountFamily.factory(
          AccountLimits.defaults(),
          new AccountFacts() {
            @Override
            public long balanceMinorMax(int asset) {
              return asset == 1 ? 1_000_000 : 0;
            }

            @Override
            public boolean isExported(int partition, long position) {
              return true;
            }
          });

  private final PartitionHarness harness = new PartitionHarness(1, 1, SETTINGS, ACCOUNTS);

  private Heard topUp(long number) {
    return harness.submit(0, new TopUp(key(number), USER, 1, 1, "", ""));
  }

  @Test
  void turnsClientsAwayWhenTooManyAnswersWaitAndKeepsAReserve() {
    for (int i = 1; i <= REPLIES_MAX - REPLIES_RESERVE; i++) {
      topUp(i);
    }

    Heard tooMany = topUp(99);
    Heard read = harness.submit(0, new ReadAccount(USER, List.of(1)));
    Heard reserved = harness.submit(0, new ReleaseHold(key(100), USER, 1, "", ""));
    harness.settle();

    assertEquals(RefusalCode.OVERLOADED, tooMany.refusal());
    assertTrue(tooMany.as(Refusal.class).retryAfterMs() > 0);
    assertEquals(RefusalCode.OVERLOADED, read.refusal());
    assertEquals(RefusalCode.HOLD_NOT_FOUND, reserved.refusal());
    Heard again = topUp(99);
    harness.settle();
    assertFalse(again.isRepeated(), "a key is not looked up by a full partition");
    again.as(TransactionShown.class);
    assertEquals(2, harness.core(0).meters().overloaded());
  }

  // A refusal costs nothing and is remembered for three days: one user without a cent could fill
  // the heap with them, and every start after that as well.
  @Test
  void remembersABoundedNumberOfKeysAndStillAnswersRepeats() {
    PartitionHarness small = new PartitionHarness(1, 1, SETTINGS.withKeysMax(10), ACCOUNTS);
    for (int i = 1; i <= 10; i++) {
      small.ask(0, new TopUp(key(i), USER, 99, 1, "", "")).refusal();
    }

    Heard eleventh = small.ask(0, new TopUp(key(11), USER, 1, 1, "", ""));
    Heard repeat = small.ask(0, new TopUp(key(10), USER, 99, 1, "", ""));
    Heard reserved = small.ask(0, new ReleaseHold(key(12), USER, 1, "", ""));
    Heard noReserve = small.ask(0, new ReleaseHold(key(13), USER, 1, "", ""));

    assertEquals(RefusalCode.OVERLOADED, eleventh.refusal());
    assertEquals(RefusalCode.UNKNOWN_ASSET, repeat.refusal());
    assertTrue(repeat.isRepeated());
    assertEquals(RefusalCode.HOLD_NOT_FOUND, reserved.refusal());
    assertEquals(RefusalCode.OVERLOADED, noReserve.refusal());
    assertEquals(1.1, small.core(0).keysShare(), 0.001);
    small.clock().advance(SETTINGS.idempotencyWindowMs() + 5 * 60_000 + 1);
    small.settle();
    small.ask(0, new TopUp(key(11), USER, 1, 1, "", "")).as(TransactionShown.class);
    small.checkRebuild();
  }

  // The simulator met a client that heard "overloaded" for ever: its record fitted no frame.
  @Test
  void whatNeverHasRoomIsNotToldToComeAgain() {
    harness.journal(0).payloadBytesMax(2_047);

    Heard never = topUp(1);
    harness.settle();
    harness.journal(0).payloadBytesMax(2_048);
    harness.journal(0).roomBytes(2_047);
    Heard notNow = topUp(2);
    harness.settle();

    assertEquals(RefusalCode.BODY_TOO_LARGE, never.refusal());
    assertEquals(RefusalCode.OVERLOADED, notNow.refusal());
    assertEquals(1, harness.core(0).meters().overloaded());
  }

  @Test
  void runsABoundedNumberOfTimersInATurn() {
    for (int i = 1; i <= 6; i++) {
      topUp(i);
      harness.settle();
    }
    harness.clock().advance(72L * 3_600_000 + 5 * 60_000 + 1);
    long before = harness.state(0).sequence();

    harness.turn(0);

    // Three evictions; the keys that left the window go in a record of their own.
    assertEquals(before + 4, harness.state(0).sequence());
    harness.settle();
    assertEquals(0, harness.state(0).parts().timers().count());
    harness.checkRebuild();
  }

  @Test
  void aPartitionsTimeNeverGoesBack() {
    topUp(1);
    harness.settle();
    harness.clock().advance(-5_000);

    Heard second = topUp(2);
    harness.settle();

    assertEquals(HandClock.START_MS, second.as(TransactionShown.class).transaction().bookedAtMs());
    harness.checkRebuild();
  }

  @Test
  void journalsTheHashThatReplayComparesWith() {
    topUp(1);
    harness.core(0).markStateHash();
    topUp(2);
    harness.core(0).markStateHash();
    harness.settle();

    harness.checkRebuild();
    harness.crash();

    assertEquals(
        2,
        harness
            .ask(0, new ReadAccount(USER, List.of(1)))
            .as(AccountShown.class)
            .balances()
            .getFirst()
            .balanceMinor());
  }
}
