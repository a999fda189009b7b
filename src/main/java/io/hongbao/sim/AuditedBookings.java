// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedLedger.Arrived;
import io.hongbao.sim.AuditedLedger.Booked;
import io.hongbao.sim.AuditedPartition.Held;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import io.hongbao.sim.AuditedPartition.Wallet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which refusal a command about transfers must hear, by the order that the documents promise. */
final class AuditedBookings {

  private final SimOptions options;

  AuditedBookings(SimOptions options) {
    this.options = options;
  }

  @Nullable RefusalCode book(AuditedPartition book, BookTransfer c) {
    return all(book, List.of(c.booking()));
  }

  @Nullable RefusalCode batch(AuditedPartition book, BookBatch c) {
    return all(book, c.bookings());
  }

  // Form of all, then room for all, then money, leg after leg as if those before were posted.
  private @Nullable RefusalCode all(AuditedPartition book, List<Booking> bookings) {
    for (Booking booking : bookings) {
      RefusalCode form = form(book, booking);
      if (form != null) {
        return form;
      }
    }
    List<Move> moves = new ArrayList<>();
    bookings.forEach(booking -> moves.addAll(booking.moves()));
    return roomAndMoney(book, moves);
  }

  @Nullable RefusalCode roomAndMoney(AuditedPartition book, List<Move> moves) {
    return isFull(book, moves) ? RefusalCode.OVERLOADED : money(book, moves);
  }

  private static @Nullable RefusalCode form(AuditedPartition book, Booking booking) {
    if (booking.moves().isEmpty() || AuditedOwners.isTooMuch(booking.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    for (Move move : booking.moves()) {
      if (move.fromId() == move.toId()) {
        return RefusalCode.MALFORMED_REQUEST;
      }
      if (!book.isHere(move.fromId())) {
        return RefusalCode.SOURCES_APART;
      }
    }
    return null;
  }

  /** Whether the way to some destination is used up. */
  private boolean isFull(AuditedPartition book, List<Move> moves) {
    for (Move move : moves) {
      // What is no account of somebody's is the partition's own.
      int to = move.toId() <= 0 ? book.number : options.partitionOf(move.toId());
      boolean isRemote = to != book.number;
      if (isRemote
          && book.sent.get(to).size() - book.acknowledged[to] >= options.outboxForClients()) {
        return true;
      }
    }
    return false;
  }

  static @Nullable RefusalCode money(AuditedPartition book, List<Move> moves) {
    Map<Wallet, Long> changes = new HashMap<>();
    for (Move move : moves) {
      if (!SimOptions.isAsset(move.asset())) {
        return RefusalCode.UNKNOWN_ASSET;
      }
      if (move.amountMinor() < 1 || move.amountMinor() > SimOptions.BALANCE_MAX) {
        return RefusalCode.AMOUNT_OUT_OF_RANGE;
      }
      if (move.fromId() > 0) {
        Wallet from = book.wallet(move.fromId(), move.asset());
        RefusalCode objection =
            AuditedLimits.noPayment(from, move.amountMinor(), changes.getOrDefault(from, 0L));
        if (objection != null) {
          return objection;
        }
        changes.merge(from, -move.amountMinor(), Long::sum);
      }
      if (move.toId() > 0 && book.isHere(move.toId())) {
        Wallet to = book.wallet(move.toId(), move.asset());
        RefusalCode objection =
            AuditedLimits.noCredit(to, changes.getOrDefault(to, 0L) + move.amountMinor());
        if (objection != null) {
          return objection;
        }
        changes.merge(to, move.amountMinor(), Long::sum);
      }
    }
    return null;
  }

  @Nullable RefusalCode reverse(AuditedPartition book, ReverseTransfer c) {
    if (c.legs().isEmpty()
        || AuditedOwners.isTooMuch(c.note())
        || new HashSet<>(c.legs()).size() != c.legs().size()) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    Booked own = book.ledger.transfers.get(c.transferId());
    if (own != null && !own.kind().isReversible()) {
      return RefusalCode.TRANSFER_NOT_FOUND;
    }
    List<Move> moves = new ArrayList<>();
    for (int number : c.legs()) {
      Arrived leg = book.ledger.found(book, c.transferId(), number);
      if (leg == null) {
        return RefusalCode.TRANSFER_NOT_FOUND;
      }
      if (leg.reversalId() != 0) {
        return RefusalCode.ALREADY_REVERSED;
      }
      moves.add(back(leg));
    }
    return roomAndMoney(book, moves);
  }

  /** The way back of a leg. */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // The other way round is what it is about.
  static Move back(Arrived leg) {
    return new Move(leg.toId(), leg.fromId(), leg.asset(), leg.amount(), leg.leg());
  }

  @Nullable RefusalCode draw(AuditedPartition book, DrawHold c, long nowMs) {
    if (AuditedOwners.isTooMuch(c.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    RefusalCode hold = AuditedVerdicts.post(book, asPost(c), nowMs);
    if (hold != null) {
      return hold;
    }
    HeldMoney held = book.holds.get(c.holdId());
    if (held == null) {
      throw new SimFailure("a hold that is drawn is there");
    }
    if (c.toId() == held.userId) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (held.state != Held.HELD) {
      return RefusalCode.HOLD_CLOSED;
    }
    Move move = new Move(held.userId, c.toId(), held.asset, drawn(held, c), 0);
    if (!book.isHere(c.toId())) {
      return isFull(book, List.of(move)) ? RefusalCode.OVERLOADED : null;
    }
    return AuditedLimits.noCredit(book.wallet(c.toId(), held.asset), move.amountMinor());
  }

  static long drawn(HeldMoney held, DrawHold c) {
    return c.amountMinor() == PostHold.ALL ? held.left : c.amountMinor();
  }

  private static PostHold asPost(DrawHold c) {
    return new PostHold(c.key(), c.ownerId(), c.holdId(), c.amountMinor(), c.receipt(), "op");
  }
}
