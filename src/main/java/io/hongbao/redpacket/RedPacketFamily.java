// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
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
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.RedPacketTransfer.CreditShare;
import io.hongbao.redpacket.RedPacketTransfer.ReturnRest;

/** Red packets inside one partition: hands commands, events and timers to whom they concern. */
public final class RedPacketFamily implements Family {

  private final RedPackets state;
  private final RedPacketCodec codec = new RedPacketCodec();
  private final RedPacketApplier applier;
  private final SenderDesk sender;
  private final PaymentDesk payments;
  private final PacketDesk packets;
  private final ReceiverDesk receiver;
  private final RedPacketSnapshot snapshot;
  private final Neighbourhood around;

  private RedPacketFamily(RedPackets state, PacketLimits limits, Neighbourhood around) {
    this.state = state;
    this.around = around;
    this.applier = new RedPacketApplier(state, limits);
    this.sender = new SenderDesk(state, limits, around);
    this.payments = new PaymentDesk(state, limits, around, sender);
    this.packets = new PacketDesk(state, limits, around);
    this.receiver = new ReceiverDesk(state, around);
    this.snapshot = new RedPacketSnapshot(state, applier, limits);
  }

  /** The line of wiring. */
  public static Family.Factory factory(PacketLimits limits, Neighbourhood around) {
    return parts -> new RedPacketFamily(new RedPackets(parts), limits, around);
  }

  public RedPackets state() {
    return state;
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    switch ((RedPacketCommand) command) {
      case SendPacket c -> sender.send(c, decision);
      case ReadOrder c -> sender.read(c, decision);
      case TakePayment c -> payments.take(c, decision);
      case TakeLatePayment c -> payments.takeLate(c, decision);
      case CancelOrder c -> payments.cancel(c, decision);
      case ConfirmRefund c -> payments.confirmRefund(c, decision);
      case GrabPacket c -> packets.grab(c, decision);
      case OpenPacket c -> packets.open(c, decision);
      case ReadPacket c -> packets.read(c, decision);
      case ReadPacketBooks c -> packets.readBooks(decision);
    }
  }

  @Override
  public void recall(KeyedCommand command, long resultId, Decision decision) {
    sender.recall(resultId, decision);
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((RedPacketEvent) event, stamp);
  }

  @Override
  public void acknowledged(Transfer transfer, Stamp stamp) {
    applier.acknowledged((RedPacketTransfer) transfer, stamp);
    if (state.parts.live() && transfer instanceof CreditShare share) {
      long openedAtMs = applier.packet(share.packetId()).openedAtMs(share.place());
      around.credited(stamp.timeMs() - openedAtMs);
    }
  }

  @Override
  public void receive(Transfer transfer, Decision decision) {
    switch ((RedPacketTransfer) transfer) {
      case CreatePacket t -> receiver.create(t, decision);
      case CreditShare t -> receiver.credit(t, decision);
      case ReturnRest t -> receiver.returnRest(t, decision);
    }
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    switch (kind) {
      case RedPacketApplier.TIMER_EXPIRY -> packets.expiryTimer(id, decision);
      case RedPacketApplier.TIMER_EVICT_PACKET -> packets.evictionTimer(id, decision);
      case RedPacketApplier.TIMER_EVICT_ORDER -> payments.evictionTimer(id, decision);
      case RedPacketApplier.TIMER_ORDER -> payments.orderTimer(id, decision);
      case RedPacketApplier.TIMER_REFUND -> payments.refundTimer(id, decision);
      case RedPacketApplier.TIMER_EVICT_STRAY -> payments.strayEvictionTimer(id, decision);
      default -> throw new IllegalStateException("unknown timer of red packets: " + kind);
    }
  }

  @Override
  public void save(SnapshotOutput output) {
    snapshot.save(output);
  }

  @Override
  public void load(SnapshotInput input) {
    snapshot.load(input);
  }
}
