// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.HoldsShown;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReadAskedHolds;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountEvent.HoldEvicted;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPlaced;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.HoldReleased;
import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Refusal;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.Hold;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of holds: placed, posted, released, asked after, forgotten.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class HoldDesk {

  /** A silent outside is asked at growing distances, at most this far apart. */
  private static final long QUERY_MAX_MS = 600_000;

  private static final long EVICT_AGAIN_MS = 60_000;

  private final Accounts state;
  private final PartitionParts parts;
  private final AccountRule rule;
  private final AccountLimits limits;
  private final AccountFacts facts;
  private final HoldDraw draw;

  HoldDesk(
      Accounts state,
      AccountRule rule,
      AccountLimits limits,
      AccountFacts facts,
      BookingDesk bookings) {
    this.state = state;
    this.parts = state.parts;
    this.rule = rule;
    this.limits = limits;
    this.facts = facts;
    this.draw = new HoldDraw(state, rule, limits, facts, bookings, this);
  }

  void place(PlaceHold command, Decision decision, boolean isPreview) {
    RefusalCode objection = rule.judge(command, decision.nowMs());
    if (objection != null) {
      lookedAtWallet(objection, command, decision);
      decision.refuse(objection);
      return;
    }
    if (!parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED, TransactionDesk.RETRY_MS);
      return;
    }
    if (isPreview) {
      decision.lookedAtEverything();
      decision.answer(draw.preview(command, decision.nowMs()));
      return;
    }
    long id = parts.ids().next(decision.nowMs(), Slot.of(command.userId()));
    decision.emit(
        new HoldPlaced(
            id,
            command.userId(),
            command.asset(),
            command.amountMinor(),
            command.kind(),
            command.deadlineMs(),
            command.reason(),
            command.operator()));
    audit(decision, command.userId(), AuditFacts.NONE, id);
    decision.accept(shown(id, decision), id);
  }

  // A dry run stores no key, so its refusal rests on what it says of the wallet: its money and what
  // it may do.
  private void lookedAtWallet(RefusalCode objection, PlaceHold command, Decision decision) {
    switch (objection) {
      case INSUFFICIENT_FUNDS, ACCOUNT_FROZEN, ACCOUNT_CLOSED -> {
        long wallet = AccountKey.wallet(command.userId(), command.asset());
        decision.looked(parts.ledger().position(wallet));
        decision.looked(parts.ledger().bounds(wallet).position());
      }
      default -> {}
    }
  }

  void post(PostHold command, Decision decision) {
    @Nullable Hold hold = parts.holds().find(command.holdId());
    @Nullable HoldNote note = state.note(command.holdId());
    if (hold != null) {
      decision.looked(hold.position());
    }
    RefusalCode objection = rule.judge(command, hold, note, decision.nowMs());
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    Hold judged = Check.present(hold, "hold");
    HoldNote judgedNote = Check.present(note, "note of a hold");
    String before = facts(command.holdId(), decision);
    decision.emit(
        AccountRule.isLateSuccess(command, judged, judgedNote)
            ? late(command, judged, judgedNote)
            : posted(command, judged));
    audit(
        decision,
        AccountKey.owner(Check.present(hold, "hold").accountKey()),
        before,
        command.holdId());
    decision.accept(shown(command.holdId(), decision), command.holdId());
  }

  private HoldPosted posted(PostHold command, Hold hold) {
    boolean isAll = command.amountMinor() == PostHold.ALL;
    long amountMinor = isAll ? hold.leftMinor() : command.amountMinor();
    return new HoldPosted(
        hold.id(),
        command.userId(),
        AccountKey.asset(hold.accountKey()),
        amountMinor,
        hold.leftMinor() - amountMinor,
        parts.ledger().balanceMinor(hold.accountKey()) - amountMinor,
        command.operator());
  }

  private static HoldLateSuccess late(PostHold command, Hold hold, HoldNote note) {
    boolean isAll = command.amountMinor() == PostHold.ALL;
    return new HoldLateSuccess(
        hold.id(),
        command.userId(),
        AccountKey.asset(hold.accountKey()),
        isAll ? note.releasedMinor() : command.amountMinor(),
        command.receipt(),
        command.operator());
  }

  /** Takes held money to the outside or to an account. */
  void draw(DrawHold command, Decision decision, boolean isPreview) {
    draw.draw(command, decision, isPreview);
  }

  void release(ReleaseHold command, Decision decision, boolean isPreview) {
    @Nullable Hold hold = parts.holds().find(command.holdId());
    if (hold != null) {
      decision.looked(hold.position());
    }
    RefusalCode objection = rule.judge(command, hold);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    if (isPreview) {
      decision.lookedAtEverything();
      decision.answer(draw.preview(command, Check.present(hold, "hold"), decision.nowMs()));
      return;
    }
    String before = facts(command.holdId(), decision);
    decision.emit(
        released(
            Check.present(hold, "hold"),
            ReleaseCause.REQUEST,
            command.receipt(),
            command.operator()));
    audit(
        decision,
        AccountKey.owner(Check.present(hold, "hold").accountKey()),
        before,
        command.holdId());
    decision.accept(shown(command.holdId(), decision), command.holdId());
  }

  static HoldReleased released(Hold hold, ReleaseCause cause, String receipt, String operator) {
    return new HoldReleased(
        hold.id(),
        AccountKey.owner(hold.accountKey()),
        AccountKey.asset(hold.accountKey()),
        hold.leftMinor(),
        cause,
        receipt,
        operator);
  }

  void read(ReadHold command, Decision decision) {
    Hold hold = parts.holds().find(command.holdId());
    if (hold == null
        || state.note(command.holdId()) == null
        || AccountRule.isOthers(hold, command.userId())) {
      decision.refuse(RefusalCode.HOLD_NOT_FOUND);
      return;
    }
    decision.looked(hold.position());
    decision.answer(shown(command.holdId(), decision));
  }

  /** Answers the repeat of a command by the hold as it stands now. */
  void recall(long holdId, Decision decision) {
    Hold hold = parts.holds().find(holdId);
    if (hold == null) {
      decision.answer(Refusal.of(RefusalCode.HOLD_NOT_FOUND));
      return;
    }
    decision.looked(hold.position());
    decision.answer(shown(holdId, decision));
  }

  /** The deadline: an internal hold is released, an external one is asked after. */
  void deadlineTimer(long holdId, Decision decision) {
    Hold hold = parts.holds().find(holdId);
    if (hold == null || hold.state() != Hold.State.HELD) {
      return;
    }
    long nowMs = decision.nowMs();
    if (hold.kind() == Hold.Kind.INTERNAL) {
      decision.emit(released(hold, ReleaseCause.DEADLINE, "", ""));
      return;
    }
    decision.perform(
        new AskHold(
            holdId,
            AccountKey.owner(hold.accountKey()),
            AccountKey.asset(hold.accountKey()),
            hold.leftMinor()));
    long distanceMs = Math.min(nowMs - hold.deadlineMs(), QUERY_MAX_MS);
    decision.timer(
        nowMs + Math.max(distanceMs, limits.queryAfterMs()), AccountApplier.TIMER_HOLD, holdId);
  }

  void evictionTimer(long holdId, Decision decision) {
    HoldNote note = state.note(holdId);
    if (note == null) {
      return;
    }
    if (decision.nowMs() <= note.closedAtMs() + limits.evictAfterMs()) {
      // A late success came in between and set a timer of its own.
      return;
    }
    if (facts.isExported(parts.partition(), hold(holdId).position())) {
      decision.emit(new HoldEvicted(holdId));
    } else {
      decision.timer(decision.nowMs() + EVICT_AGAIN_MS, AccountApplier.TIMER_EVICT_HOLD, holdId);
    }
  }

  /** External holds past their deadline: what a service is asked to decide. */
  void readAsked(ReadAskedHolds command, Decision decision) {
    List<HoldShown> asked = new ArrayList<>();
    for (long holdId : state.externalAfter(command.afterId())) {
      if (asked.size() == command.limit()) {
        break;
      }
      Hold hold = hold(holdId);
      if (HoldStage.of(hold, decision.nowMs()) == HoldStage.QUERYING) {
        decision.looked(hold.position());
        asked.add(shown(holdId, decision));
      }
    }
    decision.answer(new HoldsShown(asked));
  }

  void audit(Decision decision, long userId, String before, long holdId) {
    decision.audit("user:" + userId, before, facts(holdId, decision));
  }

  String facts(long holdId, Decision decision) {
    if (!decision.isAudited()) {
      return AuditFacts.NONE;
    }
    Hold hold = hold(holdId);
    return AuditFacts.of("hold_id", Long.toString(holdId))
        .and("asset", AccountKey.asset(hold.accountKey()))
        .and("state", HoldStage.of(hold, decision.nowMs()).wireName())
        .and("left", hold.leftMinor())
        .text();
  }

  HoldShown shown(long holdId, Decision decision) {
    Hold hold = hold(holdId);
    return new HoldShown(
        AccountKey.owner(hold.accountKey()),
        AccountKey.asset(hold.accountKey()),
        hold,
        Check.present(state.note(holdId), "note of a hold"),
        HoldStage.of(hold, decision.nowMs()));
  }

  private Hold hold(long holdId) {
    return Check.present(parts.holds().find(holdId), "hold");
  }
}
