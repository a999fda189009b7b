// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Command;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.sim.AuditedPartition.Order;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.AuditedPartition.Stage;

/** Which commands must leave a trace, or wait for one, when they are not refused. */
final class AuditedChange {

  private AuditedChange() {}

  static boolean mustChange(AuditedPartition book, Command command) {
    return switch (command) {
          case TopUp c -> true;
          case ReverseTransaction c -> true;
          case PlaceHold c -> true;
          case PostHold c -> true;
          case ReleaseHold c -> true;
          case SendPacket c -> true;
          case OpenPacket c -> true;
          case BookTransfer c -> true;
          case BookBatch c -> true;
          case ReverseTransfer c -> true;
          case DrawHold c -> true;
          case SettleSuspense c -> true;
          case GrabPacket c -> false;
          case ReadOrder c -> waits(book, c);
          default -> false;
        }
        && !hasShare(book, command);
  }

  // It is asked again when the order goes on, and then there may be no room for it.
  private static boolean waits(AuditedPartition book, ReadOrder read) {
    Order order = book.orders.get(read.packetId());
    return read.untilCreated() && order != null && order.stage == Stage.SENDING;
  }

  // An open that drew now has its share too; it changed something, so this is not asked.
  private static boolean hasShare(AuditedPartition book, Command command) {
    if (command instanceof OpenPacket open) {
      Packet packet = book.packets.get(open.packetId());
      return packet != null && packet.shareOf(open.viewer().userId()) != null;
    }
    return false;
  }

  static boolean isBusy(AuditedPartition book, Command command) {
    long packetId =
        switch (command) {
          case OpenPacket c -> c.packetId();
          case GrabPacket c -> c.packetId();
          default -> 0;
        };
    Packet packet = book.packets.get(packetId);
    return packet != null && !packet.opens.isEmpty();
  }
}
