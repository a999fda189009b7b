// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import static io.hongbao.account.AccountBench.CNY;
import static io.hongbao.account.AccountBench.OPERATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.BatchRefused;
import io.hongbao.account.AccountAnswer.BatchShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountAnswer.SuspenseShown;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.LedgerTransfer.Stage;
import io.hongbao.engine.Heard;
import io.hongbao.engine.TestKeys;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.RefusalCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfers in legs: what is refused, in which order, and what becomes of the rest. */
class TransferTest {

  // Four partitions: payer and neighbour live in one, the others elsewhere.
  private static final long PAYER = 10_001;
  private static final long NEIGHBOUR = 10_005;
  private static final long SHOP = AccountKey.BUSINESS_MIN + 2;
  private static final long FAR = 10_003;
  private static final Note NOTE = new Note("order 7", "sale", Metadata.NONE, OPERATOR);

  private final AccountBench bench = new AccountBench();

  @BeforeEach
  void fund() {
    bench.topUp(PAYER, CNY, 1_000);
  }

  private static Move move(long fromId, long toId, long amountMinor) {
    return new Move(fromId, toId, CNY, amountMinor, 0);
  }

  private BookTransfer transfer(Move... moves) {
    return new BookTransfer(TestKeys.key(bench.nextKey()), new Booking(List.of(moves), NOTE));
  }

  private Heard ask(AccountCommand command) {
    return bench.harness.askOwner(PAYER, command);
  }

  private LedgerTransfer made(Move... moves) {
    return ask(transfer(moves)).as(LedgerTransferShown.class).transfer();
  }

  private LedgerTransfer shown(long transferId) {
    return bench
        .harness
        .askOwner(transferId, new ReadTransfer(transferId))
        .as(LedgerTransferShown.class)
        .transfer();
  }

  private Heard reverse(long transferId, long lies, Integer... legs) {
    return bench.harness.askOwner(
        lies, new ReverseTransfer(TestKeys.key(bench.nextKey()), transferId, List.of(legs), NOTE));
  }

  private Heard limit(long ownerId, long lower, long upper, boolean isFrozen, boolean isClosed) {
    return bench.harness.askOwner(
        ownerId,
        new ChangeLimits(ownerId, CNY, lower, upper, isFrozen, isClosed, "test", OPERATOR));
  }

  private long balance(long ownerId) {
    return bench.harness.walletMinor(ownerId, CNY);
  }

  @Test
  void movesMoneyHereAtOnceAndElsewhereOnItsWay() {
    Heard heard =
        bench.harness.submit(
            bench.harness.partitionOf(PAYER),
            transfer(move(PAYER, NEIGHBOUR, 100), move(PAYER, SHOP, 200)));
    bench.harness.force(bench.harness.partitionOf(PAYER));
    LedgerTransfer first = heard.as(LedgerTransferShown.class).transfer();

    assertEquals(Stage.IN_FLIGHT, first.stage());
    assertEquals(Leg.State.CREDITED, first.legs().get(0).state());
    assertEquals(Leg.State.IN_FLIGHT, first.legs().get(1).state());
    assertEquals(200, bench.harness.systemMinor(AccountKind.TRANSIT, CNY));
    bench.harness.settleTransfers();
    assertEquals(Stage.COMPLETED, shown(first.id()).stage());
    assertEquals(700, balance(PAYER));
    assertEquals(200, balance(SHOP));
    bench.harness.checkRebuild();
  }

  @ParameterizedTest
  @CsvSource({
    "9, 10001, 10005, 0, UNKNOWN_ASSET",
    "1, 10001, 10005, 0, AMOUNT_OUT_OF_RANGE",
    "1, 10001, 10005, 1001, INSUFFICIENT_FUNDS",
    "1, 10001, 10001, 1, MALFORMED_REQUEST",
    "1, 10001, 0, 1, MALFORMED_REQUEST",
    "1, 0, 10001, 1, MALFORMED_REQUEST",
    "1, -1, 10001, 1, MALFORMED_REQUEST",
    "9, 10002, 10005, 0, SOURCES_APART",
  })
  void refusesALegInOrder(int asset, long from, long to, long amount, RefusalCode expected) {
    Move leg = new Move(from, to, asset, amount, 0);

    assertEquals(expected, ask(transfer(leg)).refusal());
    assertEquals(expected, ask(transfer(move(PAYER, NEIGHBOUR, 1), leg)).refusal());
    assertEquals(1_000, balance(PAYER));
    bench.harness.checkRebuild();
  }

  @Test
  void refusesWhatADestinationHereCannotTake() {
    limit(NEIGHBOUR, 0, 150, false, false);

    assertEquals(
        RefusalCode.BALANCE_LIMIT,
        ask(transfer(move(PAYER, NEIGHBOUR, 100), move(PAYER, NEIGHBOUR, 51))).refusal());
    limit(NEIGHBOUR, 0, Bounds.NO_UPPER, false, true);
    assertEquals(RefusalCode.ACCOUNT_CLOSED, ask(transfer(move(PAYER, NEIGHBOUR, 1))).refusal());
    limit(PAYER, 0, Bounds.NO_UPPER, true, false);
    assertEquals(RefusalCode.ACCOUNT_FROZEN, ask(transfer(move(PAYER, SHOP, 1))).refusal());
  }

  @Test
  void givesTheSameAnswerToTheSameKey() {
    BookTransfer command = transfer(move(PAYER, SHOP, 10));
    Heard first = ask(command);
    Heard again = ask(command);

    assertTrue(again.isRepeated());
    assertEquals(
        first.as(LedgerTransferShown.class).transfer().id(),
        again.as(LedgerTransferShown.class).transfer().id());
    assertEquals(990, balance(PAYER));
  }

  @Test
  void aPreviewChangesNothingAndUsesNoKey() {
    BookTransfer command = transfer(move(PAYER, SHOP, 10));
    long sequence = bench.harness.state(1).sequence();

    Heard preview = ask(new Preview(command));
    Heard refused = ask(new Preview(transfer(move(PAYER, SHOP, 1_001))));

    assertEquals(0, preview.as(LedgerTransferShown.class).transfer().id());
    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, refused.refusal());
    assertEquals(sequence, bench.harness.state(1).sequence());
    assertFalse(ask(command).isRepeated());
  }

  @Test
  void aBatchIsDoneWholeOrNotAtAll() {
    Booking first = new Booking(List.of(move(PAYER, NEIGHBOUR, 600)), NOTE);
    Booking second = new Booking(List.of(move(NEIGHBOUR, SHOP, 600)), NOTE);
    Booking third = new Booking(List.of(move(NEIGHBOUR, SHOP, 1)), NOTE);
    BookBatch good = new BookBatch(TestKeys.key(bench.nextKey()), List.of(first, second));

    Heard refused =
        ask(new BookBatch(TestKeys.key(bench.nextKey()), List.of(first, second, third)));
    assertEquals(2, refused.as(BatchRefused.class).index());
    assertEquals(1_000, balance(PAYER));
    List<LedgerTransfer> made = ask(good).as(BatchShown.class).transfers();
    Heard again = ask(good);

    assertTrue(again.isRepeated());
    assertEquals(
        made.stream().map(LedgerTransfer::id).toList(),
        again.as(BatchShown.class).transfers().stream().map(LedgerTransfer::id).toList());
    assertEquals(600, balance(SHOP));
    bench.harness.checkRebuild();
  }

  private SuspenseEntry onlyEntry(long ownerId) {
    List<SuspenseEntry> entries =
        bench.harness.askOwner(ownerId, new ReadSuspense(0, 10)).as(SuspenseShown.class).entries();
    assertEquals(1, entries.size());
    return entries.getFirst();
  }

  private Heard settle(long ownerId, long number, long otherId) {
    return bench.harness.askOwner(
        ownerId, new SettleSuspense(TestKeys.key(bench.nextKey()), number, otherId, NOTE));
  }

  @Test
  void whatCannotBeCreditedWaitsInSuspenseUntilItIsSettled() {
    limit(SHOP, 0, 50, false, false);
    LedgerTransfer made = made(move(PAYER, SHOP, 60));
    bench.harness.settleTransfers();

    assertEquals(Stage.SUSPENDED, shown(made.id()).stage());
    assertEquals(
        RefusalCode.BALANCE_LIMIT.number(), shown(made.id()).legs().getFirst().reasonNumber());
    SuspenseEntry entry = onlyEntry(SHOP);
    assertEquals(60, entry.amountMinor());
    assertEquals(made.id(), entry.originId());
    assertEquals(RefusalCode.BALANCE_LIMIT, settle(SHOP, entry.number(), SHOP).refusal());
    assertEquals(RefusalCode.SUSPENSE_NOT_FOUND, settle(SHOP, 99, FAR).refusal());

    LedgerTransfer settlement =
        settle(SHOP, entry.number(), FAR).as(LedgerTransferShown.class).transfer();
    bench.harness.settleTransfers();

    assertEquals(60, balance(FAR));
    assertEquals(0, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
    Leg leg = shown(made.id()).legs().getFirst();
    assertEquals(Leg.State.SETTLED, leg.state());
    assertEquals(settlement.id(), leg.settlementId());
    assertEquals(Stage.COMPLETED, shown(settlement.id()).stage());
    bench.harness.checkRebuild();
  }

  @Test
  void aSettlementThatCannotBeTakenEitherIsSuspendedThere() {
    limit(SHOP, 0, 50, false, false);
    limit(FAR, 0, 50, false, false);
    made(move(PAYER, SHOP, 60));
    bench.harness.settleTransfers();

    settle(SHOP, onlyEntry(SHOP).number(), FAR);
    bench.harness.settleTransfers();

    assertEquals(60, onlyEntry(FAR).amountMinor());
    settle(FAR, onlyEntry(FAR).number(), Leg.CLEARING);
    assertEquals(0, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
    bench.harness.checkRebuild();
  }

  @Test
  void undoesALegWhereItsMoneyLies() {
    LedgerTransfer made = made(move(PAYER, NEIGHBOUR, 100), move(PAYER, SHOP, 200));
    bench.harness.settleTransfers();

    assertEquals(RefusalCode.TRANSFER_NOT_FOUND, reverse(made.id(), SHOP, 0).refusal());
    reverse(made.id(), SHOP, 1);
    reverse(made.id(), PAYER, 0);
    bench.harness.settleTransfers();

    assertEquals(1_000, balance(PAYER));
    assertEquals(0, balance(SHOP));
    shown(made.id()).legs().forEach(leg -> assertTrue(leg.reversalId() != 0));
    assertEquals(RefusalCode.ALREADY_REVERSED, reverse(made.id(), SHOP, 1).refusal());
    assertEquals(RefusalCode.ALREADY_REVERSED, reverse(made.id(), PAYER, 0).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void doesNotUndoWhatHasLeftAgain() {
    LedgerTransfer made = made(move(PAYER, SHOP, 200), move(PAYER, SHOP, 300));
    bench.harness.settleTransfers();
    bench.harness.askOwner(SHOP, transfer(move(SHOP, FAR, 1)));

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, reverse(made.id(), SHOP, 0, 1).refusal());

    assertEquals(499, balance(SHOP));
    reverse(made.id(), SHOP, 1);
    bench.harness.settleTransfers();
    assertEquals(800, balance(PAYER));
  }

  @Test
  void creditIsSpentToItsLimitAndCountsHolds() {
    limit(PAYER, -500, Bounds.NO_UPPER, false, false);
    ask(HoldTest.internal(bench, 1_200, bench.harness.nowMs() + 1_000));

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, ask(transfer(move(PAYER, SHOP, 301))).refusal());
    made(move(PAYER, SHOP, 300));
    assertEquals(RefusalCode.ACCOUNT_IN_USE, limit(PAYER, -499, 0, false, false).refusal());
    assertEquals(
        RefusalCode.ACCOUNT_IN_USE, limit(PAYER, -500, Bounds.NO_UPPER, false, true).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void metadataAreMergedAndBounded() {
    Heard heard = ask(new ChangeMetadata(PAYER, Map.of("a", "1", "b", "2"), List.of(), OPERATOR));
    ask(new ChangeMetadata(PAYER, Map.of("c", "福"), List.of("a"), OPERATOR));
    long sequence = bench.harness.state(1).sequence();
    ask(new ChangeMetadata(PAYER, Map.of("c", "福"), List.of("a"), OPERATOR));

    assertFalse(heard.isSilent());
    assertEquals(sequence, bench.harness.state(1).sequence(), "a repeat is no event");
    assertEquals(
        Map.of("b", "2", "c", "福"),
        bench
            .harness
            .family(1, AccountFamily.class)
            .state()
            .book()
            .profile(PAYER)
            .metadata()
            .entries());
    String large = "x".repeat(Metadata.VALUE_CHARS_MAX + 1);
    assertEquals(
        RefusalCode.METADATA_LIMIT,
        ask(new ChangeMetadata(PAYER, Map.of("d", large), List.of(), OPERATOR)).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void aSuspendedTransferStaysInMemory() {
    limit(SHOP, 0, 50, false, false);
    LedgerTransfer suspended = made(move(PAYER, SHOP, 60));
    LedgerTransfer completed = made(move(PAYER, FAR, 60));
    for (int day = 0; day < 5; day++) {
      bench.harness.advance(86_400_000);
    }

    assertEquals(Stage.SUSPENDED, shown(suspended.id()).stage());
    assertEquals(
        RefusalCode.TRANSFER_NOT_FOUND,
        bench.harness.askOwner(completed.id(), new ReadTransfer(completed.id())).refusal());
    assertEquals(RefusalCode.TRANSFER_NOT_FOUND, reverse(completed.id(), FAR, 0).refusal());
  }
}
