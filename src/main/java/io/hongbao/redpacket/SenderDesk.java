// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.TransferQueue;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.PaymentEffect.AskPayment;
import io.hongbao.redpacket.PaymentEffect.ClosePayment;
import io.hongbao.redpacket.PaymentEffect.Prepay;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.RedPacketEvent.OrderCancelled;
import io.hongbao.redpacket.RedPacketEvent.OrderEvicted;
import io.hongbao.redpacket.RedPacketEvent.OrderPaid;
import io.hongbao.redpacket.RedPacketEvent.PacketOrdered;
import io.hongbao.redpacket.RedPacketEvent.PacketSent;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentRefunded;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentTaken;
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.time.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * What the sender's partition decides: sending, orders, payments.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class SenderDesk {

  /** A silent provider is asked at growing distances, at most this far apart. */
  private static final long QUERY_MAX_MS = 600_000;

  /** An order is not forgotten before its packet could at all be closed; looks again after this. */
  private static final long EVICT_AGAIN_MS = 60_000;

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

  private static Prepay prepay(PacketOrder order, PacketTerms terms) {
    return new Prepay(
        order.provider(),
        order.packetId(),
        order.senderId(),
        terms.asset(),
        terms.totalMinor(),
        order.payBeforeMs());
  }

  private PacketSpec spec(long packetId, long senderId, PacketTerms terms, Decision decision) {
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

  private OrderShown shown(PacketOrder order) {
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

  void take(TakePayment command, Decision decision) {
    PacketOrder order = state.order(command.packetId());
    boolean isKnownAsset = around.balanceMinorMax(command.asset()) > 0;
    if (order == null
        || order.provider().isEmpty()
        // One provider's key must not pay what was ordered from another.
        || !order.provider().equals(command.provider())
        || !PaymentRule.isMoney(command, isKnownAsset)) {
      decision.refuse(RefusalCode.NOTICE_MISMATCH);
      return;
    }
    decision.looked(order.position());
    boolean isKnownStray = state.isKnownStray(command.packetId(), command.paymentId());
    switch (PaymentRule.judge(order, command, isKnownStray, decision.nowMs())) {
      case KNOWN -> {
        endIfUnpaid(order, decision);
        decision.answer(new PaymentTaken(isKnownStray));
      }
      case PAYS -> {
        PacketTerms terms = Check.present(order.terms(), "terms of an unpaid order");
        PacketSpec spec = spec(order.packetId(), order.senderId(), terms, decision);
        decision.emit(new OrderPaid(spec, command.paymentId(), command.paidAtMs()));
        decision.answer(new PaymentTaken(false));
      }
      case STRAY -> takeStray(order, command, decision);
    }
  }

  private void takeStray(PacketOrder order, TakePayment command, Decision decision) {
    if (!parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    StrayReason reason =
        Check.present(
            PaymentRule.strayReason(order, command, decision.nowMs()), "reason of a refund");
    int asset = command.asset() == TakePayment.ORDERED_ASSET ? order.asset() : command.asset();
    int slot = Slot.of(order.senderId());
    long refundId = parts.ids().next(decision.nowMs(), slot);
    decision.emit(
        new StrayPaymentTaken(
            order.packetId(), refundId, asset, command.amountMinor(), command.paymentId(), reason));
    endIfUnpaid(order, decision);
    decision.perform(
        new RefundPayment(
            order.provider(), order.packetId(), refundId, asset, command.amountMinor()));
    decision.answer(new PaymentTaken(true));
  }

  private static void endIfUnpaid(PacketOrder order, Decision decision) {
    if (PaymentRule.endsUnpaid(order, decision.nowMs())) {
      decision.emit(new OrderCancelled(order.packetId()));
    }
  }

  void cancel(CancelOrder command, Decision decision) {
    @Nullable PacketOrder order = state.order(command.packetId());
    if (order == null) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    if (order.state() == PacketOrder.State.UNPAID) {
      decision.emit(new OrderCancelled(command.packetId()));
    }
    decision.looked(order.position());
    decision.answer(shown(order(command.packetId())));
  }

  void confirmRefund(ConfirmRefund command, Decision decision) {
    StrayPayment stray = state.strays.get(command.refundId());
    if (stray == null) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    if (!stray.isRefunded()) {
      decision.emit(new StrayPaymentRefunded(stray.packetId(), stray.refundId()));
    }
    decision.looked(stray.position());
    decision.answer(new PaymentTaken(true));
  }

  /** Asks a silent provider again, or closes an order whose time is up. */
  void orderTimer(long packetId, Decision decision) {
    PacketOrder order = state.order(packetId);
    if (order == null || order.state() != PacketOrder.State.UNPAID) {
      return;
    }
    long nowMs = decision.nowMs();
    PacketTerms terms = order.terms();
    boolean isOver = nowMs > order.payBeforeMs();
    if (!isOver && terms != null) {
      // A crash may have lost the first announcement; repeating it changes nothing at a provider
      // that knows the order.
      decision.perform(prepay(order, terms));
    }
    decision.perform(
        isOver
            ? new ClosePayment(order.provider(), packetId)
            : new AskPayment(order.provider(), packetId));
    long placedMs = order.payBeforeMs() - limits.unpaidMs();
    long distanceMs = Math.min(nowMs - placedMs, QUERY_MAX_MS);
    long again = nowMs + Math.max(distanceMs, limits.queryAfterMs());
    // One question exactly when the time is up, so that the order is closed soon after.
    long due = isOver ? again : Math.min(again, order.payBeforeMs() + 1);
    decision.timer(due, RedPacketApplier.TIMER_ORDER, packetId);
  }

  void refundTimer(long refundId, Decision decision) {
    StrayPayment stray = state.strays.get(refundId);
    if (stray == null || stray.isRefunded()) {
      return;
    }
    decision.perform(
        new RefundPayment(
            stray.provider(), stray.packetId(), refundId, stray.asset(), stray.amountMinor()));
    decision.timer(
        decision.nowMs() + limits.queryAfterMs(), RedPacketApplier.TIMER_REFUND, refundId);
  }

  void evictionTimer(long packetId, Decision decision) {
    PacketOrder order = state.order(packetId);
    if (order == null) {
      return;
    }
    boolean mayGo =
        order.closedAtMs() > 0
            && decision.nowMs() >= order.closedAtMs() + limits.evictAfterMs()
            && around.isExported(parts.partition(), order.position())
            && !hasOpenStray(packetId);
    if (mayGo) {
      decision.emit(new OrderEvicted(packetId));
    } else {
      decision.timer(
          decision.nowMs() + EVICT_AGAIN_MS, RedPacketApplier.TIMER_EVICT_ORDER, packetId);
    }
  }

  private boolean hasOpenStray(long packetId) {
    for (StrayPayment stray : state.strays.values()) {
      if (stray.packetId() == packetId && !stray.isRefunded()) {
        return true;
      }
    }
    return false;
  }

  private PacketOrder order(long packetId) {
    return Check.present(state.order(packetId), "order");
  }
}
