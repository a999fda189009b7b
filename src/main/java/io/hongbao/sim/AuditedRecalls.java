// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.sim.AuditedAnswers.Told;
import org.jspecify.annotations.Nullable;

/** What a repeat must show: what its key once made, as it is now. */
final class AuditedRecalls {

  private final AuditedTransfers transfers;

  AuditedRecalls(AuditedTransfers transfers) {
    this.transfers = transfers;
  }

  /** Null when it is forgotten. */
  @Nullable Told told(AuditedPartition book, KeyedCommand command, long id, long nowMs) {
    return switch (command) {
      case SendPacket c -> book.orders.containsKey(id) ? AuditedAnswers.order(book, id) : null;
      case PlaceHold c -> hold(book, id, nowMs);
      case PostHold c -> hold(book, id, nowMs);
      case ReleaseHold c -> hold(book, id, nowMs);
      case DrawHold c -> hold(book, id, nowMs);
      case BookTransfer c -> transfer(book, id);
      case ReverseTransfer c -> transfer(book, id);
      case SettleSuspense c -> transfer(book, id);
      case BookBatch c -> transfers.batch(book, id);
      default -> book.bookings.containsKey(id) ? AuditedAnswers.booking(book, id) : null;
    };
  }

  private static @Nullable Told hold(AuditedPartition book, long id, long nowMs) {
    return book.holds.containsKey(id) ? AuditedAnswers.hold(book, id, nowMs) : null;
  }

  private static @Nullable Told transfer(AuditedPartition book, long id) {
    return book.ledger.transfers.containsKey(id) ? ShownTransfers.told(book, id) : null;
  }
}
