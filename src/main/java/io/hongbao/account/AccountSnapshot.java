// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.ledger.Hold;
import io.hongbao.model.Check;

/**
 * Writes and reads transactions and the notes of holds; timers are set again from what is read.
 *
 * <p>The holds themselves stand in the part of the snapshot that all families share, which is read
 * before this one.
 */
final class AccountSnapshot {

  private static final int VERSION = 1;

  private final Accounts state;
  private final AccountApplier applier;
  private final TransferSnapshot transfers;

  AccountSnapshot(Accounts state, AccountApplier applier) {
    this.state = state;
    this.applier = applier;
    this.transfers = new TransferSnapshot(state.book, applier.transfers());
  }

  void save(SnapshotOutput out) {
    out.putInt(VERSION);
    out.putInt(state.transactions.size());
    state.transactions.values().forEach(transaction -> save(transaction, out));
    out.putInt(state.notes.size());
    state.notes.values().forEach(note -> save(note, out));
    transfers.save(out);
  }

  void load(SnapshotInput in) {
    Check.equal(in.getInt(), VERSION, "version of the accounts' snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      loadTransaction(in);
    }
    for (int i = in.getInt(); i > 0; i--) {
      loadNote(in);
    }
    transfers.load(in);
  }

  private static void save(Transaction transaction, SnapshotOutput out) {
    out.putLong(transaction.id());
    out.putByte(transaction.kind().number());
    out.putLong(transaction.userId());
    out.putInt(transaction.asset());
    out.putLong(transaction.amountMinor());
    out.putLong(transaction.balanceAfterMinor());
    out.putText(transaction.reason());
    out.putLong(transaction.reversesId());
    out.putByte(transaction.isReversed() ? 1 : 0);
    out.putLong(transaction.bookedAtMs());
    out.putLong(transaction.bookedPosition());
    out.putLong(transaction.position());
  }

  private void loadTransaction(SnapshotInput in) {
    Transaction transaction =
        new Transaction(
            in.getLong(),
            Transaction.Kind.ofNumber(in.getByte()),
            in.getLong(),
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getText(),
            in.getLong(),
            in.getByte() == 1,
            in.getLong(),
            in.getLong(),
            in.getLong());
    state.put(transaction);
    applier.evictLater(transaction);
  }

  private static void save(HoldNote note, SnapshotOutput out) {
    out.putLong(note.holdId());
    out.putLong(note.amountMinor());
    out.putLong(note.postedMinor());
    out.putLong(note.lateMinor());
    out.putText(note.reason());
    out.putText(note.receipt());
    out.putLong(note.placedAtMs());
    out.putLong(note.closedAtMs());
    out.putLong(note.transferId());
  }

  private void loadNote(SnapshotInput in) {
    HoldNote note =
        new HoldNote(
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getText(),
            in.getText(),
            in.getLong(),
            in.getLong(),
            in.getLong());
    state.put(note);
    Hold hold = Check.present(state.parts.holds().find(note.holdId()), "hold of a note");
    state.index(hold);
    if (hold.state() == Hold.State.HELD) {
      applier.timer(hold.deadlineMs(), AccountApplier.TIMER_HOLD, note.holdId());
    } else {
      applier.evictLater(note);
    }
  }
}
