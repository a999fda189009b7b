// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountAnswer.SuspenseShown;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.Metadata;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.SuspenseEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The part of the golden scenario in which backends keep their books. */
final class GoldenLedger {

  private static final int CNY = 1;
  private static final long HOUR_MS = 3_600_000;
  private static final String OPERATOR = "service";
  private static final long PAYER = 30_000;
  private static final long NEIGHBOUR = 30_004;
  private static final long SHOP = AccountKey.BUSINESS_MIN + 2;
  private static final long FULL = AccountKey.BUSINESS_MIN + 3;
  private static final Note NOTE =
      new Note("order 7", "golden", new Metadata(Map.of("shop", "east")), OPERATOR);

  private final PartitionHarness harness;
  private final Supplier<ClientKey> keys;

  GoldenLedger(PartitionHarness harness, Supplier<ClientKey> keys) {
    this.harness = harness;
    this.keys = keys;
  }

  private static Move move(long fromId, long toId, long amountMinor) {
    return new Move(fromId, toId, CNY, amountMinor, 0);
  }

  private BookTransfer transfer(Move... moves) {
    return new BookTransfer(keys.get(), new Booking(List.of(moves), NOTE));
  }

  private LedgerTransfer made(BookTransfer command) {
    return harness.askOwner(PAYER, command).as(LedgerTransferShown.class).transfer();
  }

  /** Everything once; what lies in suspense at the end is settled. */
  void live() {
    fund();
    harness.askOwner(
        SHOP, new ChangeMetadata(SHOP, Map.of("name", "Tea house"), List.of(), OPERATOR));
    harness.askOwner(
        PAYER,
        new ChangeLimits(PAYER, CNY, -500, Bounds.NO_UPPER, false, false, "credit", OPERATOR));
    harness.askOwner(FULL, new ChangeLimits(FULL, CNY, 0, 10, false, false, "full", OPERATOR));
    LedgerTransfer sale =
        made(transfer(move(PAYER, NEIGHBOUR, 30), move(PAYER, SHOP, 40), move(PAYER, FULL, 50)));
    harness.settleTransfers();
    reverse(sale, 1, SHOP);
    reverse(sale, 0, NEIGHBOUR);
    harness.askOwner(
        PAYER,
        new BookBatch(
            keys.get(),
            List.of(
                new Booking(List.of(move(PAYER, NEIGHBOUR, 5)), NOTE),
                new Booking(List.of(move(NEIGHBOUR, SHOP, 5)), NOTE))));
    hold();
    harness.settleTransfers();
    settle();
  }

  /** Brings in what is moved. */
  void fund() {
    harness.askOwner(PAYER, new TopUp(keys.get(), PAYER, CNY, 900, "for the books", OPERATOR));
  }

  private void reverse(LedgerTransfer sale, int leg, long destination) {
    harness.askOwner(destination, new ReverseTransfer(keys.get(), sale.id(), List.of(leg), NOTE));
    harness.settleTransfers();
  }

  private void hold() {
    PlaceHold place =
        new PlaceHold(
            keys.get(),
            PAYER,
            CNY,
            60,
            Hold.Kind.EXTERNAL,
            harness.nowMs() + HOUR_MS,
            "order 8",
            OPERATOR);
    long holdId = harness.askOwner(PAYER, place).as(HoldShown.class).hold().id();
    harness.askOwner(
        PAYER, new DrawHold(keys.get(), PAYER, holdId, 25, SHOP, true, "delivered", NOTE));
  }

  private void settle() {
    int partition = harness.partitionOf(FULL);
    for (SuspenseEntry entry :
        harness.ask(partition, new ReadSuspense(0, 100)).as(SuspenseShown.class).entries()) {
      if (entry.origin() == SuspenseEntry.Origin.TRANSFER) {
        harness.ask(partition, new SettleSuspense(keys.get(), entry.number(), PAYER, NOTE));
      }
    }
    harness.settleTransfers();
  }

  /** Leaves under way: a leg, and word of what became of another. */
  void leaveTransfersUnderWay() {
    harness.submit(harness.partitionOf(PAYER), transfer(move(PAYER, SHOP, 7)));
    harness.turn(harness.partitionOf(PAYER));
    harness.force(harness.partitionOf(PAYER));
    harness.turn(harness.partitionOf(PAYER));
    // Taken and durable there, but the word about it has not left.
    harness.deliver();
    harness.force(harness.partitionOf(SHOP));
    harness.submit(harness.partitionOf(PAYER), transfer(move(PAYER, SHOP, 8)));
  }
}
