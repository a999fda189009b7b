// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.BatchShown;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountEvent.ArrivalsEvicted;
import io.hongbao.account.AccountEvent.HoldDrawn;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.LegCredited;
import io.hongbao.account.AccountEvent.LegPosted;
import io.hongbao.account.AccountEvent.LegReversed;
import io.hongbao.account.AccountEvent.LegSettled;
import io.hongbao.account.AccountEvent.LegSuspended;
import io.hongbao.account.AccountEvent.SuspenseSettled;
import io.hongbao.account.AccountEvent.TransferBooked;
import io.hongbao.account.AccountEvent.TransferEvicted;
import io.hongbao.account.AccountTransfer;
import io.hongbao.account.AccountTransfer.CreditLeg;
import io.hongbao.account.AccountTransfer.TellLeg;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.LedgerTransfer.Kind;
import io.hongbao.account.Leg;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAccounts.ExportedWatch;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedLedger.Arrived;
import io.hongbao.sim.AuditedLedger.Booked;
import io.hongbao.sim.AuditedLedger.BookedLeg;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import io.hongbao.sim.AuditedPartition.Sent;
import io.hongbao.sim.AuditedPartition.Wallet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows transfers in legs through all partitions and says when they must not go so. */
final class AuditedTransfers {

  private record LegName(long transferId, int leg) {}

  private final SimOptions options;
  private final ExportedWatch exported;
  private final Marks marks;
  // Where each leg goes; it stays when the transfer has left memory.
  private final Map<LegName, Long> destinations = new HashMap<>();
  private final Map<Long, List<Long>> batches = new HashMap<>();

  AuditedTransfers(SimOptions options, ExportedWatch exported, Marks marks) {
    this.options = options;
    this.exported = exported;
    this.marks = marks;
  }

  void applied(AuditedPartition book, LedgerEvent event, AuditContext context, long at) {
    switch (event) {
      case TransferBooked e -> booked(book, e, context, at);
      case LegPosted e -> posted(book, e, context, at);
      case LegCredited e -> credited(book, e, context, at);
      case LegSuspended e -> suspended(book, e, context, at);
      case LegSettled e -> settled(book, e, context, at);
      case LegReversed e -> reversed(book, e, context, at);
      case SuspenseSettled e -> {
        marks.count(
            e.amountMinor() > 0 ? Fault.SUSPENSE_SETTLED : Fault.SUSPENSE_SETTLED_BY_PAYMENT);
        AuditedSuspense.settled(book, e, context, options, at);
      }
      case HoldDrawn e -> drawn(book, e, context, at);
      case TransferEvicted e -> {
        Booked gone = present(book.ledger.transfers.get(e.transferId()));
        SimFailure.require(
            !gone.has(Leg.State.IN_FLIGHT) && !gone.has(Leg.State.SUSPENDED),
            "a transfer is forgotten before it is where it belongs");
        mayGo(book, gone.changedAtMs(), gone.at(), context);
        book.remove(book.ledger.transfers, e.transferId(), at);
      }
      case ArrivalsEvicted e -> {
        for (Arrived gone : present(book.ledger.arrivals.get(e.transferId()))) {
          mayGo(book, gone.arrivedAtMs(), gone.at(), context);
        }
        book.remove(book.ledger.arrivals, e.transferId(), at);
      }
      default -> throw new SimFailure("an event that nobody asked for: " + event);
    }
  }

  private void mayGo(AuditedPartition book, long sinceMs, long position, AuditContext context) {
    SimFailure.require(context.nowMs > sinceMs + SimOptions.EVICT_AFTER_MS, "forgotten too early");
    SimFailure.require(exported.has(book.number, position), "forgotten before it was exported");
  }

  static <T> T present(@Nullable T entity) {
    if (entity == null) {
      throw new SimFailure("an event about something that is not there");
    }
    return entity;
  }

  private void booked(AuditedPartition book, TransferBooked e, AuditContext context, long at) {
    long id = e.transferId();
    SimFailure.require(!book.ledger.transfers.containsKey(id), "a transfer's id is new");
    SimFailure.same(book.number, options.partitionOf(id), "partition in a transfer's id");
    Kind kind = AskedTransfers.kind(context);
    SimFailure.same(kind, e.kind(), "kind of a transfer");
    Note note = AskedTransfers.note(context);
    SimFailure.same(
        List.of(
            note.reference(),
            note.reason(),
            AuditedOwners.line(note.metadata().entries()),
            note.operator()),
        List.of(e.reference(), e.reason(), e.metadata(), e.operator()),
        "what a transfer says");
    long reverses = context.command instanceof ReverseTransfer c ? c.transferId() : 0;
    SimFailure.same(reverses, e.reversesId(), "what a reversal undoes");
    book.put(
        book.ledger.transfers,
        id,
        new Booked(id, kind, reverses, note, List.of(), context.nowMs, at),
        at);
    context.made.add(id);
    if (context.made.size() == 1) {
      context.madeId = id;
    }
    batches.put(context.madeId, List.copyOf(context.made));
  }

  private void posted(AuditedPartition book, LegPosted e, AuditContext context, long at) {
    Booked transfer = present(book.ledger.transfers.get(e.transferId()));
    SimFailure.same(transfer.legs().size(), e.leg(), "number of a leg");
    Move asked = AskedTransfers.move(book, context, e.leg());
    SimFailure.same(
        asked,
        new Move(e.fromId(), e.toId(), e.asset(), e.amountMinor(), e.reversedLeg()),
        "a leg as it was asked for");
    long fromAfter = move(book, e.fromId(), e.asset(), -e.amountMinor(), at);
    SimFailure.same(fromAfter, e.fromAfterMinor(), "balance of who paid a leg");
    boolean isHere = e.toId() <= 0 || book.isHere(e.toId());
    if (isHere) {
      long toAfter = move(book, e.toId(), e.asset(), e.amountMinor(), at);
      SimFailure.same(toAfter, e.toAfterMinor(), "balance of who got a leg");
    } else {
      book.moveSystem(AccountKind.TRANSIT, e.asset(), e.amountMinor(), at);
      destinations.put(new LegName(e.transferId(), e.leg()), e.toId());
      Sent cargo =
          new Sent(Cargo.LEG, e.transferId(), e.toId(), e.asset(), e.amountMinor(), e.leg());
      AuditedPackets.send(book, options.partitionOf(e.toId()), cargo, at);
    }
    Leg.State state = isHere ? Leg.State.CREDITED : Leg.State.IN_FLIGHT;
    put(
        book,
        transfer.with(
            e.leg(),
            new BookedLeg(e.fromId(), e.toId(), e.asset(), e.amountMinor(), state, 0, 0, at),
            context.nowMs,
            at),
        at);
  }

  // Of somebody's account, or of one of the partition's own that stands in the place of one.
  private static long move(AuditedPartition book, long partyId, int asset, long by, long at) {
    if (partyId > 0) {
      Wallet wallet = book.wallet(partyId, asset);
      book.moveWallet(wallet, by, 0, at);
      SimFailure.require(
          by < 0 || AuditedLimits.noCredit(wallet, 0) == null, "no wallet above its limit");
      return wallet.balance;
    }
    AccountKind kind = partyId == Leg.SUSPENSE ? AccountKind.SUSPENSE : AccountKind.CLEARING;
    book.moveSystem(kind, asset, by, at);
    return book.system[kind.number()][asset];
  }

  private static void put(AuditedPartition book, Booked transfer, long at) {
    book.put(book.ledger.transfers, transfer.id(), transfer, at);
  }

  private void drawn(AuditedPartition book, HoldDrawn e, AuditContext context, long at) {
    HeldMoney hold = present(book.holds.get(e.holdId()));
    if (!(context.command instanceof DrawHold c)) {
      throw new SimFailure("a hold that nobody drew");
    }
    long amount = AuditedBookings.drawn(hold, c);
    SimFailure.same(amount, e.amountMinor(), "what is drawn");
    SimFailure.require(amount >= 1 && amount <= hold.left, "no more is drawn than was held");
    SimFailure.same(hold.left - amount, e.leftMinor(), "rest of a hold");
    AuditedAccounts.drawn(book, hold, amount, context.nowMs, at);
    context.drawn = new Move(hold.userId, c.toId(), hold.asset, amount, 0);
  }

  private void credited(AuditedPartition book, LegCredited e, AuditContext context, long at) {
    CreditLeg leg = credit(context);
    SimFailure.same(
        new CreditLeg(
            e.transferId(),
            e.kind(),
            e.leg(),
            e.fromId(),
            e.toId(),
            e.asset(),
            e.amountMinor(),
            e.reversesId(),
            e.reversedLeg()),
        leg,
        "a leg as it was sent");
    Wallet wallet = book.wallet(e.toId(), e.asset());
    book.moveWallet(wallet, e.amountMinor(), 0, at);
    SimFailure.same(wallet.balance, e.balanceAfterMinor(), "balance after a leg");
    SimFailure.require(AuditedLimits.noCredit(wallet, 0) == null, "no wallet above its limit");
    book.moveSystem(AccountKind.TRANSIT, e.asset(), -e.amountMinor(), at);
    if (e.kind().isReversible()) {
      List<Arrived> arrived =
          new ArrayList<>(book.ledger.arrivals.getOrDefault(e.transferId(), List.of()));
      arrived.add(
          new Arrived(
              e.leg(), e.fromId(), e.toId(), e.asset(), e.amountMinor(), 0, context.nowMs, at));
      book.put(book.ledger.arrivals, e.transferId(), List.copyOf(arrived), at);
    }
    cameBack(book, e.reversesId(), e.reversedLeg(), e.transferId(), context, at);
    tell(book, leg, 0, at);
  }

  private void suspended(AuditedPartition book, LegSuspended e, AuditContext context, long at) {
    marks.count(Fault.LEG_SUSPENDED);
    CreditLeg leg = credit(context);
    SimFailure.same(leg.transferId() * 128 + leg.leg(), e.transferId() * 128 + e.leg(), "a leg");
    SimFailure.same(leg.amountMinor(), e.amountMinor(), "amount of a leg");
    RefusalCode reason =
        AuditedLimits.noCredit(book.wallet(leg.toId(), leg.asset()), leg.amountMinor());
    SimFailure.require(
        reason != null && reason.number() == e.reasonNumber(), "suspended without a reason");
    book.moveSystem(AccountKind.TRANSIT, leg.asset(), -leg.amountMinor(), at);
    AuditedSuspense.open(
        book,
        leg.asset(),
        leg.amountMinor(),
        Origin.TRANSFER,
        leg.transferId(),
        leg.leg(),
        leg.toId(),
        reason,
        context.nowMs,
        at);
    cameBack(book, e.reversesId(), e.reversedLeg(), e.transferId(), context, at);
    tell(book, leg, e.reasonNumber(), at);
  }

  private static CreditLeg credit(AuditContext context) {
    if (context.transfer instanceof CreditLeg leg) {
      return leg;
    }
    throw new SimFailure("a leg comes in that nobody sent");
  }

  private void tell(AuditedPartition book, CreditLeg leg, int reason, long at) {
    Sent cargo = new Sent(Cargo.TELL, leg.transferId(), leg.toId(), leg.asset(), reason, leg.leg());
    AuditedPackets.send(book, options.partitionOf(leg.transferId()), cargo, at);
  }

  // The partition that paid once hears here that its leg was undone elsewhere.
  private static void cameBack(
      AuditedPartition book,
      long reversesId,
      int number,
      long reversalId,
      AuditContext context,
      long at) {
    Booked undone = book.ledger.transfers.get(reversesId);
    if (reversesId != 0 && undone != null) {
      BookedLeg leg = undone.legs().get(number).reversedBy(reversalId, at);
      put(book, undone.with(number, leg, context.nowMs, at), at);
    }
  }

  private static void settled(AuditedPartition book, LegSettled e, AuditContext context, long at) {
    if (!(context.transfer instanceof TellLeg told)) {
      throw new SimFailure("nobody told of a leg");
    }
    SimFailure.same(told.reasonNumber(), e.reasonNumber(), "what was told of a leg");
    Booked transfer = present(book.ledger.transfers.get(e.transferId()));
    BookedLeg leg = transfer.legs().get(e.leg());
    boolean isSettled = told.settlementId() != 0;
    SimFailure.same(told.settlementId(), e.settlementId(), "what was told of a settlement");
    SimFailure.same(
        isSettled ? Leg.State.SUSPENDED : Leg.State.IN_FLIGHT,
        leg.state(),
        "state of a leg that is told of");
    Leg.State arrived = e.reasonNumber() == 0 ? Leg.State.CREDITED : Leg.State.SUSPENDED;
    Leg.State state = isSettled ? Leg.State.SETTLED : arrived;
    put(
        book,
        transfer.with(e.leg(), leg.in(state, told.settlementId(), at), context.nowMs, at),
        at);
  }

  private static void reversed(
      AuditedPartition book, LegReversed e, AuditContext context, long at) {
    Arrived leg = present(book.ledger.found(book, e.transferId(), e.leg()));
    SimFailure.same(0L, leg.reversalId(), "a leg is undone once");
    List<Arrived> arrived = book.ledger.arrivals.get(e.transferId());
    if (arrived == null || !arrived.contains(leg)) {
      cameBack(book, e.transferId(), e.leg(), e.reversalId(), context, at);
      return;
    }
    List<Arrived> changed = new ArrayList<>(arrived);
    changed.set(changed.indexOf(leg), leg.reversedBy(e.reversalId(), at));
    book.put(book.ledger.arrivals, e.transferId(), List.copyOf(changed), at);
  }

  // On the way.

  Sent cargo(AccountTransfer transfer) {
    return switch (transfer) {
      case CreditLeg t ->
          new Sent(Cargo.LEG, t.transferId(), t.toId(), t.asset(), t.amountMinor(), t.leg());
      case TellLeg t ->
          new Sent(
              t.settlementId() == 0 ? Cargo.TELL : Cargo.SETTLE,
              t.transferId(),
              present(destinations.get(new LegName(t.transferId(), t.leg()))),
              t.asset(),
              t.settlementId() == 0 ? t.reasonNumber() : t.settlementId(),
              t.leg());
    };
  }

  // Answers.

  /** All transfers of a batch, by the id of its first; null when one is forgotten. */
  @Nullable Told batch(AuditedPartition book, long firstId) {
    List<Booked> all = new ArrayList<>();
    long restsOn = 0;
    for (long id : batches.getOrDefault(firstId, List.of())) {
      Booked one = book.ledger.transfers.get(id);
      if (one == null) {
        return null;
      }
      all.add(one);
      restsOn = Math.max(restsOn, one.at());
    }
    return new Told(
        answer -> {
          List<LedgerTransfer> shown = ((BatchShown) answer).transfers();
          SimFailure.same(all.size(), shown.size(), "transfers of a batch");
          for (int i = 0; i < all.size(); i++) {
            ShownTransfers.same(all.get(i), shown.get(i));
          }
        },
        restsOn);
  }
}
