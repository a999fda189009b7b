// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.LedgerTransfer.Kind;
import io.hongbao.engine.Command;
import org.jspecify.annotations.Nullable;

/** What a command that books transfers asks for. */
final class AskedTransfers {

  private AskedTransfers() {}

  /** Whether the command books transfers. */
  static boolean isBooking(@Nullable Command command) {
    return command instanceof BookTransfer
        || command instanceof BookBatch
        || command instanceof ReverseTransfer
        || command instanceof DrawHold
        || command instanceof SettleSuspense;
  }

  static Kind kind(AuditContext context) {
    return switch (context.command) {
      case BookTransfer c -> Kind.TRANSFER;
      case BookBatch c -> Kind.TRANSFER;
      case ReverseTransfer c -> Kind.REVERSAL;
      case DrawHold c -> Kind.HOLD_POST;
      case SettleSuspense c -> Kind.SETTLEMENT;
      case null, default -> throw new SimFailure("a transfer that nobody booked");
    };
  }

  static Note note(AuditContext context) {
    return switch (context.command) {
      case BookTransfer c -> c.booking().note();
      case BookBatch c -> c.bookings().get(context.made.size()).note();
      case ReverseTransfer c -> c.note();
      case DrawHold c -> c.note();
      case SettleSuspense c -> c.note();
      case null, default -> throw new SimFailure("a transfer that nobody booked");
    };
  }

  /** A leg, in the order in which they are posted. */
  static Move move(AuditedPartition book, AuditContext context, int leg) {
    return switch (context.command) {
      case BookTransfer c -> c.booking().moves().get(leg);
      case BookBatch c -> c.bookings().get(context.made.size() - 1).moves().get(leg);
      case ReverseTransfer c ->
          AuditedBookings.back(
              AuditedTransfers.present(book.ledger.found(book, c.transferId(), c.legs().get(leg))));
      case DrawHold c -> AuditedTransfers.present(context.drawn);
      case SettleSuspense c -> AuditedSuspense.move(book, c);
      case null, default -> throw new SimFailure("a leg that nobody asked for");
    };
  }
}
