// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.BatchRefused;
import io.hongbao.account.AccountAnswer.BatchShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountEvent.LegPosted;
import io.hongbao.account.AccountEvent.TransferBooked;
import io.hongbao.account.AccountEvent.TransferEvicted;
import io.hongbao.account.BookingPlan.Planned;
import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Refusal;
import io.hongbao.model.Check;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Books transfers where the accounts that pay live, shows them, and lets them go.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Limit:</b> {@link AccountLimits#legsInFlightMax} legs on their way per partition; beyond
 * that {@code overloaded}. It also bounds what other partitions have to tell about them.
 */
final class BookingDesk {

  private static final long EVICT_AGAIN_MS = 60_000;

  private final TransferBook book;
  private final PartitionParts parts;
  private final AccountLimits limits;
  private final AccountFacts facts;

  BookingDesk(TransferBook book, AccountLimits limits, AccountFacts facts) {
    this.book = book;
    this.parts = book.parts;
    this.limits = limits;
    this.facts = facts;
  }

  /** Books one transfer, or says what would come of it. */
  void book(BookTransfer command, Decision decision, boolean isPreview) {
    Booking booking = command.booking();
    RefusalCode objection = judgeForm(booking);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    if (hasNoRoom(List.of(booking), decision)) {
      return;
    }
    BookingPlan plan = new BookingPlan(book, facts);
    objection = judge(booking, plan, decision);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    if (isPreview) {
      decision.answer(
          new LedgerTransferShown(
              preview(LedgerTransfer.Kind.TRANSFER, 0, booking, plan, decision)));
      return;
    }
    LedgerTransfer made =
        emit(LedgerTransfer.Kind.TRANSFER, 0, 1, booking.note(), plan.planned(), decision);
    AccountAudit.transfer(decision, made);
    decision.accept(new LedgerTransferShown(made), made.id());
  }

  /** Books all transfers of a batch in one record, or none of them. */
  void bookBatch(BookBatch command, Decision decision, boolean isPreview) {
    for (int i = 0; i < command.bookings().size(); i++) {
      RefusalCode objection = judgeForm(command.bookings().get(i));
      if (objection != null) {
        decision.refuse(objection, new BatchRefused(i, objection));
        return;
      }
    }
    if (hasNoRoom(command.bookings(), decision)) {
      return;
    }
    BookingPlan plan = new BookingPlan(book, facts);
    for (int i = 0; i < command.bookings().size(); i++) {
      RefusalCode objection = judge(command.bookings().get(i), plan, decision);
      if (objection != null) {
        decision.refuse(objection, new BatchRefused(i, objection));
        return;
      }
    }
    List<LedgerTransfer> made = new ArrayList<>();
    int firstLeg = 0;
    for (Booking booking : command.bookings()) {
      List<Planned> legs = plan.planned().subList(firstLeg, firstLeg + booking.moves().size());
      firstLeg += legs.size();
      made.add(
          isPreview
              ? preview(LedgerTransfer.Kind.TRANSFER, 0, booking.note(), legs, decision)
              : emit(
                  LedgerTransfer.Kind.TRANSFER,
                  0,
                  made.isEmpty() ? command.bookings().size() : 1,
                  booking.note(),
                  legs,
                  decision));
    }
    if (isPreview) {
      decision.answer(new BatchShown(made));
    } else {
      AccountAudit.transfer(decision, made.getFirst());
      decision.accept(new BatchShown(made), made.getFirst().id());
    }
  }

  /** Order: malformed, sources apart. */
  private @Nullable RefusalCode judgeForm(Booking booking) {
    if (booking.moves().isEmpty()
        || booking.moves().size() > Booking.LEGS_MAX
        || !limits.isNote(booking.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    for (Move move : booking.moves()) {
      if (!AccountRule.isUser(move.fromId())
          || !AccountRule.isUser(move.toId())
          || move.fromId() == move.toId()) {
        return RefusalCode.MALFORMED_REQUEST;
      }
      if (book.isRemote(move.fromId())) {
        return RefusalCode.SOURCES_APART;
      }
    }
    return null;
  }

  private @Nullable RefusalCode judge(Booking booking, BookingPlan plan, Decision decision) {
    RefusalCode objection = plan.addAll(booking);
    if (objection != null) {
      for (Move move : booking.moves()) {
        decision.looked(plan.lookedPosition(move));
      }
      decision.looked(plan.lookedPosition());
    }
    return objection;
  }

  /** Refuses when ids, the way to a destination, or legs on their way are used up. */
  boolean hasNoRoom(List<Booking> bookings, Decision decision) {
    boolean hasRoom = parts.ids().hasNext(decision.nowMs());
    int remote = 0;
    for (Booking booking : bookings) {
      for (Move move : booking.moves()) {
        if (book.isRemote(move.toId())) {
          remote++;
          hasRoom &= decision.hasOutboxRoom(book.partitionOf(move.toId()), false);
        }
      }
    }
    if (!hasRoom || (remote > 0 && book.legsInFlight() + remote > limits.legsInFlightMax())) {
      decision.refuse(RefusalCode.OVERLOADED, TransactionDesk.RETRY_MS);
      return true;
    }
    return false;
  }

  /**
   * Writes down a transfer whose legs were all judged.
   *
   * @return the transfer as this record leaves it
   */
  LedgerTransfer emit(
      LedgerTransfer.Kind kind,
      long reversesId,
      int batchCount,
      AccountCommand.Note note,
      List<Planned> legs,
      Decision decision) {
    long id = parts.ids().next(decision.nowMs(), slotOf(legs.getFirst().move().fromId()));
    decision.emit(
        new TransferBooked(
            id,
            kind,
            reversesId,
            legs.size(),
            batchCount,
            note.reference(),
            note.reason(),
            note.metadata().text(),
            note.operator()));
    for (int i = 0; i < legs.size(); i++) {
      Move move = legs.get(i).move();
      decision.emit(
          new LegPosted(
              id,
              i,
              move.fromId(),
              move.toId(),
              move.asset(),
              move.amountMinor(),
              legs.get(i).fromAfterMinor(),
              legs.get(i).toAfterMinor(),
              move.reversedLeg()));
    }
    return Check.present(book.transfer(id), "transfer");
  }

  // An id ends in a slot of the partition that decides: that of the first payer, or any of ours.
  private int slotOf(long partyId) {
    return partyId > 0 ? Slot.of(partyId) : parts.partition();
  }

  /** What {@link #emit} would make, without an id. */
  LedgerTransfer preview(
      LedgerTransfer.Kind kind,
      long reversesId,
      Booking booking,
      BookingPlan plan,
      Decision decision) {
    return preview(kind, reversesId, booking.note(), plan.planned(), decision);
  }

  private LedgerTransfer preview(
      LedgerTransfer.Kind kind,
      long reversesId,
      AccountCommand.Note note,
      List<Planned> planned,
      Decision decision) {
    List<Leg> legs = new ArrayList<>();
    for (Planned leg : planned) {
      Move move = leg.move();
      boolean isRemote = book.isRemote(move.toId());
      legs.add(
          new Leg(
              legs.size(),
              move.fromId(),
              move.toId(),
              move.asset(),
              move.amountMinor(),
              isRemote ? Leg.State.IN_FLIGHT : Leg.State.CREDITED,
              0,
              0,
              0,
              0));
    }
    decision.lookedAtEverything();
    return new LedgerTransfer(
        0,
        kind,
        reversesId,
        legs.size(),
        1,
        note.reference(),
        note.reason(),
        note.metadata(),
        legs,
        decision.nowMs(),
        0,
        decision.nowMs(),
        0);
  }

  void read(ReadTransfer command, Decision decision) {
    LedgerTransfer transfer = book.transfer(command.transferId());
    if (transfer == null) {
      decision.refuse(RefusalCode.TRANSFER_NOT_FOUND);
      return;
    }
    decision.looked(transfer.position());
    decision.answer(new LedgerTransferShown(transfer));
  }

  /** Answers the repeat of a command by the transfer as it stands now. */
  void recall(long transferId, Decision decision) {
    LedgerTransfer transfer = book.transfer(transferId);
    if (transfer == null) {
      decision.answer(Refusal.of(RefusalCode.TRANSFER_NOT_FOUND));
      return;
    }
    decision.looked(transfer.position());
    decision.answer(new LedgerTransferShown(transfer));
  }

  /**
   * Answers the repeat of a batch. Its transfers were numbered one after the other, and each ends
   * in the slot of its first payer, who stands in the repeat.
   */
  void recall(BookBatch command, long firstId, Decision decision) {
    List<LedgerTransfer> made = new ArrayList<>();
    for (int i = 0; i < command.bookings().size(); i++) {
      long id =
          EntityId.of(
              EntityId.site(firstId),
              EntityId.day(firstId),
              EntityId.generator(firstId),
              EntityId.counter(firstId) + i,
              Slot.of(command.bookings().get(i).moves().getFirst().fromId()));
      LedgerTransfer transfer = book.transfer(id);
      if (transfer == null) {
        decision.answer(Refusal.of(RefusalCode.TRANSFER_NOT_FOUND));
        return;
      }
      decision.looked(transfer.position());
      made.add(transfer);
    }
    decision.answer(new BatchShown(made));
  }

  void evictionTimer(long transferId, Decision decision) {
    LedgerTransfer transfer = book.transfer(transferId);
    if (transfer == null) {
      return;
    }
    long dueMs = transfer.changedAtMs() + limits.evictAfterMs() + 1;
    // What lies in suspense stays in sight until somebody has settled it.
    boolean isDone = transfer.stage() == LedgerTransfer.Stage.COMPLETED;
    if (isDone
        && decision.nowMs() >= dueMs
        && facts.isExported(parts.partition(), transfer.position())) {
      decision.emit(new TransferEvicted(transferId));
    } else {
      decision.timer(
          Math.max(dueMs, decision.nowMs() + EVICT_AGAIN_MS),
          TransferApplier.TIMER_EVICT_TRANSFER,
          transferId);
    }
  }
}
