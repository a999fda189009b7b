// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountAnswer.SuspenseShown;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountEvent.SuspenseSettled;
import io.hongbao.engine.Decision;
import io.hongbao.ledger.Suspense;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what lies in suspense, and moves it where people say that it belongs.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class SuspenseDesk {

  private final TransferBook book;
  private final Suspense suspense;
  private final BookingDesk bookings;
  private final AccountLimits limits;
  private final AccountFacts facts;

  SuspenseDesk(TransferBook book, BookingDesk bookings, AccountLimits limits, AccountFacts facts) {
    this.book = book;
    this.suspense = book.parts.suspense();
    this.bookings = bookings;
    this.limits = limits;
    this.facts = facts;
  }

  void read(ReadSuspense command, Decision decision) {
    List<SuspenseEntry> entries = new ArrayList<>();
    for (SuspenseEntry entry : suspense.after(command.afterNumber())) {
      if (entries.size() == command.limit()) {
        break;
      }
      decision.looked(entry.position());
      entries.add(entry);
    }
    decision.answer(new SuspenseShown(book.parts.partition(), entries));
  }

  /**
   * Order: malformed, not found, refunding, payer in another partition, then those of a transfer.
   */
  void settle(SettleSuspense command, Decision decision, boolean isPreview) {
    SuspenseEntry entry = suspense.find(command.number());
    if (entry != null) {
      decision.looked(entry.position());
    }
    RefusalCode objection = judge(command, entry);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    SuspenseEntry judged = Check.present(entry, "entry in suspense");
    Booking booking = new Booking(List.of(move(judged, command.otherId())), command.note());
    if (bookings.hasNoRoom(List.of(booking), decision)) {
      return;
    }
    BookingPlan plan = new BookingPlan(book, facts);
    objection = plan.addAll(booking);
    if (objection != null) {
      decision.looked(plan.lookedPosition(booking.moves().getFirst()));
      decision.refuse(objection);
      return;
    }
    LedgerTransfer.Kind kind = LedgerTransfer.Kind.SETTLEMENT;
    if (isPreview) {
      decision.answer(new LedgerTransferShown(bookings.preview(kind, 0, booking, plan, decision)));
      return;
    }
    LedgerTransfer made = bookings.emit(kind, 0, 1, command.note(), plan.planned(), decision);
    decision.emit(
        new SuspenseSettled(
            judged.number(),
            made.id(),
            judged.asset(),
            judged.amountMinor(),
            command.note().reason(),
            command.note().operator()));
    AccountAudit.settlement(decision, book.parts.partition(), judged.number(), made);
    decision.accept(new LedgerTransferShown(made), made.id());
  }

  private @Nullable RefusalCode judge(SettleSuspense command, @Nullable SuspenseEntry entry) {
    boolean isParty = command.otherId() == Leg.CLEARING || AccountRule.isUser(command.otherId());
    if (!isParty || !limits.isNote(command.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (entry == null) {
      return RefusalCode.SUSPENSE_NOT_FOUND;
    }
    if (entry.origin() == SuspenseEntry.Origin.STRAY_PAYMENT) {
      return RefusalCode.SUSPENSE_REFUNDING;
    }
    return entry.amountMinor() < 0 && book.isRemote(command.otherId())
        ? RefusalCode.SOURCES_APART
        : null;
  }

  private static Move move(SuspenseEntry entry, long otherId) {
    return entry.amountMinor() > 0
        ? new Move(Leg.SUSPENSE, otherId, entry.asset(), entry.amountMinor(), 0)
        : new Move(otherId, Leg.SUSPENSE, entry.asset(), -entry.amountMinor(), 0);
  }
}
