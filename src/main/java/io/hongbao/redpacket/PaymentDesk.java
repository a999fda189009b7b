// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.PaymentEffect.AskPayment;
import io.hongbao.redpacket.PaymentEffect.ClosePayment;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.RedPacketEvent.OrderCancelled;
import io.hongbao.redpacket.RedPacketEvent.OrderEvicted;
import io.hongbao.redpacket.RedPacketEvent.OrderPaid;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentEvicted;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentRefunded;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentTaken;
import org.jspecify.annotations.Nullable;

/**
 * What the sender's partition decides about payments: what a provider says, what it is asked, what
 * it is to give back.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Invariant:</b> a payment that a provider names is taken once: by its order, or as a stray
 * one that goes back in full, however late the word of it comes.
 */
final class PaymentDesk {

  /** A silent provider is asked at growing distances, at most this far apart. */
  private static final long QUERY_MAX_MS = 600_000;

  /** An order is not forgotten before its packet could at all be closed; looks again after this. */
  private static final long EVICT_AGAIN_MS = 60_000;

  private static final long RETRY_MS = 1_000;

  private final RedPackets state;
  private final PartitionParts parts;
  private final PacketLimits limits;
  private final Neighbourhood around;
  private final SenderDesk sender;

  PaymentDesk(RedPackets state, PacketLimits limits, Neighbourhood around, SenderDesk sender) {
    this.state = state;
    this.parts = state.parts;
    this.limits = limits;
    this.around = around;
    this.sender = sender;
  }

  void take(TakePayment command, Decision decision) {
    PacketOrder order = state.order(command.packetId());
    if (order == null
        || order.provider().isEmpty()
        // One provider's key must not pay what was ordered from another.
        || !order.provider().equals(command.provider())
        || !isMoney(command)) {
      decision.refuse(RefusalCode.NOTICE_MISMATCH);
      return;
    }
    decision.looked(order.position());
    StrayPayment known = state.stray(command.packetId(), command.paymentId());
    boolean isKnownStray = known != null;
    if (known != null) {
      decision.looked(known.position());
    }
    switch (PaymentRule.judge(order, command, isKnownStray, decision.nowMs())) {
      case KNOWN -> {
        endIfUnpaid(order, decision);
        decision.answer(new PaymentTaken(isKnownStray));
      }
      case PAYS -> {
        PacketTerms terms = Check.present(order.terms(), "terms of an unpaid order");
        PacketSpec spec = SenderDesk.spec(order.packetId(), order.senderId(), terms, decision);
        decision.emit(new OrderPaid(spec, command.paymentId(), command.paidAtMs()));
        decision.answer(new PaymentTaken(false));
      }
      case STRAY -> {
        StrayReason reason = PaymentRule.strayReason(order, command, decision.nowMs());
        takeStray(
            command,
            order.senderId(),
            order.asset(),
            Check.present(reason, "reason of a refund"),
            decision);
      }
    }
  }

  /**
   * A payment of an order that has left memory; the edge has found the order in the read model.
   *
   * <p>Order: not money or not this provider's (mismatch), known, what was found is too old
   * (overloaded, to be looked for again), no id left (overloaded).
   */
  void takeLate(TakeLatePayment command, Decision decision) {
    TakePayment payment = command.payment();
    PastOrder order = command.order();
    if (state.order(payment.packetId()) != null) {
      take(payment, decision);
      return;
    }
    if (!order.provider().equals(payment.provider()) || !isMoney(payment)) {
      decision.refuse(RefusalCode.NOTICE_MISMATCH);
      return;
    }
    StrayPayment known = state.stray(payment.packetId(), payment.paymentId());
    if (known != null) {
      decision.looked(known.position());
      decision.answer(new PaymentTaken(true));
      return;
    }
    if (order.isKnownStray() || payment.paymentId().equals(order.paymentId())) {
      // It is durable where it was read.
      decision.answer(new PaymentTaken(order.isKnownStray()));
      return;
    }
    // What was taken since the read model was asked is still in memory, unless so much time has
    // gone by that it may have been refunded and forgotten again.
    if (decision.nowMs() - command.foundAtMs() >= limits.evictAfterMs()) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    takeStray(payment, order.senderId(), order.asset(), PaymentRule.strayReason(order), decision);
  }

  private void takeStray(
      TakePayment payment, long senderId, int orderedAsset, StrayReason reason, Decision decision) {
    if (!parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    long packetId = payment.packetId();
    long amountMinor = payment.amountMinor();
    int asset = payment.asset() == TakePayment.ORDERED_ASSET ? orderedAsset : payment.asset();
    long refundId = parts.ids().next(decision.nowMs(), Slot.of(senderId));
    decision.emit(
        new StrayPaymentTaken(
            packetId,
            senderId,
            payment.provider(),
            refundId,
            asset,
            amountMinor,
            payment.paymentId(),
            reason));
    PacketOrder order = state.order(packetId);
    if (order != null) {
      endIfUnpaid(order, decision);
    }
    decision.perform(new RefundPayment(payment.provider(), packetId, refundId, asset, amountMinor));
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
    decision.answer(sender.shown(order(command.packetId())));
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
      decision.perform(SenderDesk.prepay(order, terms));
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
            && mayStraysGo(packetId);
    if (mayGo) {
      decision.emit(new OrderEvicted(packetId));
    } else {
      decision.timer(
          decision.nowMs() + EVICT_AGAIN_MS, RedPacketApplier.TIMER_EVICT_ORDER, packetId);
    }
  }

  /** A stray payment that came after its order had gone is forgotten some days after its end. */
  void strayEvictionTimer(long refundId, Decision decision) {
    StrayPayment stray = state.strays.get(refundId);
    if (stray == null || state.order(stray.packetId()) != null) {
      return;
    }
    if (decision.nowMs() >= stray.refundedAtMs() + limits.evictAfterMs() && mayGo(stray)) {
      decision.emit(new StrayPaymentEvicted(stray.packetId(), refundId));
    } else {
      decision.timer(
          decision.nowMs() + EVICT_AGAIN_MS, RedPacketApplier.TIMER_EVICT_STRAY, refundId);
    }
  }

  private boolean mayStraysGo(long packetId) {
    for (StrayPayment stray : state.strays.values()) {
      if (stray.packetId() == packetId && !mayGo(stray)) {
        return false;
      }
    }
    return true;
  }

  // Once it has gone, the read model is where a copy of its notice is known from.
  private boolean mayGo(StrayPayment stray) {
    return stray.isRefunded() && around.isExported(parts.partition(), stray.position());
  }

  private boolean isMoney(TakePayment payment) {
    return PaymentRule.isMoney(payment, around.balanceMinorMax(payment.asset()) > 0);
  }

  private PacketOrder order(long packetId) {
    return Check.present(state.order(packetId), "order");
  }
}
