// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.draw.PacketKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may see a packet and whether a grab or an open gets a share; changes nothing itself.
 *
 * <p>Order of answers, on which clients rely: not found, already has a share, expired, empty, all
 * reserved, packet overloaded.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class OpenRule {

  private OpenRule() {}

  /** Whether the packet exists for this viewer: others hear that there is nothing. */
  static boolean maySee(RedPacket packet, Viewer viewer, Neighbourhood around) {
    PacketTerms terms = packet.spec().terms();
    return packet.spec().senderId() == viewer.userId()
        || terms.recipientId() == viewer.userId()
        || viewer.knowsCodeOf(packet.spec())
        || (terms.roomId() != 0 && around.isInRoom(terms.roomId(), viewer.userId()))
        || packet.placeOf(viewer.userId()) > 0;
  }

  /** Whether the viewer, who may see the packet, is one of those for whom it is meant. */
  static boolean mayOpen(RedPacket packet, Viewer viewer) {
    PacketTerms terms = packet.spec().terms();
    if (terms.kind() == PacketKind.EXCLUSIVE) {
      return terms.recipientId() == viewer.userId();
    }
    return terms.recipientId() == 0 || packet.spec().senderId() != viewer.userId();
  }

  /**
   * Judges an open or a grab of somebody who has no share yet.
   *
   * @return why not, or null when a share is his
   */
  static @Nullable RefusalCode judge(
      RedPacket packet, long userId, long nowMs, PacketLimits limits) {
    boolean hasReservation =
        packet.state() == PacketState.OPEN && packet.reservedUntilMs(userId) > nowMs;
    // A share that was promised in time is kept past the expiry; nothing new is promised.
    if (packet.state() == PacketState.EXPIRED
        || (nowMs >= packet.spec().expiresAtMs()
            && packet.state() == PacketState.OPEN
            && !hasReservation)) {
      return RefusalCode.EXPIRED;
    }
    if (packet.leftCount() == 0) {
      return RefusalCode.EMPTY;
    }
    if (!hasReservation && packet.leftCount() <= packet.liveReservations(nowMs)) {
      return RefusalCode.ALL_RESERVED;
    }
    if (packet.opensInFlight() >= limits.opensInFlightMax()) {
      return RefusalCode.PACKET_OVERLOADED;
    }
    return null;
  }

  /** When somebody who heard {@code all_reserved} may look again. */
  static long retryAfterMs(RedPacket packet, long nowMs) {
    return Math.max(1, packet.nextLapseMs(nowMs) - nowMs);
  }
}
