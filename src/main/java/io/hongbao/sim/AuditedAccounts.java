// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountEvent;
import io.hongbao.account.AccountEvent.HoldEvicted;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPlaced;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.HoldReleased;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionEvicted;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.account.ReleaseCause;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.sim.AuditedPartition.Booking;
import io.hongbao.sim.AuditedPartition.Held;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import io.hongbao.sim.AuditedPartition.Wallet;

/** Follows what happens to accounts and says when it must not have happened. */
final class AuditedAccounts {

  private final ExportedWatch exported;

  /** Tells whether the read model has a position. */
  interface ExportedWatch {
    boolean has(int partition, long position);
  }

  AuditedAccounts(ExportedWatch exported) {
    this.exported = exported;
  }

  void applied(AuditedPartition book, AccountEvent event, AuditContext context, long at) {
    switch (event) {
      case ToppedUp e -> toppedUp(book, e, context, at);
      case TransactionReversed e -> reversed(book, e, context, at);
      case TransactionEvicted e -> {
        Booking gone = present(book.bookings.get(e.transactionId()));
        SimFailure.require(
            context.nowMs > gone.bookedAtMs + SimOptions.EVICT_AFTER_MS, "forgotten too early");
        SimFailure.require(exported.has(book.number, gone.at), "forgotten before it was exported");
        book.remove(book.bookings, e.transactionId(), at);
      }
      case HoldPlaced e -> placed(book, e, context, at);
      case HoldPosted e -> posted(book, e, context, at);
      case HoldReleased e -> released(book, e, context, at);
      case HoldLateSuccess e -> late(book, e, context, at);
      case HoldEvicted e -> {
        HeldMoney gone = present(book.holds.get(e.holdId()));
        SimFailure.require(gone.state != Held.HELD, "a hold that holds is not forgotten");
        SimFailure.require(exported.has(book.number, gone.at), "forgotten before it was exported");
        book.remove(book.holds, e.holdId(), at);
      }
      default -> throw new SimFailure("an event that nobody asked for: " + event);
    }
  }

  private static <T> T present(@org.jspecify.annotations.Nullable T entity) {
    if (entity == null) {
      throw new SimFailure("an event about something that is not there");
    }
    return entity;
  }

  private void toppedUp(AuditedPartition book, ToppedUp e, AuditContext context, long at) {
    Wallet wallet = book.wallet(e.userId(), e.asset());
    SimFailure.same(wallet.balance + e.amountMinor(), e.balanceAfterMinor(), "balance of a top-up");
    book.moveWallet(wallet, e.amountMinor(), 0, at);
    book.moveSystem(AccountKind.CLEARING, e.asset(), -e.amountMinor(), at);
    book(book, e.transactionId(), e.userId(), e.asset(), e.amountMinor(), true, context, at);
  }

  private static void book(
      AuditedPartition book,
      long id,
      long userId,
      int asset,
      long amount,
      boolean isTopUp,
      AuditContext context,
      long at) {
    SimFailure.require(!book.bookings.containsKey(id), "a transaction's id is new");
    Booking one = new Booking();
    one.id = id;
    one.userId = userId;
    one.asset = asset;
    one.amount = amount;
    one.isTopUp = isTopUp;
    one.balanceAfter = book.wallet(userId, asset).balance;
    one.bookedAtMs = context.nowMs;
    one.at = at;
    book.put(book.bookings, id, one, at);
    context.madeId = id;
  }

  private void reversed(
      AuditedPartition book, TransactionReversed e, AuditContext context, long at) {
    Booking original = present(book.bookings.get(e.reversesId()));
    SimFailure.require(!original.isReversed, "a transaction is reversed once");
    SimFailure.same(original.amount, e.amountMinor(), "amount of a reversal");
    Wallet wallet = book.wallet(e.userId(), e.asset());
    SimFailure.same(wallet.balance - e.amountMinor(), e.balanceAfterMinor(), "balance reversed");
    long before = original.at;
    book.before(
        at,
        () -> {
          original.isReversed = false;
          original.at = before;
        });
    original.isReversed = true;
    original.at = at;
    book.moveWallet(wallet, -e.amountMinor(), 0, at);
    book.moveSystem(AccountKind.CLEARING, e.asset(), e.amountMinor(), at);
    book(book, e.transactionId(), e.userId(), e.asset(), e.amountMinor(), false, context, at);
  }

  private void placed(AuditedPartition book, HoldPlaced e, AuditContext context, long at) {
    SimFailure.require(!book.holds.containsKey(e.holdId()), "a hold's id is new");
    HeldMoney hold = new HeldMoney();
    hold.id = e.holdId();
    hold.userId = e.userId();
    hold.asset = e.asset();
    hold.amount = e.amountMinor();
    hold.left = e.amountMinor();
    hold.isExternal = e.kind() == Hold.Kind.EXTERNAL;
    hold.deadlineMs = e.deadlineMs();
    hold.at = at;
    book.put(book.holds, hold.id, hold, at);
    book.moveWallet(book.wallet(e.userId(), e.asset()), 0, e.amountMinor(), at);
    context.madeId = hold.id;
  }

  private static void keep(AuditedPartition book, HeldMoney hold, long at) {
    long left = hold.left;
    long posted = hold.posted;
    long late = hold.late;
    Held state = hold.state;
    long closedAtMs = hold.closedAtMs;
    long before = hold.at;
    book.before(
        at,
        () -> {
          hold.left = left;
          hold.posted = posted;
          hold.late = late;
          hold.state = state;
          hold.closedAtMs = closedAtMs;
          hold.at = before;
        });
    hold.at = at;
  }

  private void posted(AuditedPartition book, HoldPosted e, AuditContext context, long at) {
    HeldMoney hold = present(book.holds.get(e.holdId()));
    SimFailure.require(hold.state == Held.HELD, "only held money is posted");
    SimFailure.require(
        hold.isExternal || context.nowMs < hold.deadlineMs, "a lapsed hold posts nothing");
    SimFailure.require(e.amountMinor() <= hold.left, "no more is posted than was held");
    keep(book, hold, at);
    hold.left -= e.amountMinor();
    hold.posted += e.amountMinor();
    SimFailure.same(hold.left, e.leftMinor(), "rest of a hold");
    if (hold.left == 0) {
      hold.state = Held.POSTED;
      hold.closedAtMs = context.nowMs;
    }
    Wallet wallet = book.wallet(e.userId(), e.asset());
    book.moveWallet(wallet, -e.amountMinor(), -e.amountMinor(), at);
    SimFailure.same(wallet.balance, e.balanceAfterMinor(), "balance after a post");
    book.moveSystem(AccountKind.CLEARING, e.asset(), e.amountMinor(), at);
  }

  /** Held money goes to an account, by the transfer that follows. */
  static void drawn(AuditedPartition book, HeldMoney hold, long amount, long nowMs, long at) {
    SimFailure.require(hold.state == Held.HELD, "only held money is drawn");
    keep(book, hold, at);
    hold.left -= amount;
    hold.posted += amount;
    if (hold.left == 0) {
      hold.state = Held.POSTED;
      hold.closedAtMs = nowMs;
    }
    book.moveWallet(book.wallet(hold.userId, hold.asset), 0, -amount, at);
  }

  private void released(AuditedPartition book, HoldReleased e, AuditContext context, long at) {
    HeldMoney hold = present(book.holds.get(e.holdId()));
    SimFailure.require(hold.state == Held.HELD, "only held money is released");
    SimFailure.same(hold.left, e.amountMinor(), "what a release frees");
    if (e.cause() == ReleaseCause.DEADLINE) {
      SimFailure.require(!hold.isExternal, "a deadline releases no external hold");
      SimFailure.require(context.nowMs >= hold.deadlineMs, "released before the deadline");
    } else if (hold.isExternal) {
      SimFailure.require(!e.receipt().isEmpty(), "released while the outcome is unknown");
    }
    keep(book, hold, at);
    book.moveWallet(book.wallet(e.userId(), e.asset()), 0, -hold.left, at);
    hold.left = 0;
    hold.state = Held.RELEASED;
    hold.closedAtMs = context.nowMs;
  }

  private void late(AuditedPartition book, HoldLateSuccess e, AuditContext context, long at) {
    HeldMoney hold = present(book.holds.get(e.holdId()));
    SimFailure.require(hold.isExternal && hold.state == Held.RELEASED, "late after a release");
    SimFailure.require(
        e.amountMinor() <= hold.amount - hold.posted - hold.late, "no more than was given back");
    keep(book, hold, at);
    hold.late += e.amountMinor();
    hold.closedAtMs = context.nowMs;
    AuditedSuspense.open(
        book,
        e.asset(),
        -e.amountMinor(),
        Origin.LATE_HOLD,
        e.holdId(),
        0,
        e.userId(),
        null,
        context.nowMs,
        at);
    book.moveSystem(AccountKind.CLEARING, e.asset(), e.amountMinor(), at);
  }
}
