// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountEvent.ArrivalsEvicted;
import io.hongbao.account.AccountEvent.HoldDrawn;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.LegCredited;
import io.hongbao.account.AccountEvent.LegPosted;
import io.hongbao.account.AccountEvent.LegReversed;
import io.hongbao.account.AccountEvent.LegSettled;
import io.hongbao.account.AccountEvent.LegSuspended;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.account.AccountEvent.MetadataChanged;
import io.hongbao.account.AccountEvent.SuspenseSettled;
import io.hongbao.account.AccountEvent.TransferBooked;
import io.hongbao.account.AccountEvent.TransferEvicted;
import io.hongbao.account.AccountTransfer.CreditLeg;
import io.hongbao.account.AccountTransfer.TellLeg;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Stamp;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.Check;
import java.util.List;

/**
 * The only place where the state of transfers, limits, metadata and suspense changes.
 *
 * <p><b>Invariant:</b> each leg balances inside this partition by itself; a leg toward another
 * partition is in transit here exactly when it stands in the outbox.
 */
final class TransferApplier {

  /** Kinds of timers of this family, beside those of {@link AccountApplier}. */
  static final int TIMER_EVICT_TRANSFER = 10;

  static final int TIMER_EVICT_ARRIVALS = 11;

  private final TransferBook book;
  private final PartitionParts parts;
  private final AccountLimits limits;
  private final AccountApplier holds;

  TransferApplier(TransferBook book, AccountLimits limits, AccountApplier holds) {
    this.book = book;
    this.parts = book.parts;
    this.limits = limits;
    this.holds = holds;
  }

  void apply(LedgerEvent event, Stamp stamp) {
    switch (event) {
      case TransferBooked e -> booked(e, stamp);
      case LegPosted e -> posted(e, stamp);
      case LegCredited e -> credited(e, stamp);
      case LegSuspended e -> suspended(e, stamp);
      case LegSettled e -> settled(e, stamp);
      case LegReversed e -> reversed(e, stamp);
      case TransferEvicted e -> book.removeTransfer(e.transferId());
      case ArrivalsEvicted e -> book.removeArrivals(e.transferId());
      case HoldDrawn e -> holds.drawn(e, stamp);
      case MetadataChanged e ->
          book.put(e.ownerId(), Metadata.ofText(e.metadata()), stamp.position());
      case LimitsChanged e ->
          parts
              .ledger()
              .bound(
                  AccountKey.wallet(e.ownerId(), e.asset()),
                  Bounds.of(e.lowerMinor(), e.upperMinor(), e.flags(), stamp.position()));
      case SuspenseSettled e -> suspenseSettled(e, stamp);
    }
  }

  private void booked(TransferBooked e, Stamp stamp) {
    parts.ids().used(e.transferId());
    LedgerTransfer transfer =
        new LedgerTransfer(
            e.transferId(),
            e.kind(),
            e.reversesId(),
            e.legCount(),
            e.batchCount(),
            e.reference(),
            e.reason(),
            Metadata.ofText(e.metadata()),
            List.of(),
            stamp.timeMs(),
            stamp.position(),
            stamp.timeMs(),
            stamp.position());
    book.add(transfer);
    evictLater(transfer);
  }

  private void posted(LegPosted e, Stamp stamp) {
    LedgerTransfer transfer = Check.present(book.transfer(e.transferId()), "transfer of a leg");
    boolean isRemote = book.isRemote(e.toId());
    long from = TransferBook.accountKey(e.fromId(), e.asset());
    long to = isRemote ? transit(e.asset()) : TransferBook.accountKey(e.toId(), e.asset());
    parts.ledger().post(from, to, e.amountMinor(), stamp.position());
    checkBalance(from, e.fromAfterMinor());
    if (isRemote) {
      Check.equal(e.toAfterMinor(), AccountEvent.ON_ITS_WAY, "balance of a leg on its way");
      parts
          .outbox()
          .add(
              book.partitionOf(e.toId()),
              new CreditLeg(
                  transfer.id(),
                  transfer.kind(),
                  e.leg(),
                  e.fromId(),
                  e.toId(),
                  e.asset(),
                  e.amountMinor(),
                  transfer.reversesId(),
                  e.reversedLeg()),
              stamp.position());
    } else {
      checkBalance(to, e.toAfterMinor());
    }
    Leg leg =
        new Leg(
            e.leg(),
            e.fromId(),
            e.toId(),
            e.asset(),
            e.amountMinor(),
            isRemote ? Leg.State.IN_FLIGHT : Leg.State.CREDITED,
            0,
            0,
            0,
            stamp.position());
    book.put(transfer, leg, stamp.timeMs());
  }

  private void credited(LegCredited e, Stamp stamp) {
    long wallet = AccountKey.wallet(e.toId(), e.asset());
    parts.ledger().post(transit(e.asset()), wallet, e.amountMinor(), stamp.position());
    checkBalance(wallet, e.balanceAfterMinor());
    if (e.kind().isReversible()) {
      ArrivedLeg arrived =
          new ArrivedLeg(
              e.transferId(),
              e.leg(),
              e.fromId(),
              e.toId(),
              e.asset(),
              e.amountMinor(),
              0,
              stamp.timeMs(),
              stamp.position());
      book.add(arrived);
      evictLater(arrived);
    }
    cameBack(e.reversesId(), e.reversedLeg(), e.transferId(), stamp);
    tell(e.transferId(), e.leg(), e.asset(), 0, 0, stamp);
  }

  private void suspended(LegSuspended e, Stamp stamp) {
    parts
        .ledger()
        .post(
            transit(e.asset()),
            TransferBook.accountKey(Leg.SUSPENSE, e.asset()),
            e.amountMinor(),
            stamp.position());
    parts
        .suspense()
        .open(
            e.asset(),
            e.amountMinor(),
            SuspenseEntry.Origin.TRANSFER,
            e.transferId(),
            e.leg(),
            e.toId(),
            e.reasonNumber(),
            stamp.timeMs(),
            stamp.position());
    cameBack(e.reversesId(), e.reversedLeg(), e.transferId(), stamp);
    tell(e.transferId(), e.leg(), e.asset(), e.reasonNumber(), 0, stamp);
  }

  // The partition that paid once hears here that its leg was undone elsewhere.
  private void cameBack(long reversesId, int reversedLeg, long reversalId, Stamp stamp) {
    LedgerTransfer undone = reversesId == 0 ? null : book.transfer(reversesId);
    if (undone != null) {
      Leg leg = undone.legs().get(reversedLeg).reversed(reversalId, stamp.position());
      book.put(undone, leg, stamp.timeMs());
    }
  }

  private void tell(
      long transferId, int leg, int asset, int reasonNumber, long settlementId, Stamp stamp) {
    parts
        .outbox()
        .add(
            book.partitionOf(transferId),
            new TellLeg(transferId, leg, asset, reasonNumber, settlementId),
            stamp.position());
  }

  private void settled(LegSettled e, Stamp stamp) {
    LedgerTransfer transfer = book.transfer(e.transferId());
    // It may have left memory before somebody settled its suspense.
    if (transfer != null) {
      Leg leg =
          transfer.legs().get(e.leg()).told(e.reasonNumber(), e.settlementId(), stamp.position());
      book.put(transfer, leg, stamp.timeMs());
    }
  }

  private void reversed(LegReversed e, Stamp stamp) {
    ArrivedLeg arrived = book.arrived(e.transferId(), e.leg());
    if (arrived != null) {
      book.put(arrived.reversed(e.reversalId(), stamp.position()));
    } else {
      cameBack(e.transferId(), e.leg(), e.reversalId(), stamp);
    }
  }

  private void suspenseSettled(SuspenseSettled e, Stamp stamp) {
    SuspenseEntry gone = parts.suspense().close(e.number());
    Check.equal(gone.amountMinor(), e.amountMinor(), "amount in suspense");
    if (gone.origin() == SuspenseEntry.Origin.TRANSFER) {
      tell(gone.originId(), gone.place(), gone.asset(), gone.reasonNumber(), e.transferId(), stamp);
    }
  }

  // A millisecond more than the window, so that its last repeat still finds what it booked.
  void evictLater(LedgerTransfer transfer) {
    timer(transfer.changedAtMs() + limits.evictAfterMs() + 1, TIMER_EVICT_TRANSFER, transfer.id());
  }

  void evictLater(ArrivedLeg leg) {
    timer(leg.arrivedAtMs() + limits.evictAfterMs() + 1, TIMER_EVICT_ARRIVALS, leg.transferId());
  }

  private void timer(long dueMs, int kind, long id) {
    parts.timers().set(dueMs, AccountCodec.SCHEMA_ID, kind, id);
  }

  private void checkBalance(long key, long balanceAfterMinor) {
    Check.equal(parts.ledger().balanceMinor(key), balanceAfterMinor, "balance after a leg");
  }

  private static long transit(int asset) {
    return AccountKey.system(AccountKind.TRANSIT, asset);
  }
}
