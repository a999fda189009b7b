// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.TransferQueue;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PaymentEffect.Prepay;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketEvent.PacketOrdered;
import io.hongbao.redpacket.RedPacketEvent.PacketSent;
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.time.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * What the sender's partition decides about sends: from the wallet, or to be paid by a provider.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class SenderDesk {

  private static final long RETRY_MS = 1_000;

  private final RedPackets state;
  private final PartitionParts parts;
  private final PacketLimits limits;
  private final Neighbourhood around;

  SenderDesk(RedPackets state, PacketLimits limits, Neighbourhood around) {
    this.state = state;
    this.parts = state.parts;
    this.limits = limits;
    this.around = around;
  }

  void send(SendPacket command, Decision decision) {
    PacketTerms terms = command.terms();
    RefusalCode objection =
        SendRule.judgeTerms(terms, limits, around.balanceMinorMax(terms.asset()));
    if (objection == null) {
      objection = SendRule.judgeAudience(terms, command.senderId(), around);
    }
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    if (!parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    int slot = around.slotForNewPacket(decision.randomness().nextLong());
    long packetId = parts.ids().next(decision.nowMs(), slot);
    if (command.provider().isEmpty()) {
      sendFromWallet(command, packetId, decision);
    } else {
      order(command, packetId, decision);
    }
  }

  private void sendFromWallet(SendPacket command, long packetId, Decision decision) {
    PacketTerms terms = command.terms();
    long wallet = AccountKey.wallet(command.senderId(), terms.asset());
    decision.looked(parts.ledger().position(wallet));
    RefusalCode objection = parts.ledger().objectionToDebit(wallet);
    if (objection != null) {
      decision.looked(parts.ledger().bounds(wallet).position());
      decision.refuse(objection);
      return;
    }
    if (parts.ledger().availableMinor(wallet) < terms.totalMinor()) {
      decision.refuse(RefusalCode.INSUFFICIENT_FUNDS);
      return;
    }
    if (!decision.hasOutboxRoom(state.partitionOf(packetId), false)) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    long balanceAfter = parts.ledger().balanceMinor(wallet) - terms.totalMinor();
    PacketSpec spec = spec(packetId, command.senderId(), terms, decision);
    decision.emit(new PacketSent(spec, balanceAfter));
    decision.accept(new OrderShown(order(packetId), spec), packetId);
  }

  private void order(SendPacket command, long packetId, Decision decision) {
    if (!around.hasProvider(command.provider())) {
      decision.refuse(RefusalCode.PROVIDER_UNKNOWN);
      return;
    }
    PacketTerms terms = command.terms();
    long payBeforeMs = decision.nowMs() + limits.unpaidMs();
    decision.emit(
        new PacketOrdered(packetId, command.senderId(), terms, command.provider(), payBeforeMs));
    decision.perform(prepay(order(packetId), terms));
    decision.accept(new OrderShown(order(packetId), null), packetId);
  }

  static Prepay prepay(PacketOrder order, PacketTerms terms) {
    return new Prepay(
        order.provider(),
        order.packetId(),
        order.senderId(),
        terms.asset(),
        terms.totalMinor(),
        order.payBeforeMs());
  }

  static PacketSpec spec(long packetId, long senderId, PacketTerms terms, Decision decision) {
    Randomness chance = decision.randomness();
    DrawSeed seed =
        new DrawSeed(chance.nextLong(), chance.nextLong(), chance.nextLong(), chance.nextLong());
    return new PacketSpec(
        packetId,
        senderId,
        terms,
        decision.nowMs(),
        decision.nowMs() + PacketSpec.LIFETIME_MS,
        chance.nextLong(),
        chance.nextLong(),
        seed);
  }

  /** Answers the repeat of a send by the order as it stands now. */
  void recall(long packetId, Decision decision) {
    PacketOrder order = state.order(packetId);
    if (order == null) {
      decision.answer(io.hongbao.engine.Refusal.of(RefusalCode.NOT_FOUND));
      return;
    }
    decision.looked(order.position());
    decision.answer(shown(order));
  }

  void read(ReadOrder command, Decision decision) {
    PacketOrder order = state.order(command.packetId());
    if (order == null || order.senderId() != command.userId()) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    if (command.untilCreated() && order.state() == PacketOrder.State.SENDING) {
      decision.park(command.packetId());
      return;
    }
    // "Created" is durable in the packet's partition, which said so; it need not wait here.
    if (order.state() != PacketOrder.State.CREATED) {
      decision.looked(order.position());
    }
    decision.answer(shown(order));
  }

  OrderShown shown(PacketOrder order) {
    return new OrderShown(
        order, order.state() == PacketOrder.State.SENDING ? underWay(order.packetId()) : null);
  }

  // What is being sent lies in the outbox until it has arrived; few ask before that, mostly about
  // the newest.
  private @Nullable PacketSpec underWay(long packetId) {
    TransferQueue queue = parts.outbox().toward(state.partitionOf(packetId));
    for (long number = queue.last(); number > queue.acknowledged(); number--) {
      if (queue.transfer(number) instanceof CreatePacket create
          && create.spec().packetId() == packetId) {
        return create.spec();
      }
    }
    return null;
  }

  private PacketOrder order(long packetId) {
    return Check.present(state.order(packetId), "order");
  }
}
