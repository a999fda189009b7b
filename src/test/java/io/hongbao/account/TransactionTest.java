// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import static io.hongbao.account.AccountBench.CNY;
import static io.hongbao.account.AccountBench.COIN;
import static io.hongbao.account.AccountBench.OPERATOR;
import static io.hongbao.account.AccountBench.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.TestKeys;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Bounds;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money that comes in, is undone, and is asked for twice. */
class TransactionTest {

  private static final long DAY_MS = 24 * 3_600_000L;

  private final AccountBench bench = new AccountBench();

  @Test
  void creditsTheWalletFromClearing() {
    Transaction first = bench.topUp(USER, CNY, 500);
    Transaction second = bench.topUp(USER, CNY, 250);

    assertEquals(500, first.balanceAfterMinor());
    assertEquals(750, second.balanceAfterMinor());
    assertEquals(Slot.of(USER), Slot.of(first.id()), "the id finds the user's partition");
    assertEquals(1, EntityId.site(first.id()));
    assertNotEquals(first.id(), second.id());
    assertEquals(-750, bench.harness.systemMinor(AccountKind.CLEARING, CNY));
    bench.expectBalance(750, 0);
    bench.harness.checkRebuild();
  }

  // Each row breaks one rule and all that follow it, so that the order shows.
  @ParameterizedTest
  @CsvSource({
    "9, -1, UNKNOWN_ASSET",
    "9, 2000000000, UNKNOWN_ASSET",
    "0, 1, UNKNOWN_ASSET",
    "128, 1, UNKNOWN_ASSET",
    "1, 0, AMOUNT_OUT_OF_RANGE",
    "1, -5, AMOUNT_OUT_OF_RANGE",
    "1, 1000000001, AMOUNT_OUT_OF_RANGE",
    "1, 9223372036854775807, AMOUNT_OUT_OF_RANGE",
    "1, 1000000000, BALANCE_LIMIT",
  })
  void refusesATopUpInOrder(int asset, long amountMinor, RefusalCode expected) {
    bench.topUp(USER, CNY, 1);

    Heard heard = bench.ask(bench.topUpOf(USER, asset, amountMinor));

    assertEquals(expected, heard.refusal());
    bench.expectBalance(1, 0);
  }

  @Test
  void takesATopUpUpToTheLimitExactly() {
    bench.topUp(USER, CNY, 1);

    Heard heard = bench.ask(bench.topUpOf(USER, CNY, PartitionHarness.BALANCE_MINOR_MAX - 1));

    assertEquals(
        PartitionHarness.BALANCE_MINOR_MAX,
        heard.as(TransactionShown.class).transaction().balanceAfterMinor());
  }

  @Test
  void refusesWhatTheContractForbids() {
    String tooLong = "红".repeat(201);

    Heard longReason = bench.ask(new TopUp(TestKeys.key(1), USER, CNY, 1, tooLong, OPERATOR));
    Heard longEnough =
        bench.ask(new TopUp(TestKeys.key(1), USER, CNY, 1, tooLong.substring(1), OPERATOR));

    assertEquals(RefusalCode.MALFORMED_REQUEST, longReason.refusal());
    // Syntax is not stored with the key, so the corrected request runs.
    assertEquals(1, longEnough.as(TransactionShown.class).transaction().amountMinor());
    bench.harness.checkRebuild();
  }

  @Test
  void keepsMoneyOutOfAPartitionThatIsNotItsOwners() {
    int wrong = (bench.harness.partitionOf(USER) + 1) % 4;

    Heard heard =
        bench.harness.quietly(() -> bench.harness.ask(wrong, bench.topUpOf(USER, CNY, 100)));

    assertEquals(RefusalCode.INTERNAL_ERROR, heard.refusal());
    assertEquals(0, bench.harness.journal(wrong).records().size());
  }

  @Test
  void showsAllAssetsThatAreAskedFor() {
    bench.topUp(USER, COIN, 30);

    AccountShown shown =
        bench.ask(new ReadAccount(USER, List.of(CNY, COIN))).as(AccountShown.class);

    assertEquals(0, shown.balances().get(0).position());
    assertEquals(30, shown.balances().get(1).availableMinor());
    assertTrue(shown.balances().get(1).position() > 0);
  }

  @Test
  void aReadWaitsForTheRecordThatItShows() {
    int home = bench.harness.partitionOf(USER);
    bench.harness.submit(home, bench.topUpOf(USER, CNY, 100));

    Heard read = bench.harness.submit(home, new ReadAccount(USER, List.of(CNY)));
    Heard other = bench.harness.submit(home, new ReadAccount(USER, List.of(COIN)));
    bench.harness.core(home).release(0);

    assertTrue(read.isSilent());
    assertFalse(other.isSilent(), "what never changed rests on nothing");
    bench.harness.force(home);
    assertFalse(read.isSilent());
  }

  // Reversal.

  @Test
  void reversesByANewPosting() {
    Transaction topUp = bench.topUp(USER, CNY, 500);

    Transaction reversal = bench.ask(reversal(topUp.id())).as(TransactionShown.class).transaction();

    assertEquals(Transaction.Kind.REVERSAL, reversal.kind());
    assertEquals(topUp.id(), reversal.reversesId());
    assertEquals(0, reversal.balanceAfterMinor());
    assertEquals(0, bench.harness.systemMinor(AccountKind.CLEARING, CNY));
    bench.harness.checkRebuild();
  }

  @Test
  void refusesToReverseInOrder() {
    Transaction topUp = bench.topUp(USER, CNY, 500);
    long other = USER + 4_000;
    Transaction reversal = bench.ask(reversal(topUp.id())).as(TransactionShown.class).transaction();

    assertEquals(
        RefusalCode.TRANSACTION_NOT_FOUND, bench.ask(reversal(topUp.id() + 1_000)).refusal());
    assertEquals(
        RefusalCode.TRANSACTION_NOT_FOUND,
        bench
            .ask(
                new ReverseTransaction(
                    TestKeys.key(bench.nextKey()), other, topUp.id(), "mine?", OPERATOR))
            .refusal(),
        "another user's");
    assertEquals(
        RefusalCode.TRANSACTION_NOT_FOUND,
        bench.ask(reversal(reversal.id())).refusal(),
        "a reversal is not reversed");
    assertEquals(RefusalCode.ALREADY_REVERSED, bench.ask(reversal(topUp.id())).refusal());
    bench.harness.checkRebuild();
  }

  // The contract says of a frozen account that nothing leaves it; a reversal took its money out.
  @Test
  void nothingLeavesAFrozenAccountByReversal() {
    Transaction topUp = bench.topUp(USER, CNY, 500);
    bench.ask(limits(true));

    Heard heard = bench.ask(reversal(topUp.id()));

    assertEquals(RefusalCode.ACCOUNT_FROZEN, heard.refusal());
    bench.expectBalance(500, 0);
    bench.ask(limits(false));
    bench.ask(reversal(topUp.id())).as(TransactionShown.class);
    bench.expectBalance(0, 0);
    bench.harness.checkRebuild();
  }

  private static ChangeLimits limits(boolean isFrozen) {
    return new ChangeLimits(USER, CNY, 0, Bounds.NO_UPPER, isFrozen, false, "court", OPERATOR);
  }

  @Test
  void neverReversesIntoWhatIsHeld() {
    Transaction topUp = bench.topUp(USER, CNY, 500);
    bench.topUp(USER, CNY, 99);
    bench.ask(HoldTest.internal(bench, 100, bench.harness.nowMs() + DAY_MS));

    Heard tooMuch = bench.ask(reversal(topUp.id()));
    bench.topUp(USER, CNY, 1);
    Heard justEnough = bench.ask(reversal(topUp.id()));

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, tooMuch.refusal());
    assertEquals(100, justEnough.as(TransactionShown.class).transaction().balanceAfterMinor());
    bench.expectBalance(100, 100);
  }

  @Test
  void forgetsATransactionThreeDaysLaterOnceItIsExported() {
    Transaction topUp = bench.topUp(USER, CNY, 500);
    bench.exported = false;
    bench.harness.advance(3 * DAY_MS + 1);
    Accounts state = accounts();
    assertNotNull(state.transaction(topUp.id()), "not exported yet");

    bench.exported = true;
    bench.harness.advance(60_000);

    assertNull(state.transaction(topUp.id()));
    assertEquals(RefusalCode.TRANSACTION_NOT_FOUND, bench.ask(reversal(topUp.id())).refusal());
    bench.expectBalance(500, 0);
    bench.harness.checkRebuild();
  }

  @Test
  void forgetsAfterARestartToo() {
    Transaction topUp = bench.topUp(USER, CNY, 500);
    bench.harness.restartFromSnapshots();

    bench.harness.advance(3 * DAY_MS + 1);

    assertNull(accounts().transaction(topUp.id()));
    bench.harness.restartFromSnapshots();
    assertEquals(0, accounts().transactionCount());
  }

  // Keys.

  @Test
  void answersARepeatWithWhatWasBooked() {
    TopUp command = bench.topUpOf(USER, CNY, 500);
    Heard first = bench.ask(command);

    Heard repeat = bench.ask(command);

    assertFalse(first.isRepeated());
    assertTrue(repeat.isRepeated());
    assertEquals(
        first.as(TransactionShown.class), repeat.as(TransactionShown.class), "same answer");
    assertEquals(first.position(), repeat.position());
    bench.expectBalance(500, 0);
  }

  @Test
  void aRepeatWhileTheFirstIsInFlightWaitsWithIt() {
    TopUp command = bench.topUpOf(USER, CNY, 500);
    int home = bench.harness.partitionOf(USER);
    Heard first = bench.harness.submit(home, command);
    Heard repeat = bench.harness.submit(home, command);
    bench.harness.core(home).release(0);
    assertTrue(first.isSilent() && repeat.isSilent());

    bench.harness.force(home);

    assertEquals(first.as(TransactionShown.class), repeat.as(TransactionShown.class));
    bench.expectBalance(500, 0);
  }

  @Test
  void aCrashForgetsTheKeyTogetherWithTheMoney() {
    TopUp command = bench.topUpOf(USER, CNY, 500);
    bench.harness.submit(bench.harness.partitionOf(USER), command);

    bench.harness.crash();
    bench.expectBalance(0, 0);
    Heard again = bench.ask(command);

    assertFalse(again.isRepeated());
    bench.expectBalance(500, 0);
  }

  @Test
  void storesRefusalsThatDependOnMoney() {
    bench.topUp(USER, CNY, PartitionHarness.BALANCE_MINOR_MAX);
    TopUp command = bench.topUpOf(USER, CNY, 1);
    assertEquals(RefusalCode.BALANCE_LIMIT, bench.ask(command).refusal());
    bench.ask(HoldTest.post(bench, hold(PartitionHarness.BALANCE_MINOR_MAX), 0, ""));
    bench.expectBalance(0, 0);

    Heard repeat = bench.ask(command);

    assertEquals(RefusalCode.BALANCE_LIMIT, repeat.refusal());
    assertTrue(repeat.isRepeated());
    bench.harness.checkRebuild();
  }

  private long hold(long amountMinor) {
    return bench
        .ask(HoldTest.internal(bench, amountMinor, bench.harness.nowMs() + DAY_MS))
        .as(AccountAnswer.HoldShown.class)
        .hold()
        .id();
  }

  @Test
  void refusesAKeyThatCameWithAnotherBody() {
    bench.ask(new TopUp(TestKeys.key(5, 1), USER, CNY, 500, "", OPERATOR));

    Heard other = bench.ask(new TopUp(TestKeys.key(5, 2), USER, CNY, 600, "", OPERATOR));
    Heard again = bench.ask(new TopUp(TestKeys.key(5, 1), USER, CNY, 500, "", OPERATOR));

    assertEquals(RefusalCode.KEY_REUSED, other.refusal());
    assertFalse(other.isRepeated(), "this is no stored answer");
    assertTrue(again.isRepeated());
    bench.expectBalance(500, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "-259200001, KEY_TOO_OLD",
    "-259200000, ",
    "0, ",
    "300000, ",
    "300001, KEY_IN_FUTURE",
  })
  void judgesTheTimeInsideAKey(long offsetMs, RefusalCode expected) {
    ClientKey key = TestKeys.timed(9, bench.harness.nowMs() + offsetMs);

    Heard heard = bench.ask(new TopUp(key, USER, CNY, 500, "", OPERATOR));

    if (expected == null) {
      heard.as(TransactionShown.class);
    } else {
      assertEquals(expected, heard.refusal());
      bench.expectBalance(0, 0);
    }
  }

  @Test
  void dropsKeysThatLeftTheWindow() {
    TopUp command = bench.topUpOf(USER, CNY, 500);
    bench.ask(command);
    bench.harness.advance(3 * DAY_MS);
    bench.ask(command).as(TransactionShown.class);
    bench.expectBalance(500, 0);

    bench.harness.advance(1);
    assertEquals(RefusalCode.KEY_TOO_OLD, bench.ask(command).refusal());
    bench.harness.advance(5 * 60_000);

    assertFalse(bench.ask(command).isRepeated(), "forgotten when no time in a key can pass");
    bench.expectBalance(1_000, 0);
    bench.harness.checkRebuild();
  }

  @Test
  void aTimeStampedKeyCannotRunAgainAfterItsWindow() {
    ClientKey key = TestKeys.timed(9, bench.harness.nowMs());
    bench.ask(new TopUp(key, USER, CNY, 500, "", OPERATOR));
    bench.harness.advance(3 * DAY_MS + 1);

    Heard heard = bench.ask(new TopUp(key, USER, CNY, 500, "", OPERATOR));

    assertEquals(RefusalCode.KEY_TOO_OLD, heard.refusal());
    bench.expectBalance(500, 0);
  }

  private ReverseTransaction reversal(long transactionId) {
    return new ReverseTransaction(
        TestKeys.key(bench.nextKey()), USER, transactionId, "paid in twice", OPERATOR);
  }

  private Accounts accounts() {
    return bench.harness.family(bench.harness.partitionOf(USER), AccountFamily.class).state();
  }
}
