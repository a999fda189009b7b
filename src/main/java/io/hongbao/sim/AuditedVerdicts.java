// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.ReadAskedHolds;
import io.hongbao.account.AccountCommand.ReadBooks;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Command;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketCommand;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadPacketBooks;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.sim.AuditedPartition.Booking;
import io.hongbao.sim.AuditedPartition.Held;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import io.hongbao.sim.AuditedPartition.Order;
import io.hongbao.sim.AuditedPartition.Packet;
import org.jspecify.annotations.Nullable;

/** Which refusal a command must hear, by the order of refusals that the documents promise. */
final class AuditedVerdicts {

  private final AuditedPackets packets;
  private final AuditedBookings bookings;

  AuditedVerdicts(AuditedPackets packets, AuditedBookings bookings) {
    this.packets = packets;
    this.bookings = bookings;
  }

  @Nullable RefusalCode verdict(AuditedPartition book, Command command, long nowMs) {
    return switch (command) {
      case AccountCommand c -> account(book, c, nowMs);
      case RedPacketCommand c -> packet(book, c, nowMs);
      default -> throw new SimFailure("a command that nobody gave: " + command);
    };
  }

  private @Nullable RefusalCode account(AuditedPartition book, AccountCommand command, long nowMs) {
    return switch (command) {
      case TopUp c -> {
        RefusalCode amount = amount(c.asset(), c.amountMinor());
        yield amount == null
            ? AuditedLimits.noCredit(book.wallet(c.userId(), c.asset()), c.amountMinor())
            : amount;
      }
      case ReverseTransaction c -> {
        Booking booking = book.bookings.get(c.transactionId());
        if (booking == null || booking.userId != c.userId() || !booking.isTopUp) {
          yield RefusalCode.TRANSACTION_NOT_FOUND;
        }
        if (booking.isReversed) {
          yield RefusalCode.ALREADY_REVERSED;
        }
        yield AuditedLimits.noPayment(book.wallet(c.userId(), booking.asset), booking.amount, 0);
      }
      case PlaceHold c -> {
        if (c.deadlineMs() <= nowMs) {
          yield RefusalCode.MALFORMED_REQUEST;
        }
        RefusalCode amount = amount(c.asset(), c.amountMinor());
        yield amount == null
            ? AuditedLimits.noPayment(book.wallet(c.userId(), c.asset()), c.amountMinor(), 0)
            : amount;
      }
      case PostHold c -> post(book, c, nowMs);
      case ReleaseHold c -> {
        HeldMoney hold = book.holds.get(c.holdId());
        if (hold == null || hold.userId != c.userId()) {
          yield RefusalCode.HOLD_NOT_FOUND;
        }
        if (hold.state != Held.HELD) {
          yield RefusalCode.HOLD_CLOSED;
        }
        yield hold.isExternal && c.receipt().isEmpty() ? RefusalCode.HOLD_OUTCOME_UNKNOWN : null;
      }
      case ReadHold c -> {
        HeldMoney hold = book.holds.get(c.holdId());
        yield hold == null || hold.userId != c.userId() ? RefusalCode.HOLD_NOT_FOUND : null;
      }
      case BookTransfer c -> bookings.book(book, c);
      case BookBatch c -> bookings.batch(book, c);
      case ReverseTransfer c -> bookings.reverse(book, c);
      case DrawHold c -> bookings.draw(book, c, nowMs);
      case SettleSuspense c -> AuditedSuspense.verdict(book, c, bookings);
      case ReadSuspense c -> null;
      case ReadAskedHolds c -> null;
      case ReadTransfer c ->
          book.ledger.transfers.containsKey(c.transferId()) ? null : RefusalCode.TRANSFER_NOT_FOUND;
      case ReadAccount c -> null;
      case ReadBooks c -> null;
      default -> throw new SimFailure("a command that nobody gave: " + command);
    };
  }

  private static @Nullable RefusalCode amount(int asset, long amount) {
    if (!SimOptions.isAsset(asset)) {
      return RefusalCode.UNKNOWN_ASSET;
    }
    return amount < 1 || amount > SimOptions.BALANCE_MAX ? RefusalCode.AMOUNT_OUT_OF_RANGE : null;
  }

  static @Nullable RefusalCode post(AuditedPartition book, PostHold c, long nowMs) {
    HeldMoney hold = book.holds.get(c.holdId());
    if (hold == null || hold.userId != c.userId()) {
      return RefusalCode.HOLD_NOT_FOUND;
    }
    if (isLate(hold, c)) {
      return c.amountMinor() > givenBack(hold) ? RefusalCode.HOLD_AMOUNT : null;
    }
    boolean hasLapsed = !hold.isExternal && nowMs >= hold.deadlineMs;
    if (hold.state != Held.HELD || hasLapsed) {
      return RefusalCode.HOLD_CLOSED;
    }
    return c.amountMinor() > hold.left ? RefusalCode.HOLD_AMOUNT : null;
  }

  static long givenBack(HeldMoney hold) {
    return hold.amount - hold.posted - hold.late;
  }

  static boolean isLate(HeldMoney hold, PostHold c) {
    return hold.state == Held.RELEASED
        && hold.isExternal
        && givenBack(hold) > 0
        && !c.receipt().isEmpty();
  }

  private @Nullable RefusalCode packet(
      AuditedPartition book, RedPacketCommand command, long nowMs) {
    return switch (command) {
      case SendPacket c -> send(book, c);
      case ReadOrder c -> {
        Order order = book.orders.get(c.packetId());
        yield order == null || order.senderId != c.userId() ? RefusalCode.NOT_FOUND : null;
      }
      case TakePayment c -> AuditedPayments.verdict(book, c);
      case TakeLatePayment c -> AuditedPayments.verdict(book, c, nowMs);
      case CancelOrder c -> book.orders.containsKey(c.packetId()) ? null : RefusalCode.NOT_FOUND;
      case ConfirmRefund c -> book.strays.containsKey(c.refundId()) ? null : RefusalCode.NOT_FOUND;
      case GrabPacket c -> share(book, c.packetId(), c.viewer(), nowMs);
      case OpenPacket c -> share(book, c.packetId(), c.viewer(), nowMs);
      case ReadPacket c ->
          visible(book, c.packetId(), c.viewer()) == null ? RefusalCode.NOT_FOUND : null;
      case ReadPacketBooks c -> null;
    };
  }

  @Nullable Packet visible(AuditedPartition book, long packetId, Viewer viewer) {
    Packet packet = book.packets.get(packetId);
    return packet != null
            && packets.maySee(packet, viewer.userId(), viewer.claimHigh(), viewer.claimLow())
        ? packet
        : null;
  }

  private @Nullable RefusalCode share(
      AuditedPartition book, long packetId, Viewer viewer, long nowMs) {
    Packet packet = visible(book, packetId, viewer);
    if (packet == null) {
      return RefusalCode.NOT_FOUND;
    }
    if (AuditedPackets.isForbidden(packet, viewer.userId())) {
      return RefusalCode.FORBIDDEN;
    }
    return packet.shareOf(viewer.userId()) != null
        ? null
        : AuditedPackets.verdict(packet, viewer.userId(), nowMs);
  }

  private static @Nullable RefusalCode send(AuditedPartition book, SendPacket c) {
    RefusalCode terms = terms(c.terms(), c.senderId());
    if (terms != null) {
      return terms;
    }
    if (!c.provider().isEmpty()) {
      return c.provider().equals(SimOptions.PROVIDER) ? null : RefusalCode.PROVIDER_UNKNOWN;
    }
    return AuditedLimits.noPayment(
        book.wallet(c.senderId(), c.terms().asset()), c.terms().totalMinor(), 0);
  }

  private static @Nullable RefusalCode terms(PacketTerms t, long senderId) {
    if (!SimOptions.isAsset(t.asset())) {
      return RefusalCode.UNKNOWN_ASSET;
    }
    if (t.totalMinor() < 1 || t.totalMinor() > SimOptions.TOTAL_MAX) {
      return RefusalCode.TOTAL_OUT_OF_RANGE;
    }
    boolean isExclusive = t.kind() == PacketKind.EXCLUSIVE;
    if (t.count() < 1 || t.count() > SimOptions.COUNT_MAX || (isExclusive && t.count() > 1)) {
      return RefusalCode.COUNT_OUT_OF_RANGE;
    }
    if (t.totalMinor() < t.count()) {
      return RefusalCode.SHARE_TOO_SMALL;
    }
    if (t.totalMinor() / t.count() > SimOptions.SHARE_MAX) {
      return RefusalCode.SHARE_TOO_LARGE;
    }
    if (t.kind() == PacketKind.EQUAL && t.totalMinor() % t.count() != 0) {
      return RefusalCode.INDIVISIBLE;
    }
    if (t.greeting().length() > SimOptions.TEXT_MAX) {
      return RefusalCode.GREETING_TOO_LONG;
    }
    boolean toRoom = t.roomId() != 0;
    boolean toUser = t.recipientId() != 0;
    if (toRoom == toUser || (isExclusive && toRoom) || t.recipientId() == senderId) {
      return RefusalCode.AUDIENCE_INVALID;
    }
    return toRoom && !SimOptions.isInRoom(t.roomId(), senderId) ? RefusalCode.NOT_A_MEMBER : null;
  }
}
