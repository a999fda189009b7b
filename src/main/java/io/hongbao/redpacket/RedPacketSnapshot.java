// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.redpacket;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Check;
import io.hongbao.model.StateHash;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import org.jspecify.annotations.Nullable;

/** Writes and reads the state of red packets; timers are set again from what is read. */
final class RedPacketSnapshot {

  private static final int VERSION = 1;

  private final RedPackets state;
  private final RedPacketApplier applier;
  private final PacketLimits limits;

  RedPacketSnapshot(RedPackets state, RedPacketApplier applier, PacketLimits limits) {
    this.state = state;
    this.applier = applier;
    this.limits = limits;
  }

  void save(SnapshotOutput out) {
    out.putInt(VERSION);
    out.putInt(state.packets.size());
    state.packets.values().forEach(packet -> save(packet, out));
    out.putInt(state.orders.size());
    state.orders.values().forEach(order -> save(order, out));
    out.putInt(state.strays.size());
    state.strays.values().forEach(stray -> save(stray, out));
  }

  void load(SnapshotInput in) {
    Check.equal(in.getInt(), VERSION, "version of the red packets' snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      loadPacket(in);
    }
    for (int i = in.getInt(); i > 0; i--) {
      loadOrder(in);
    }
    for (int i = in.getInt(); i > 0; i--) {
      loadStray(in);
    }
  }

  private static void save(RedPacket packet, SnapshotOutput out) {
    save(packet.spec(), out);
    out.putByte(packet.state().number());
    out.putLong(packet.leftMinor());
    out.putLong(packet.returnedMinor());
    out.putLong(packet.closedAtMs());
    out.putInt(packet.pendingTransfers());
    out.putLong(packet.position());
    out.putInt(packet.reservationCount());
    for (int i = 0; i < packet.reservationCount(); i++) {
      out.putLong(packet.reserverId(i));
      out.putLong(packet.reservationUntilMs(i));
    }
    out.putInt(packet.openedCount());
    for (int place = 1; place <= packet.openedCount(); place++) {
      out.putLong(packet.openerId(place));
      out.putLong(packet.amountMinor(place));
      out.putLong(packet.openedAtMs(place));
      out.putByte(packet.isCredited(place) ? 1 : 0);
    }
  }

  private void loadPacket(SnapshotInput in) {
    // Rebuilt through the same steps as by events, against a hash of its own; the real one is
    // entered at the end, when the packet is whole.
    StateHash scratch = new StateHash();
    RedPacket packet = new RedPacket(loadSpec(in), 0);
    PacketState packetState = PacketState.ofNumber(in.getByte());
    long left = in.getLong();
    long returned = in.getLong();
    long closedAtMs = in.getLong();
    int pending = in.getInt();
    long position = in.getLong();
    for (int i = in.getInt(); i > 0; i--) {
      long userId = in.getLong();
      packet.reserve(scratch, userId, in.getLong(), 0);
    }
    int opened = in.getInt();
    for (int place = 1; place <= opened; place++) {
      long userId = in.getLong();
      long amount = in.getLong();
      packet.open(scratch, userId, place, amount, in.getLong(), 0);
      if (in.getByte() == 1) {
        packet.credit(scratch, place, 0);
      }
    }
    packet.restore(packetState, left, returned, closedAtMs, pending, position);
    packet.enter(state.parts.stateHash());
    state.packets.put(packet.spec().packetId(), packet);
    if (packetState == PacketState.OPEN) {
      applier.timer(
          packet.spec().expiresAtMs(), RedPacketApplier.TIMER_EXPIRY, packet.spec().packetId());
    } else {
      applier.timer(
          closedAtMs + limits.evictAfterMs(),
          RedPacketApplier.TIMER_EVICT_PACKET,
          packet.spec().packetId());
    }
  }

  private static void save(PacketSpec spec, SnapshotOutput out) {
    out.putLong(spec.packetId());
    out.putLong(spec.senderId());
    save(spec.terms(), out);
    out.putLong(spec.sentAtMs());
    out.putLong(spec.expiresAtMs());
    out.putLong(spec.claimHigh());
    out.putLong(spec.claimLow());
    out.putLong(spec.seed().word0());
    out.putLong(spec.seed().word1());
    out.putLong(spec.seed().word2());
    out.putLong(spec.seed().word3());
  }

  private static PacketSpec loadSpec(SnapshotInput in) {
    long packetId = in.getLong();
    long senderId = in.getLong();
    PacketTerms terms = loadTerms(in);
    long sentAtMs = in.getLong();
    long expiresAtMs = in.getLong();
    long claimHigh = in.getLong();
    long claimLow = in.getLong();
    DrawSeed seed = new DrawSeed(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    return new PacketSpec(
        packetId, senderId, terms, sentAtMs, expiresAtMs, claimHigh, claimLow, seed);
  }

  private static void save(PacketTerms terms, SnapshotOutput out) {
    out.putByte(terms.kind().number());
    out.putByte(terms.grabMode().number());
    out.putInt(terms.asset());
    out.putLong(terms.totalMinor());
    out.putInt(terms.count());
    out.putLong(terms.roomId());
    out.putLong(terms.recipientId());
    out.putBytes(SpecCodec.bytes(terms.nonce()));
    out.putText(terms.greeting());
    out.putText(terms.cover());
  }

  private static PacketTerms loadTerms(SnapshotInput in) {
    PacketKind kind = PacketKind.ofNumber(in.getByte());
    GrabMode mode = GrabMode.ofNumber(in.getByte());
    int asset = in.getInt();
    long total = in.getLong();
    int count = in.getInt();
    long roomId = in.getLong();
    long recipientId = in.getLong();
    SenderNonce nonce = SenderNonce.ofBytes(in.getBytes());
    String greeting = in.getText();
    return new PacketTerms(
        kind, mode, asset, total, count, roomId, recipientId, nonce, greeting, in.getText());
  }

  // Snapshots hold the place in State: a new constant goes to the end.
  @SuppressWarnings("EnumOrdinal")
  private static void save(PacketOrder order, SnapshotOutput out) {
    out.putLong(order.packetId());
    out.putLong(order.senderId());
    out.putInt(order.asset());
    out.putByte(order.state().ordinal());
    PacketTerms terms = order.terms();
    out.putByte(terms == null ? 0 : 1);
    if (terms != null) {
      save(terms, out);
    }
    out.putText(order.provider());
    out.putLong(order.payBeforeMs());
    out.putText(order.paymentId());
    out.putLong(order.closedAtMs());
    out.putLong(order.position());
  }

  @SuppressWarnings("EnumOrdinal")
  private void loadOrder(SnapshotInput in) {
    long packetId = in.getLong();
    long senderId = in.getLong();
    int asset = in.getInt();
    PacketOrder.State orderState = PacketOrder.State.values()[in.getByte()];
    @Nullable PacketTerms terms = in.getByte() == 1 ? loadTerms(in) : null;
    String provider = in.getText();
    long payBeforeMs = in.getLong();
    String paymentId = in.getText();
    long closedAtMs = in.getLong();
    PacketOrder order =
        new PacketOrder(
            packetId,
            senderId,
            asset,
            orderState,
            terms,
            provider,
            payBeforeMs,
            paymentId,
            closedAtMs,
            in.getLong());
    state.put(order);
    switch (orderState) {
      case UNPAID -> applier.askLater(payBeforeMs, packetId);
      case CREATED, CANCELLED ->
          applier.timer(
              closedAtMs + limits.evictAfterMs(), RedPacketApplier.TIMER_EVICT_ORDER, packetId);
      case SENDING -> {}
    }
  }

  private static void save(StrayPayment stray, SnapshotOutput out) {
    out.putLong(stray.refundId());
    out.putLong(stray.packetId());
    out.putText(stray.provider());
    out.putInt(stray.asset());
    out.putLong(stray.amountMinor());
    out.putText(stray.paymentId());
    out.putByte(stray.reason().number());
    out.putLong(stray.refundedAtMs());
    out.putLong(stray.position());
  }

  private void loadStray(SnapshotInput in) {
    StrayPayment stray =
        new StrayPayment(
            in.getLong(),
            in.getLong(),
            in.getText(),
            in.getInt(),
            in.getLong(),
            in.getText(),
            StrayReason.ofNumber(in.getByte()),
            in.getLong(),
            in.getLong());
    state.strays.put(stray.refundId(), stray);
    state.parts.stateHash().add(stray.digest());
    if (stray.isRefunded()) {
      applier.forgetLater(stray);
    } else {
      // Due at once: how long it has waited is not kept, and asking is harmless.
      applier.timer(0, RedPacketApplier.TIMER_REFUND, stray.refundId());
    }
  }
}
