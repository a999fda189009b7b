// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.PartitionParts;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.Ledger;
import io.hongbao.model.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether money may come in, be undone, be held, go out or be freed; changes nothing
 * itself.
 *
 * <p>Each method tries its refusals in the order in which its comment names them; what the contract
 * forbids anyway ({@code malformed_request}) comes first.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class AccountRule {

  /**
   * All money of an asset, over all partitions: wherever it gathers, on its way or in suspense, a
   * long can count it.
   */
  static final long SUPPLY_MINOR_MAX = 1L << 62;

  private final Ledger ledger;
  private final AccountLimits limits;
  private final AccountFacts facts;
  private final long supplyHereMinorMax;

  AccountRule(PartitionParts parts, AccountLimits limits, AccountFacts facts) {
    this.ledger = parts.ledger();
    this.limits = limits;
    this.facts = facts;
    this.supplyHereMinorMax = SUPPLY_MINOR_MAX / parts.partitionCount();
  }

  /** Order: unknown asset, amount, closed, balance limit (the wallet's, or of all money). */
  @Nullable RefusalCode judge(TopUp c) {
    if (!isUser(c.userId()) || !isText(c.reason()) || !isText(c.operator())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    RefusalCode objection = judgeAmount(c.asset(), c.amountMinor());
    if (objection != null) {
      return objection;
    }
    objection =
        ledger.objectionToCredit(
            AccountKey.wallet(c.userId(), c.asset()),
            c.amountMinor(),
            facts.balanceMinorMax(c.asset()));
    if (objection != null) {
      return objection;
    }
    // Below zero is what came in. Both are at most 2^62, so the sum cannot overflow.
    long cameInMinor = -ledger.balanceMinor(AccountKey.system(AccountKind.CLEARING, c.asset()));
    return cameInMinor + c.amountMinor() > supplyHereMinorMax ? RefusalCode.BALANCE_LIMIT : null;
  }

  /** Order: not found (or not a top-up, or another user's), reversed before, frozen, funds. */
  @Nullable RefusalCode judge(ReverseTransaction c, @Nullable Transaction transaction) {
    if (!isText(c.reason()) || !isText(c.operator())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (transaction == null
        || transaction.userId() != c.userId()
        || transaction.kind() != Transaction.Kind.TOP_UP) {
      return RefusalCode.TRANSACTION_NOT_FOUND;
    }
    if (transaction.isReversed()) {
      return RefusalCode.ALREADY_REVERSED;
    }
    long wallet = AccountKey.wallet(c.userId(), transaction.asset());
    RefusalCode objection = ledger.objectionToDebit(wallet);
    if (objection != null) {
      return objection;
    }
    return ledger.availableMinor(wallet) < transaction.amountMinor()
        ? RefusalCode.INSUFFICIENT_FUNDS
        : null;
  }

  /** Order: deadline (malformed), unknown asset, amount, closed, frozen, funds. */
  @Nullable RefusalCode judge(PlaceHold c, long nowMs) {
    if (!isUser(c.userId())
        || !isText(c.reason())
        || !isText(c.operator())
        || c.deadlineMs() <= nowMs
        || c.deadlineMs() - nowMs > limits.holdMsMax()) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    RefusalCode objection = judgeAmount(c.asset(), c.amountMinor());
    if (objection != null) {
      return objection;
    }
    long wallet = AccountKey.wallet(c.userId(), c.asset());
    objection = ledger.objectionToDebit(wallet);
    if (objection != null) {
      return objection;
    }
    return ledger.availableMinor(wallet) < c.amountMinor() ? RefusalCode.INSUFFICIENT_FUNDS : null;
  }

  /**
   * Order: not found (or another user's), closed, amount.
   *
   * <p>A released external hold is not closed to somebody who shows a receipt: then the outside has
   * the money, and refusing would only hide it.
   */
  @Nullable RefusalCode judge(
      PostHold c, @Nullable Hold hold, @Nullable HoldNote note, long nowMs) {
    if (!isText(c.receipt()) || !isText(c.operator()) || c.amountMinor() < 0) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (hold == null || note == null || isOthers(hold, c.userId())) {
      return RefusalCode.HOLD_NOT_FOUND;
    }
    boolean isLate = isLateSuccess(c, hold, note);
    if (!isLate && isClosed(hold, nowMs)) {
      return RefusalCode.HOLD_CLOSED;
    }
    long mostMinor = isLate ? note.releasedMinor() : hold.leftMinor();
    return c.amountMinor() > mostMinor ? RefusalCode.HOLD_AMOUNT : null;
  }

  /** Whether a post concerns money that was given back too early. */
  static boolean isLateSuccess(PostHold c, Hold hold, HoldNote note) {
    return hold.state() == Hold.State.RELEASED
        && hold.kind() == Hold.Kind.EXTERNAL
        && note.releasedMinor() > 0
        && !c.receipt().isEmpty();
  }

  // Deadlines are compared here too: the timer that writes the release down may run later.
  private static boolean isClosed(Hold hold, long nowMs) {
    return hold.state() != Hold.State.HELD
        || (hold.kind() == Hold.Kind.INTERNAL && nowMs >= hold.deadlineMs());
  }

  /** Order: not found (or another user's), closed, outcome unknown. */
  @Nullable RefusalCode judge(ReleaseHold c, @Nullable Hold hold) {
    if (!isText(c.receipt()) || !isText(c.operator())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (hold == null || isOthers(hold, c.userId())) {
      return RefusalCode.HOLD_NOT_FOUND;
    }
    if (hold.state() != Hold.State.HELD) {
      return RefusalCode.HOLD_CLOSED;
    }
    return hold.kind() == Hold.Kind.EXTERNAL && c.receipt().isEmpty()
        ? RefusalCode.HOLD_OUTCOME_UNKNOWN
        : null;
  }

  static boolean isOthers(Hold hold, long userId) {
    return userId != AccountCommand.ANY_OWNER && AccountKey.owner(hold.accountKey()) != userId;
  }

  private @Nullable RefusalCode judgeAmount(int asset, long amountMinor) {
    long maxMinor = facts.balanceMinorMax(asset);
    if (maxMinor == 0) {
      return RefusalCode.UNKNOWN_ASSET;
    }
    return amountMinor < 1 || amountMinor > maxMinor ? RefusalCode.AMOUNT_OUT_OF_RANGE : null;
  }

  static boolean isUser(long userId) {
    return AccountKey.isOwner(userId);
  }

  private boolean isText(String text) {
    return limits.isText(text);
  }
}
