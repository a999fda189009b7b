// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Answer;
import io.hongbao.redpacket.draw.DrawCommitment;
import org.jspecify.annotations.Nullable;

/** What is told about red packets. */
public sealed interface RedPacketAnswer extends Answer {

  /** The sender's side. */
  record OrderShown(PacketOrder order) implements RedPacketAnswer {}

  /** A payment was taken, now or before. */
  record PaymentTaken(boolean isStray) implements RedPacketAnswer {}

  /** A share is kept for the user; or, in classic mode, there is one to be had. */
  record Reserved(long packetId, long untilMs) implements RedPacketAnswer {}

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
   * @param isSeedPublic whether the packet is closed, so that its seed may be shown
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
      boolean isSeedPublic)
      implements RedPacketAnswer {

    /** The viewer's own share, if he has one. */
    public @Nullable Share viewerShare() {
      return viewerPlace == 0 ? null : shares[viewerPlace - 1];
    }
  }

  /** One opened share. */
  record Share(int place, long userId, long amountMinor, long openedAtMs, boolean isCredited) {}
}
