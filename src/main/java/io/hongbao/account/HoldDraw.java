// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountEvent.HoldDrawn;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.BookingPlan.Planned;
import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.Hold;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes held money to the outside or to an account, in parts or at once, and previews what holds
 * would come to.
 *
 * <p>Held money that goes to an account is a transfer like any other, with one leg; so accounts of
 * several partitions can pay together: hold at each, then draw each hold to the destination.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class HoldDraw {

  /** Stands as the receipt of what a final post gave back. */
  private static final String FINAL = "final post";

  private final Accounts state;
  private final PartitionParts parts;
  private final AccountRule rule;
  private final AccountLimits limits;
  private final AccountFacts facts;
  private final BookingDesk bookings;
  private final HoldDesk holds;

  HoldDraw(
      Accounts state,
      AccountRule rule,
      AccountLimits limits,
      AccountFacts facts,
      BookingDesk bookings,
      HoldDesk holds) {
    this.state = state;
    this.parts = state.parts;
    this.rule = rule;
    this.limits = limits;
    this.facts = facts;
    this.bookings = bookings;
    this.holds = holds;
  }

  /**
   * Order of refusals: malformed, not found, closed, amount, then what a destination in this
   * partition says: closed, balance limit.
   */
  void draw(DrawHold command, Decision decision, boolean isPreview) {
    @Nullable Hold hold = parts.holds().find(command.holdId());
    @Nullable HoldNote note = state.note(command.holdId());
    if (hold != null) {
      decision.looked(hold.position());
    }
    RefusalCode objection = judge(command, hold, note, decision);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    Hold judged = Check.present(hold, "hold");
    HoldNote judgedNote = Check.present(note, "note of a hold");
    boolean isLate = AccountRule.isLateSuccess(asPost(command), judged, judgedNote);
    long mostMinor = isLate ? judgedNote.releasedMinor() : judged.leftMinor();
    long amountMinor = command.amountMinor() == PostHold.ALL ? mostMinor : command.amountMinor();
    boolean toAccount = command.toId() != Leg.CLEARING;
    Booking booking = new Booking(List.of(move(command, judged, amountMinor)), command.note());
    if (toAccount && bookings.hasNoRoom(List.of(booking), decision)) {
      return;
    }
    if (isPreview) {
      decision.lookedAtEverything();
      decision.answer(preview(command, judged, judgedNote, amountMinor, isLate, decision.nowMs()));
      return;
    }
    String before = holds.facts(command.holdId(), decision);
    if (isLate) {
      decision.emit(
          new HoldLateSuccess(
              judged.id(),
              AccountKey.owner(judged.accountKey()),
              AccountKey.asset(judged.accountKey()),
              amountMinor,
              command.receipt(),
              command.note().operator()));
    } else if (toAccount) {
      transfer(judged, booking, decision);
    } else {
      decision.emit(posted(command, judged, amountMinor));
    }
    releaseRest(command, decision);
    holds.audit(decision, AccountKey.owner(judged.accountKey()), before, command.holdId());
    decision.accept(holds.shown(command.holdId(), decision), command.holdId());
  }

  private @Nullable RefusalCode judge(
      DrawHold command, @Nullable Hold hold, @Nullable HoldNote note, Decision decision) {
    boolean isParty = command.toId() == Leg.CLEARING || AccountRule.isUser(command.toId());
    if (!isParty || !limits.isNote(command.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    RefusalCode objection = rule.judge(asPost(command), hold, note, decision.nowMs());
    if (objection != null || command.toId() == Leg.CLEARING) {
      return objection;
    }
    Hold judged = Check.present(hold, "hold");
    if (command.toId() == AccountKey.owner(judged.accountKey())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    // What the outside took after a release is paid by suspense, and suspense owes no account.
    if (judged.state() != Hold.State.HELD) {
      return RefusalCode.HOLD_CLOSED;
    }
    if (state.book.isRemote(command.toId())) {
      return null;
    }
    int asset = AccountKey.asset(judged.accountKey());
    long to = AccountKey.wallet(command.toId(), asset);
    long amountMinor =
        command.amountMinor() == PostHold.ALL ? judged.leftMinor() : command.amountMinor();
    decision.looked(Math.max(parts.ledger().position(to), parts.ledger().bounds(to).position()));
    return parts.ledger().objectionToCredit(to, amountMinor, facts.balanceMinorMax(asset));
  }

  private static PostHold asPost(DrawHold command) {
    return new PostHold(
        command.key(),
        command.ownerId(),
        command.holdId(),
        command.amountMinor(),
        command.receipt(),
        command.note().operator());
  }

  private static Move move(DrawHold command, Hold hold, long amountMinor) {
    return new Move(
        AccountKey.owner(hold.accountKey()),
        command.toId(),
        AccountKey.asset(hold.accountKey()),
        amountMinor,
        0);
  }

  private void transfer(Hold hold, Booking booking, Decision decision) {
    Move move = booking.moves().getFirst();
    long transferId = parts.ids().next(decision.nowMs(), Slot.of(move.fromId()));
    // Freed first, so that what is held never exceeds the balance in between.
    decision.emit(
        new HoldDrawn(
            hold.id(),
            move.fromId(),
            move.asset(),
            move.amountMinor(),
            hold.leftMinor() - move.amountMinor(),
            transferId));
    long fromAfter = parts.ledger().balanceMinor(hold.accountKey()) - move.amountMinor();
    long toAfter =
        state.book.isRemote(move.toId())
            ? AccountEvent.ON_ITS_WAY
            : parts.ledger().balanceMinor(AccountKey.wallet(move.toId(), move.asset()))
                + move.amountMinor();
    LedgerTransfer made =
        bookings.emit(
            LedgerTransfer.Kind.HOLD_POST,
            0,
            1,
            booking.note(),
            List.of(new Planned(move, fromAfter, toAfter)),
            decision);
    Check.equal(made.id(), transferId, "id of the transfer out of a hold");
  }

  private HoldPosted posted(DrawHold command, Hold hold, long amountMinor) {
    return new HoldPosted(
        hold.id(),
        AccountKey.owner(hold.accountKey()),
        AccountKey.asset(hold.accountKey()),
        amountMinor,
        hold.leftMinor() - amountMinor,
        parts.ledger().balanceMinor(hold.accountKey()) - amountMinor,
        command.note().operator());
  }

  private void releaseRest(DrawHold command, Decision decision) {
    Hold now = Check.present(parts.holds().find(command.holdId()), "hold");
    if (command.isFinal() && now.state() == Hold.State.HELD) {
      String receipt = command.receipt().isEmpty() ? FINAL : command.receipt();
      decision.emit(
          HoldDesk.released(now, ReleaseCause.REQUEST, receipt, command.note().operator()));
    }
  }

  /** What placing would make, without an id. */
  HoldShown preview(PlaceHold c, long nowMs) {
    Hold hold =
        new Hold(
            0,
            AccountKey.wallet(c.userId(), c.asset()),
            c.amountMinor(),
            c.kind(),
            Hold.State.HELD,
            c.deadlineMs(),
            0);
    HoldNote note = new HoldNote(0, c.amountMinor(), 0, 0, c.reason(), "", nowMs, 0, 0);
    return shown(hold, note, nowMs);
  }

  /** What releasing would leave. */
  HoldShown preview(ReleaseHold c, Hold hold, long nowMs) {
    HoldNote note = Check.present(state.note(hold.id()), "note of a hold");
    return shown(
        hold.with(Hold.State.RELEASED, 0, hold.position()),
        note.released(c.receipt(), nowMs),
        nowMs);
  }

  private HoldShown preview(
      DrawHold c, Hold hold, HoldNote note, long amountMinor, boolean isLate, long nowMs) {
    if (isLate) {
      return shown(hold, note.late(amountMinor, c.receipt(), nowMs), nowMs);
    }
    long leftMinor = hold.leftMinor() - amountMinor;
    Hold.State after =
        leftMinor == 0 ? Hold.State.POSTED : c.isFinal() ? Hold.State.RELEASED : Hold.State.HELD;
    long nowLeftMinor = after == Hold.State.RELEASED ? 0 : leftMinor;
    return shown(
        hold.with(after, nowLeftMinor, hold.position()),
        note.posted(amountMinor, after == Hold.State.HELD ? 0 : nowMs),
        nowMs);
  }

  private static HoldShown shown(Hold hold, HoldNote note, long nowMs) {
    return new HoldShown(
        AccountKey.owner(hold.accountKey()),
        AccountKey.asset(hold.accountKey()),
        hold,
        note,
        HoldStage.of(hold, nowMs));
  }
}
