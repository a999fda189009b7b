// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.AccountEvent.HoldDrawn;
import io.hongbao.account.AccountEvent.HoldEvicted;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPlaced;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.HoldReleased;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionEvicted;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Stamp;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.Check;

/**
 * The only place where the state of accounts changes.
 *
 * <p><b>Invariant:</b> each event's postings balance inside this partition; what a wallet shows as
 * held is what its holds have left.
 */
final class AccountApplier {

  /** Kinds of timers of this family. */
  static final int TIMER_EVICT_TRANSACTION = 1;

  static final int TIMER_HOLD = 2;
  static final int TIMER_EVICT_HOLD = 3;

  private final Accounts state;
  private final PartitionParts parts;
  private final AccountLimits limits;
  private final TransferApplier transfers;

  AccountApplier(Accounts state, AccountLimits limits) {
    this.state = state;
    this.parts = state.parts;
    this.limits = limits;
    this.transfers = new TransferApplier(state.book, limits, this);
  }

  TransferApplier transfers() {
    return transfers;
  }

  void apply(AccountEvent event, Stamp stamp) {
    switch (event) {
      case ToppedUp e -> toppedUp(e, stamp);
      case TransactionReversed e -> reversed(e, stamp);
      case TransactionEvicted e -> {
        Transaction gone = Check.present(state.transactions.remove(e.transactionId()), "evicted");
        parts.stateHash().remove(gone.digest());
      }
      case HoldPlaced e -> placed(e, stamp);
      case HoldPosted e -> posted(e, stamp);
      case HoldReleased e -> released(e, stamp);
      case HoldLateSuccess e -> lateSuccess(e, stamp);
      case HoldEvicted e -> {
        HoldNote gone = Check.present(state.notes.remove(e.holdId()), "evicted");
        parts.stateHash().remove(gone.digest());
        parts.holds().evict(e.holdId());
      }
      case LedgerEvent e -> transfers.apply(e, stamp);
    }
  }

  private void toppedUp(ToppedUp e, Stamp stamp) {
    parts.ids().used(e.transactionId());
    long wallet = AccountKey.wallet(e.userId(), e.asset());
    parts.ledger().post(clearing(e.asset()), wallet, e.amountMinor(), stamp.position());
    checkBalance(wallet, e.balanceAfterMinor());
    book(
        new Transaction(
            e.transactionId(),
            Transaction.Kind.TOP_UP,
            e.userId(),
            e.asset(),
            e.amountMinor(),
            e.balanceAfterMinor(),
            e.reason(),
            0,
            false,
            stamp.timeMs(),
            stamp.position(),
            stamp.position()));
  }

  private void reversed(TransactionReversed e, Stamp stamp) {
    parts.ids().used(e.transactionId());
    long wallet = AccountKey.wallet(e.userId(), e.asset());
    parts.ledger().post(wallet, clearing(e.asset()), e.amountMinor(), stamp.position());
    checkBalance(wallet, e.balanceAfterMinor());
    Transaction original =
        Check.present(state.transaction(e.reversesId()), "transaction that is reversed");
    Check.that(!original.isReversed(), "a transaction is reversed once");
    state.put(original.reversed(stamp.position()));
    book(
        new Transaction(
            e.transactionId(),
            Transaction.Kind.REVERSAL,
            e.userId(),
            e.asset(),
            e.amountMinor(),
            e.balanceAfterMinor(),
            e.reason(),
            e.reversesId(),
            false,
            stamp.timeMs(),
            stamp.position(),
            stamp.position()));
  }

  private void book(Transaction transaction) {
    state.put(transaction);
    evictLater(transaction);
  }

  // A millisecond more than the window, so that its last repeat still finds what it booked.
  void evictLater(Transaction transaction) {
    timer(
        transaction.bookedAtMs() + limits.evictAfterMs() + 1,
        TIMER_EVICT_TRANSACTION,
        transaction.id());
  }

  private void placed(HoldPlaced e, Stamp stamp) {
    parts.ids().used(e.holdId());
    parts
        .holds()
        .place(
            new Hold(
                e.holdId(),
                AccountKey.wallet(e.userId(), e.asset()),
                e.amountMinor(),
                e.kind(),
                Hold.State.HELD,
                e.deadlineMs(),
                stamp.position()));
    state.put(
        new HoldNote(e.holdId(), e.amountMinor(), 0, 0, e.reason(), "", stamp.timeMs(), 0, 0));
    state.index(hold(e.holdId()));
    timer(e.deadlineMs(), TIMER_HOLD, e.holdId());
  }

  private void posted(HoldPosted e, Stamp stamp) {
    // Freed first, so that what is held never exceeds the balance in between.
    HoldNote note = taken(e.holdId(), e.amountMinor(), e.leftMinor(), stamp);
    long wallet = AccountKey.wallet(e.userId(), e.asset());
    parts.ledger().post(wallet, clearing(e.asset()), e.amountMinor(), stamp.position());
    checkBalance(wallet, e.balanceAfterMinor());
    put(note);
  }

  /** Frees held money for the transfer that follows in the same record. */
  void drawn(HoldDrawn e, Stamp stamp) {
    put(taken(e.holdId(), e.amountMinor(), e.leftMinor(), stamp).by(e.transferId()));
  }

  private HoldNote taken(long holdId, long amountMinor, long leftMinor, Stamp stamp) {
    Hold.State to = leftMinor == 0 ? Hold.State.POSTED : Hold.State.HELD;
    parts.holds().reduce(holdId, amountMinor, to, stamp.position());
    Check.equal(hold(holdId).leftMinor(), leftMinor, "rest of the hold");
    return note(holdId).posted(amountMinor, leftMinor == 0 ? stamp.timeMs() : 0);
  }

  private void put(HoldNote note) {
    if (note.closedAtMs() > 0) {
      close(note);
    } else {
      state.put(note);
    }
  }

  private void released(HoldReleased e, Stamp stamp) {
    Check.equal(hold(e.holdId()).leftMinor(), e.amountMinor(), "rest of the hold");
    parts.holds().reduce(e.holdId(), e.amountMinor(), Hold.State.RELEASED, stamp.position());
    close(note(e.holdId()).released(e.receipt(), stamp.timeMs()));
  }

  private void lateSuccess(HoldLateSuccess e, Stamp stamp) {
    long suspense = AccountKey.system(AccountKind.SUSPENSE, e.asset());
    parts.ledger().post(suspense, clearing(e.asset()), e.amountMinor(), stamp.position());
    parts
        .suspense()
        .open(
            e.asset(),
            -e.amountMinor(),
            SuspenseEntry.Origin.LATE_HOLD,
            e.holdId(),
            0,
            e.userId(),
            0,
            stamp.timeMs(),
            stamp.position());
    parts.holds().touch(e.holdId(), stamp.position());
    close(note(e.holdId()).late(e.amountMinor(), e.receipt(), stamp.timeMs()));
  }

  private void close(HoldNote note) {
    state.put(note);
    state.index(hold(note.holdId()));
    evictLater(note);
  }

  void evictLater(HoldNote note) {
    timer(note.closedAtMs() + limits.evictAfterMs() + 1, TIMER_EVICT_HOLD, note.holdId());
  }

  void timer(long dueMs, int kind, long id) {
    parts.timers().set(dueMs, AccountCodec.SCHEMA_ID, kind, id);
  }

  private void checkBalance(long wallet, long balanceAfterMinor) {
    // Journaled balances let an exporter write statements without state, and check replay here.
    Check.equal(parts.ledger().balanceMinor(wallet), balanceAfterMinor, "wallet's balance");
  }

  private static long clearing(int asset) {
    return AccountKey.system(AccountKind.CLEARING, asset);
  }

  private Hold hold(long holdId) {
    return Check.present(parts.holds().find(holdId), "hold");
  }

  private HoldNote note(long holdId) {
    return Check.present(state.note(holdId), "note of a hold");
  }
}
