// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Command;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.sim.AuditedPartition.Booking;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import io.hongbao.sim.AuditedPartition.Packet;
import org.jspecify.annotations.Nullable;

/** On which position a refusal rests: the last change of what it speaks of. */
final class AuditedRests {

  private AuditedRests() {}

  static long of(AuditedPartition book, Command command, RefusalCode code) {
    return switch (command) {
      case OpenPacket c -> packet(book.packets.get(c.packetId()), code);
      case GrabPacket c -> packet(book.packets.get(c.packetId()), code);
      case SendPacket c ->
          code == RefusalCode.INSUFFICIENT_FUNDS
              ? book.wallet(c.senderId(), c.terms().asset()).lastAt()
              : 0;
      case TopUp c ->
          code == RefusalCode.BALANCE_LIMIT ? book.wallet(c.userId(), c.asset()).lastAt() : 0;
      case PlaceHold c ->
          code == RefusalCode.INSUFFICIENT_FUNDS ? book.wallet(c.userId(), c.asset()).lastAt() : 0;
      case PostHold c -> hold(book.holds.get(c.holdId()), code);
      case ReleaseHold c -> hold(book.holds.get(c.holdId()), code);
      case ReverseTransaction c -> booking(book, book.bookings.get(c.transactionId()), code);
      default -> 0;
    };
  }

  // That something is not there rests on nothing: what was evicted is asked for elsewhere.
  private static long packet(@Nullable Packet packet, RefusalCode code) {
    return packet == null || code == RefusalCode.NOT_FOUND ? 0 : packet.at;
  }

  private static long hold(@Nullable HeldMoney hold, RefusalCode code) {
    return hold == null || code == RefusalCode.HOLD_NOT_FOUND ? 0 : hold.at;
  }

  private static long booking(AuditedPartition book, @Nullable Booking booking, RefusalCode code) {
    if (booking == null || code == RefusalCode.TRANSACTION_NOT_FOUND) {
      return 0;
    }
    return Math.max(booking.at, book.wallet(booking.userId, booking.asset).lastAt());
  }
}
