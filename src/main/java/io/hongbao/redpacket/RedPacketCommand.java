// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.KeyedCommand;

/** What can be asked about red packets; grouped by the partition that decides it. */
public sealed interface RedPacketCommand extends Command {

  @Override
  default int schemaId() {
    return RedPacketCodec.SCHEMA_ID;
  }

  // For the sender's partition.

  /**
   * Sends a packet from the wallet, or orders one that a provider pays.
   *
   * @param provider empty = from the wallet
   */
  record SendPacket(ClientKey key, long senderId, PacketTerms terms, String provider)
      implements RedPacketCommand, KeyedCommand {
    @Override
    public int recordBytesMax() {
      return terms.recordBytesMax();
    }
  }

  /** Asks for the order; with {@code untilCreated}, answers only once the packet has arrived. */
  record ReadOrder(long packetId, long userId, boolean untilCreated) implements RedPacketCommand {}

  /**
   * A provider says that an order is paid. Comes late, doubled, reordered.
   *
   * @param provider who says so; an order is paid by its own provider and no other
   * @param asset what was paid in, or {@link #ORDERED_ASSET} when the provider names none
   */
  record TakePayment(
      long packetId, String provider, String paymentId, int asset, long amountMinor, long paidAtMs)
      implements RedPacketCommand {

    /**
     * The answer to a question about an order is in the order's own asset. Not 0, which is what an
     * asset is called that nobody knows.
     */
    public static final int ORDERED_ASSET = -1;

    // The order's texts are written again.
    @Override
    public int recordBytesMax() {
      return PacketTerms.FIXED_BYTES_MAX + PacketTerms.TEXT_BYTES_MAX;
    }

    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /**
   * The same for an order that has left memory.
   *
   * @param order as the read model has it
   * @param foundAtMs when it was looked for there, on the server's clock
   */
  record TakeLatePayment(TakePayment payment, PastOrder order, long foundAtMs)
      implements RedPacketCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** The provider has said that the order can no longer be paid. */
  record CancelOrder(long packetId) implements RedPacketCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** The provider has said that it gave a stray payment back. */
  record ConfirmRefund(long packetId, long refundId) implements RedPacketCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  // For the packet's partition.

  /** Looks whether a share is to be had, and keeps one for some seconds. */
  record GrabPacket(long packetId, Viewer viewer) implements RedPacketCommand {}

  /**
   * Draws the user's share. The pair of user and packet is its own idempotency key.
   *
   * @param isAdmitted false when the admission gate is full: then everything is answered as ever,
   *     but no share is drawn
   */
  record OpenPacket(long packetId, Viewer viewer, boolean isAdmitted) implements RedPacketCommand {

    /** An open that no gate has turned away. */
    public OpenPacket(long packetId, Viewer viewer) {
      this(packetId, viewer, true);
    }
  }

  /** Asks for everything that the viewer may see. */
  record ReadPacket(long packetId, Viewer viewer) implements RedPacketCommand {}

  /** Adds up what all packets of the partition that was asked have left. */
  record ReadPacketBooks() implements RedPacketCommand {}
}
