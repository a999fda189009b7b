// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.Reserved;
import io.hongbao.redpacket.RedPacketAnswer.Share;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.RedPacketEvent.PacketEvicted;
import io.hongbao.redpacket.RedPacketEvent.PacketExpired;
import io.hongbao.redpacket.RedPacketEvent.ShareOpened;
import io.hongbao.redpacket.RedPacketEvent.ShareReserved;
import io.hongbao.redpacket.draw.DrawCommitter;
import io.hongbao.redpacket.draw.FairDraw;
import io.hongbao.redpacket.draw.LiveDraw;
import io.hongbao.redpacket.draw.ShareChance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the packet's own partition decides: grab, open, details, expiry, eviction.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class PacketDesk {

  private static final long EVICT_AGAIN_MS = 60_000;
  private static final long RETRY_MS = 200;

  /**
   * Reservations of one packet in its whole life, lapsed ones too: who has one gets no second, so
   * all are kept and looked through. Five rounds of the largest packet; after that a share is whose
   * open comes first, as in classic mode.
   */
  static final int RESERVATIONS_MAX = 10_000;

  private final RedPackets state;
  private final PartitionParts parts;
  private final PacketLimits limits;
  private final Neighbourhood around;
  private final ShareChance chance = new ShareChance();
  private final DrawCommitter committer = new DrawCommitter();

  PacketDesk(RedPackets state, PacketLimits limits, Neighbourhood around) {
    this.state = state;
    this.parts = state.parts;
    this.limits = limits;
    this.around = around;
  }

  void grab(GrabPacket command, Decision decision) {
    RedPacket packet = visible(command.packetId(), command.viewer(), decision);
    if (packet == null) {
      return;
    }
    long userId = command.viewer().userId();
    if (answeredByShare(packet, userId, decision)) {
      return;
    }
    RefusalCode objection = OpenRule.judge(packet, userId, decision.nowMs(), limits);
    if (objection != null) {
      refuse(packet, objection, decision);
      return;
    }
    long untilMs = packet.reservedUntilMs(userId);
    boolean reserves =
        packet.spec().terms().grabMode() == GrabMode.RESERVE
            && untilMs == 0
            && packet.reservationCount() < RESERVATIONS_MAX;
    if (reserves) {
      // Never before an earlier one's end, which a configuration since changed may have set later:
      // whoever looks for live reservations goes by that order.
      untilMs = Math.max(decision.nowMs() + limits.reserveMs(), packet.lastReservedUntilMs());
      decision.emit(new ShareReserved(command.packetId(), userId, untilMs));
    }
    // A reservation that has lapsed is not given again; there is still a share to be had.
    boolean isKept = untilMs > decision.nowMs();
    decision.answer(new Reserved(command.packetId(), isKept ? untilMs : 0));
  }

  void open(OpenPacket command, Decision decision) {
    RedPacket packet = visible(command.packetId(), command.viewer(), decision);
    if (packet == null) {
      return;
    }
    long userId = command.viewer().userId();
    if (answeredByShare(packet, userId, decision)) {
      return;
    }
    RefusalCode objection = OpenRule.judge(packet, userId, decision.nowMs(), limits);
    if (objection != null) {
      refuse(packet, objection, decision);
      return;
    }
    if (!command.isAdmitted()) {
      // Last in the order of answers, so that a full gate changes no other one.
      refuse(packet, RefusalCode.PACKET_OVERLOADED, decision);
      return;
    }
    if (!decision.hasOutboxRoom(state.partitionOf(userId), false)) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    int place = packet.openedCount() + 1;
    long amountMinor = draw(packet, place);
    int asset = packet.spec().terms().asset();
    decision.emit(new ShareOpened(command.packetId(), userId, place, asset, amountMinor));
    if (packet.leftCount() == 0) {
      close(packet, PacketState.EMPTY, decision);
    }
    packet.opensInFlight(1);
    decision.publish(() -> packet.opensInFlight(-1));
    decision.answer(shareShown(packet, place, true));
  }

  private long draw(RedPacket packet, int place) {
    PacketSpec spec = packet.spec();
    PacketTerms terms = spec.terms();
    return switch (terms.kind()) {
      case LUCKY_LIVE ->
          LiveDraw.shareMinor(
              chance,
              spec.seed(),
              spec.packetId(),
              place,
              packet.leftMinor(),
              packet.leftCount(),
              PacketSpec.SHARE_MINOR_MIN);
      case LUCKY_FAIR -> {
        if (packet.fairShares().length == 0) {
          packet.fairShares(
              FairDraw.sharesMinor(
                  chance,
                  spec.seed(),
                  spec.packetId(),
                  terms.totalMinor(),
                  terms.count(),
                  PacketSpec.SHARE_MINOR_MIN));
        }
        yield packet.fairShares()[place - 1];
      }
      case EQUAL -> terms.totalMinor() / terms.count();
      case EXCLUSIVE -> terms.totalMinor();
    };
  }

  void read(ReadPacket command, Decision decision) {
    RedPacket packet = state.packet(command.packetId());
    if (packet == null || !OpenRule.maySee(packet, command.viewer(), around)) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    decision.looked(packet.position());
    decision.answer(shown(packet, command.viewer().userId(), decision.nowMs()));
  }

  // From the packets one by one, never from a running total, so that nothing wrong can hide.
  void readBooks(Decision decision) {
    int[] counts = new int[AccountKey.ASSET_MAX + 1];
    long[] lefts = new long[counts.length];
    state.forEachPacket(
        packet -> {
          int asset = packet.spec().terms().asset();
          counts[asset]++;
          lefts[asset] = Math.addExact(lefts[asset], packet.leftMinor());
        });
    List<PacketBooksShown.Left> shown = new ArrayList<>();
    for (int asset = 0; asset < counts.length; asset++) {
      if (counts[asset] > 0) {
        shown.add(new PacketBooksShown.Left(asset, counts[asset], lefts[asset]));
      }
    }
    decision.answer(new PacketBooksShown(decision.lookedAtEverything(), shown));
  }

  private PacketShown shown(RedPacket packet, long viewerId, long nowMs) {
    Share[] shares = new Share[packet.openedCount()];
    for (int place = 1; place <= shares.length; place++) {
      shares[place - 1] =
          new Share(
              place,
              packet.openerId(place),
              packet.amountMinor(place),
              packet.openedAtMs(place),
              packet.isCredited(place));
    }
    long reservedUntilMs = packet.reservedUntilMs(viewerId);
    return new PacketShown(
        packet.spec(),
        committer.commit(packet.spec().drawTerms(), packet.spec().seed()),
        packet.state(),
        packet.leftMinor(),
        packet.leftCount(),
        packet.returnedMinor(),
        packet.closedAtMs(),
        packet.bestPlace(),
        shares,
        packet.placeOf(viewerId),
        reservedUntilMs > nowMs ? reservedUntilMs : 0,
        packet.liveReservations(nowMs),
        packet.state() != PacketState.OPEN,
        packet.position());
  }

  private @Nullable RedPacket visible(long packetId, Viewer viewer, Decision decision) {
    RedPacket packet = state.packet(packetId);
    if (packet == null || !OpenRule.maySee(packet, viewer, around)) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return null;
    }
    decision.looked(packet.position());
    if (!OpenRule.mayOpen(packet, viewer)) {
      decision.refuse(RefusalCode.FORBIDDEN);
      return null;
    }
    return packet;
  }

  private boolean answeredByShare(RedPacket packet, long userId, Decision decision) {
    // Comes before every refusal: a client that lost our answer asks again, perhaps after the
    // packet ran empty, and must then hear of the share it owns, not that it came too late.
    int place = packet.placeOf(userId);
    if (place > 0) {
      decision.answer(shareShown(packet, place, false));
    }
    return place > 0;
  }

  private static ShareShown shareShown(RedPacket packet, int place, boolean isFirst) {
    return new ShareShown(
        packet.spec().packetId(),
        place,
        packet.spec().terms().asset(),
        packet.amountMinor(place),
        packet.openedAtMs(place),
        packet.isCredited(place),
        isFirst);
  }

  private static void refuse(RedPacket packet, RefusalCode code, Decision decision) {
    long retryMs =
        switch (code) {
          case ALL_RESERVED -> OpenRule.retryAfterMs(packet, decision.nowMs());
          case PACKET_OVERLOADED -> RETRY_MS;
          default -> 0;
        };
    decision.refuse(code, retryMs);
  }

  private void close(RedPacket packet, PacketState to, Decision decision) {
    decision.emit(
        new PacketClosed(packet.spec().packetId(), to, packet.bestPlace(), packet.spec().seed()));
  }

  /** At expiry, or at the end of the last reservation that outlives it, the rest goes back. */
  void expiryTimer(long packetId, Decision decision) {
    RedPacket packet = state.packet(packetId);
    if (packet == null || packet.state() != PacketState.OPEN) {
      return;
    }
    long nowMs = decision.nowMs();
    long dueMs = Math.max(packet.spec().expiresAtMs(), packet.lastReservationMs(nowMs));
    if (nowMs < dueMs) {
      decision.timer(dueMs, RedPacketApplier.TIMER_EXPIRY, packetId);
      return;
    }
    if (!decision.hasOutboxRoom(state.partitionOf(packet.spec().senderId()), true)) {
      decision.timer(nowMs + RETRY_MS, RedPacketApplier.TIMER_EXPIRY, packetId);
      return;
    }
    int asset = packet.spec().terms().asset();
    decision.emit(new PacketExpired(packetId, asset, packet.leftMinor()));
    close(packet, PacketState.EXPIRED, decision);
  }

  void evictionTimer(long packetId, Decision decision) {
    RedPacket packet = state.packet(packetId);
    if (packet == null) {
      return;
    }
    Check.that(packet.state() != PacketState.OPEN, "an open packet has no eviction timer");
    if (packet.pendingTransfers() == 0 && around.isExported(parts.partition(), packet.position())) {
      decision.emit(new PacketEvicted(packetId));
    } else {
      decision.timer(
          decision.nowMs() + EVICT_AGAIN_MS, RedPacketApplier.TIMER_EVICT_PACKET, packetId);
    }
  }
}
