// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads transfers in legs, legs that came in, and metadata; timers are set again from
 * what is read. Limits and suspense stand in the part of the snapshot that all families share.
 */
final class TransferSnapshot {

  private final TransferBook book;
  private final TransferApplier applier;

  TransferSnapshot(TransferBook book, TransferApplier applier) {
    this.book = book;
    this.applier = applier;
  }

  void save(SnapshotOutput out) {
    out.putInt(book.transfers.size());
    book.transfers.values().forEach(transfer -> save(transfer, out));
    out.putInt(book.arrivalCount());
    book.arrivals.values().forEach(legs -> legs.forEach(leg -> save(leg, out)));
    out.putInt(book.profiles.size());
    book.profiles.forEachLong(
        (ownerId, profile) -> {
          out.putLong(ownerId);
          out.putText(profile.metadata().text());
          out.putLong(profile.position());
        });
  }

  void load(SnapshotInput in) {
    for (int i = in.getInt(); i > 0; i--) {
      loadTransfer(in);
    }
    for (int i = in.getInt(); i > 0; i--) {
      loadArrival(in);
    }
    for (int i = in.getInt(); i > 0; i--) {
      book.put(in.getLong(), Metadata.ofText(in.getText()), in.getLong());
    }
  }

  private static void save(LedgerTransfer transfer, SnapshotOutput out) {
    out.putLong(transfer.id());
    out.putByte(transfer.kind().number());
    out.putLong(transfer.reversesId());
    out.putInt(transfer.legCount());
    out.putInt(transfer.batchCount());
    out.putText(transfer.reference());
    out.putText(transfer.reason());
    out.putText(transfer.metadata().text());
    out.putLong(transfer.bookedAtMs());
    out.putLong(transfer.bookedPosition());
    out.putLong(transfer.changedAtMs());
    out.putLong(transfer.position());
    out.putInt(transfer.legs().size());
    for (Leg leg : transfer.legs()) {
      out.putLong(leg.fromId());
      out.putLong(leg.toId());
      out.putInt(leg.asset());
      out.putLong(leg.amountMinor());
      out.putByte(leg.state().number());
      out.putInt(leg.reasonNumber());
      out.putLong(leg.settlementId());
      out.putLong(leg.reversalId());
      out.putLong(leg.position());
    }
  }

  private void loadTransfer(SnapshotInput in) {
    LedgerTransfer head =
        new LedgerTransfer(
            in.getLong(),
            LedgerTransfer.Kind.ofNumber(in.getByte()),
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getText(),
            in.getText(),
            Metadata.ofText(in.getText()),
            List.of(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong());
    int count = in.getInt();
    List<Leg> legs = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      legs.add(
          new Leg(
              number,
              in.getLong(),
              in.getLong(),
              in.getInt(),
              in.getLong(),
              Leg.State.ofNumber(in.getByte()),
              in.getInt(),
              in.getLong(),
              in.getLong(),
              in.getLong()));
    }
    LedgerTransfer transfer = head.with(legs);
    book.add(transfer);
    applier.evictLater(transfer);
  }

  private static void save(ArrivedLeg leg, SnapshotOutput out) {
    out.putLong(leg.transferId());
    out.putInt(leg.number());
    out.putLong(leg.fromId());
    out.putLong(leg.toId());
    out.putInt(leg.asset());
    out.putLong(leg.amountMinor());
    out.putLong(leg.reversalId());
    out.putLong(leg.arrivedAtMs());
    out.putLong(leg.position());
  }

  private void loadArrival(SnapshotInput in) {
    ArrivedLeg leg =
        new ArrivedLeg(
            in.getLong(),
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong());
    book.add(leg);
    applier.evictLater(leg);
  }
}
