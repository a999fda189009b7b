// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountEvent.ArrivalsEvicted;
import io.hongbao.account.AccountEvent.LegCredited;
import io.hongbao.account.AccountEvent.LegReversed;
import io.hongbao.account.AccountEvent.LegSettled;
import io.hongbao.account.AccountEvent.LegSuspended;
import io.hongbao.account.AccountTransfer.CreditLeg;
import io.hongbao.account.AccountTransfer.TellLeg;
import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes legs that other partitions send, hears what became of its own, and undoes legs where their
 * money lies.
 *
 * <p>A leg is never refused: what its destination cannot take goes to suspense, and the sender is
 * told.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class ArrivalDesk {

  private static final long EVICT_AGAIN_MS = 60_000;

  private final TransferBook book;
  private final PartitionParts parts;
  private final BookingDesk bookings;
  private final AccountLimits limits;
  private final AccountFacts facts;

  ArrivalDesk(TransferBook book, BookingDesk bookings, AccountLimits limits, AccountFacts facts) {
    this.book = book;
    this.parts = book.parts;
    this.bookings = bookings;
    this.limits = limits;
    this.facts = facts;
  }

  void receive(AccountTransfer transfer, Decision decision) {
    switch (transfer) {
      case CreditLeg t -> credit(t, decision);
      case TellLeg t ->
          decision.emit(
              new LegSettled(t.transferId(), t.leg(), t.reasonNumber(), t.settlementId()));
    }
  }

  private void credit(CreditLeg t, Decision decision) {
    long wallet = AccountKey.wallet(t.toId(), t.asset());
    RefusalCode objection =
        parts.ledger().objectionToCredit(wallet, t.amountMinor(), facts.balanceMinorMax(t.asset()));
    decision.emit(
        objection == null
            ? new LegCredited(
                t.transferId(),
                t.kind(),
                t.leg(),
                t.fromId(),
                t.toId(),
                t.asset(),
                t.amountMinor(),
                parts.ledger().balanceMinor(wallet) + t.amountMinor(),
                t.reversesId(),
                t.reversedLeg())
            : new LegSuspended(
                t.transferId(),
                t.kind(),
                t.leg(),
                t.fromId(),
                t.toId(),
                t.asset(),
                t.amountMinor(),
                objection.number(),
                t.reversesId(),
                t.reversedLeg()));
  }

  /**
   * Undoes legs whose money lies in this partition: a new transfer, from where each went to where
   * it came from. Order of refusals: malformed, not found, reversed before, then those of a
   * transfer, so that money which has left again is {@code insufficient_funds}.
   */
  void reverse(ReverseTransfer command, Decision decision, boolean isPreview) {
    List<Move> moves = new ArrayList<>();
    RefusalCode objection = judge(command, moves, decision);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    Booking booking = new Booking(moves, command.note());
    if (bookings.hasNoRoom(List.of(booking), decision)) {
      return;
    }
    BookingPlan plan = new BookingPlan(book, facts);
    objection = plan.addAll(booking);
    if (objection != null) {
      moves.forEach(move -> decision.looked(plan.lookedPosition(move)));
      decision.refuse(objection);
      return;
    }
    LedgerTransfer.Kind kind = LedgerTransfer.Kind.REVERSAL;
    if (isPreview) {
      decision.answer(
          new LedgerTransferShown(
              bookings.preview(kind, command.transferId(), booking, plan, decision)));
      return;
    }
    LedgerTransfer made =
        bookings.emit(kind, command.transferId(), 1, command.note(), plan.planned(), decision);
    for (int leg : command.legs()) {
      decision.emit(new LegReversed(command.transferId(), leg, made.id()));
    }
    AccountAudit.reversal(decision, made);
    decision.accept(new LedgerTransferShown(made), made.id());
  }

  private @Nullable RefusalCode judge(
      ReverseTransfer command, List<Move> moves, Decision decision) {
    if (command.legs().isEmpty()
        || command.legs().size() > Booking.LEGS_MAX
        || command.legs().stream().distinct().count() != command.legs().size()
        || !limits.isNote(command.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    LedgerTransfer own = book.transfer(command.transferId());
    if (own != null && !own.kind().isReversible()) {
      return RefusalCode.TRANSFER_NOT_FOUND;
    }
    for (int number : command.legs()) {
      ArrivedLeg arrived = book.arrived(command.transferId(), number);
      if (arrived == null && own != null) {
        arrived = ownLeg(own, number);
      }
      if (arrived == null) {
        return RefusalCode.TRANSFER_NOT_FOUND;
      }
      decision.looked(arrived.position());
      if (arrived.reversalId() != 0) {
        return RefusalCode.ALREADY_REVERSED;
      }
      moves.add(
          new Move(
              /* fromId= */ arrived.toId(),
              /* toId= */ arrived.fromId(),
              arrived.asset(),
              arrived.amountMinor(),
              number));
    }
    return null;
  }

  // A leg between two accounts of this partition never came in; the transfer itself knows it.
  private @Nullable ArrivedLeg ownLeg(LedgerTransfer own, int number) {
    if (number < 0 || number >= own.legs().size()) {
      return null;
    }
    Leg leg = own.legs().get(number);
    return book.isRemote(leg.toId()) || leg.toId() <= 0
        ? null
        : new ArrivedLeg(
            own.id(),
            number,
            leg.fromId(),
            leg.toId(),
            leg.asset(),
            leg.amountMinor(),
            leg.reversalId(),
            own.bookedAtMs(),
            leg.position());
  }

  void evictionTimer(long transferId, Decision decision) {
    List<ArrivedLeg> legs = book.arrivals.get(transferId);
    if (legs == null) {
      return;
    }
    long lastAtMs = 0;
    long position = 0;
    for (ArrivedLeg leg : legs) {
      lastAtMs = Math.max(lastAtMs, leg.arrivedAtMs());
      position = Math.max(position, leg.position());
    }
    long dueMs = lastAtMs + limits.evictAfterMs() + 1;
    if (decision.nowMs() >= dueMs && facts.isExported(parts.partition(), position)) {
      decision.emit(new ArrivalsEvicted(transferId));
    } else {
      decision.timer(
          Math.max(dueMs, decision.nowMs() + EVICT_AGAIN_MS),
          TransferApplier.TIMER_EVICT_ARRIVALS,
          transferId);
    }
  }
}
