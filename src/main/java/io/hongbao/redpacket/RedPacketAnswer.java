// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Answer;
import io.hongbao.redpacket.draw.DrawCommitment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told about red packets. */
public sealed interface RedPacketAnswer extends Answer {

  /**
   * The sender's side.
   *
   * @param spec the packet that is on its way; null before the payment and after the arrival
   */
  record OrderShown(PacketOrder order, @Nullable PacketSpec spec) implements RedPacketAnswer {}

  /** A payment was taken, now or before. */
  record PaymentTaken(boolean isStray) implements RedPacketAnswer {}

  /**
   * A share is to be had.
   *
   * @param untilMs end of the time for which it is kept for the user; 0 when none is kept
   */
  record Reserved(long packetId, long untilMs) implements RedPacketAnswer {

    public boolean isKept() {
      return untilMs > 0;
    }
  }

  /**
   * The user's share.
   *
   * @param isFirst whether this very call drew it
   */
  record ShareShown(
      long packetId,
      int place,
      int asset,
      long amountMinor,
      long openedAtMs,
      boolean isCredited,
      boolean isFirst)
      implements RedPacketAnswer {}

  /**
   * Everything about a packet, copied at one position.
   *
   * @param shares in the order of their places
   * @param viewerPlace place of the viewer's own share, 0 if none
   * @param viewerReservedUntilMs end of his live reservation, 0 if none
   * @param reservedCount live reservations of everybody
   * @param isSeedPublic whether the packet is closed, so that its seed may be shown
   * @param position last change of the packet in its partition
   */
  record PacketShown(
      PacketSpec spec,
      DrawCommitment commitment,
      PacketState state,
      long leftMinor,
      int leftCount,
      long returnedMinor,
      long closedAtMs,
      int bestPlace,
      Share[] shares,
      int viewerPlace,
      long viewerReservedUntilMs,
      int reservedCount,
      boolean isSeedPublic,
      long position)
      implements RedPacketAnswer {

    /** The viewer's own share, if he has one. */
    public @Nullable Share viewerShare() {
      return viewerPlace == 0 ? null : shares[viewerPlace - 1];
    }
  }

  /** One opened share. */
  record Share(int place, long userId, long amountMinor, long openedAtMs, boolean isCredited) {}

  /**
   * What the packets of a partition have left, added up from the packets themselves.
   *
   * @param sequence position that all of it shows
   */
  record PacketBooksShown(long sequence, List<Left> lefts) implements RedPacketAnswer {
    public PacketBooksShown {
      lefts = List.copyOf(lefts);
    }

    /** Money of one asset in packets; must equal the escrow account. */
    public record Left(int asset, int packetCount, long leftMinor) {}
  }
}
