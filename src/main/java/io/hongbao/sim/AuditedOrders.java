// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.OrderCancelled;
import io.hongbao.redpacket.RedPacketEvent.OrderEvicted;
import io.hongbao.redpacket.RedPacketEvent.OrderPaid;
import io.hongbao.redpacket.RedPacketEvent.PacketOrdered;
import io.hongbao.redpacket.RedPacketEvent.PacketSent;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentEvicted;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentRefunded;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentTaken;
import io.hongbao.redpacket.StrayReason;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.Order;
import io.hongbao.sim.AuditedPartition.Sent;
import io.hongbao.sim.AuditedPartition.Stage;
import io.hongbao.sim.AuditedPartition.Stray;
import io.hongbao.sim.AuditedPartition.Wallet;
import org.jspecify.annotations.Nullable;

/** Follows what a sender's partition does: sends, orders, payments, refunds to providers. */
final class AuditedOrders {

  private final SimOptions options;
  private final AuditedAccounts.ExportedWatch exported;

  AuditedOrders(SimOptions options, AuditedAccounts.ExportedWatch exported) {
    this.options = options;
    this.exported = exported;
  }

  void applied(AuditedPartition book, RedPacketEvent event, AuditContext context, long at) {
    switch (event) {
      case PacketSent e -> sent(book, e, context, at);
      case PacketOrdered e -> ordered(book, e, context, at);
      case OrderPaid e -> paid(book, e, context, at);
      case OrderCancelled e -> cancelled(book, e, context, at);
      case StrayPaymentTaken e -> strayTaken(book, e, context, at);
      case StrayPaymentRefunded e -> strayRefunded(book, e, context, at);
      case OrderEvicted e -> {
        Order order = order(book, e.packetId());
        SimFailure.require(order.closedAtMs > 0, "an order that is under way stays");
        SimFailure.require(
            context.nowMs >= order.closedAtMs + SimOptions.EVICT_AFTER_MS, "forgotten too early");
        SimFailure.require(exported.has(book.number, order.at), "forgotten before exported");
        book.remove(book.orders, e.packetId(), at);
        book.put(book.pastOrders, e.packetId(), order, at);
        for (Stray stray : java.util.List.copyOf(book.strays.values())) {
          if (stray.packetId == e.packetId()) {
            SimFailure.require(stray.isRefunded, "forgotten with a refund under way");
            SimFailure.require(exported.has(book.number, stray.at), "refund not exported");
            book.remove(book.strays, stray.refundId, at);
          }
        }
      }
      case StrayPaymentEvicted e -> strayEvicted(book, e, context, at);
      default -> throw new SimFailure("an event that nobody asked for: " + event);
    }
  }

  private void strayEvicted(
      AuditedPartition book, StrayPaymentEvicted e, AuditContext context, long at) {
    Stray stray = book.strays.get(e.refundId());
    if (stray == null || !stray.isRefunded) {
      throw new SimFailure("forgotten with a refund under way");
    }
    SimFailure.require(!book.orders.containsKey(e.packetId()), "it leaves with its order");
    SimFailure.require(
        context.nowMs >= stray.refundedAtMs + SimOptions.EVICT_AFTER_MS, "forgotten too early");
    SimFailure.require(exported.has(book.number, stray.at), "forgotten before exported");
    book.remove(book.strays, e.refundId(), at);
  }

  static Order order(AuditedPartition book, long packetId) {
    Order order = book.orders.get(packetId);
    if (order == null) {
      throw new SimFailure("an event about order " + packetId + ", which is not there");
    }
    return order;
  }

  private void checkSpec(PacketSpec spec, PacketTerms terms, AuditContext context) {
    SimFailure.same(terms, spec.terms(), "terms of the packet");
    SimFailure.same(context.nowMs, spec.sentAtMs(), "time of the send");
    SimFailure.same(context.nowMs + SimOptions.DAY_MS, spec.expiresAtMs(), "24 hours");
  }

  private Order newOrder(
      AuditedPartition book, long packetId, SendPacket asked, AuditContext context, long at) {
    SimFailure.require(!book.orders.containsKey(packetId), "a packet's id is new");
    Order order = new Order();
    order.packetId = packetId;
    order.senderId = asked.senderId();
    order.terms = asked.terms();
    order.provider = asked.provider();
    order.at = at;
    book.put(book.orders, packetId, order, at);
    context.madeId = packetId;
    return order;
  }

  private void sent(AuditedPartition book, PacketSent e, AuditContext context, long at) {
    if (!(context.command instanceof SendPacket asked) || !asked.provider().isEmpty()) {
      throw new SimFailure("a packet that nobody sent");
    }
    checkSpec(e.spec(), asked.terms(), context);
    long total = asked.terms().totalMinor();
    int asset = asked.terms().asset();
    Wallet wallet = book.wallet(asked.senderId(), asset);
    SimFailure.require(wallet.available() >= total, "sent without the money");
    SimFailure.same(wallet.balance - total, e.balanceAfterMinor(), "balance after a send");
    book.moveWallet(wallet, -total, 0, at);
    newOrder(book, e.spec().packetId(), asked, context, at);
    dispatch(book, e.spec(), at);
  }

  private void dispatch(AuditedPartition book, PacketSpec spec, long at) {
    int asset = spec.terms().asset();
    long total = spec.terms().totalMinor();
    book.moveSystem(AccountKind.TRANSIT, asset, total, at);
    AuditedPackets.send(
        book,
        options.partitionOf(spec.packetId()),
        new Sent(Cargo.CREATE, spec.packetId(), spec.senderId(), asset, total, 0),
        at);
  }

  private void ordered(AuditedPartition book, PacketOrdered e, AuditContext context, long at) {
    if (!(context.command instanceof SendPacket asked)) {
      throw new SimFailure("a packet that nobody ordered");
    }
    SimFailure.same(asked.terms(), e.terms(), "terms of an order");
    SimFailure.same(context.nowMs + SimOptions.UNPAID_MS, e.payBeforeMs(), "time to pay");
    Order order = newOrder(book, e.packetId(), asked, context, at);
    order.stage = Stage.UNPAID;
    order.payBeforeMs = e.payBeforeMs();
  }

  static void keep(AuditedPartition book, Order order, long at) {
    Stage stage = order.stage;
    String paymentId = order.paymentId;
    long closedAtMs = order.closedAtMs;
    long before = order.at;
    book.before(
        at,
        () -> {
          order.stage = stage;
          order.paymentId = paymentId;
          order.closedAtMs = closedAtMs;
          order.at = before;
        });
    order.at = at;
  }

  private void paid(AuditedPartition book, OrderPaid e, AuditContext context, long at) {
    Order order = order(book, e.spec().packetId());
    if (!(context.command instanceof TakePayment payment)) {
      throw new SimFailure("paid without a payment");
    }
    SimFailure.require(
        reason(order, payment, context.nowMs) == null
            && !AuditedPayments.wasTaken(book, order, payment),
        "paid by something that does not pay it");
    PacketTerms terms = order.terms;
    SimFailure.require(terms != null, "an order has terms");
    if (terms != null) {
      checkSpec(e.spec(), terms, context);
    }
    SimFailure.same(payment.paymentId(), e.paymentId(), "name of the payment");
    keep(book, order, at);
    order.stage = Stage.SENDING;
    order.paymentId = e.paymentId();
    book.moveSystem(
        AccountKind.CLEARING, e.spec().terms().asset(), -e.spec().terms().totalMinor(), at);
    dispatch(book, e.spec(), at);
  }

  private void cancelled(AuditedPartition book, OrderCancelled e, AuditContext context, long at) {
    Order order = order(book, e.packetId());
    SimFailure.require(order.stage == Stage.UNPAID, "only an unpaid order is cancelled");
    boolean isOver = context.nowMs > order.payBeforeMs;
    SimFailure.require(
        context.command instanceof CancelOrder
            || (context.command instanceof TakePayment && isOver),
        "cancelled although nobody knows that it is not paid");
    keep(book, order, at);
    order.stage = Stage.CANCELLED;
    order.closedAtMs = context.nowMs;
  }

  /** Why a payment does not pay the order, or null. */
  static @Nullable StrayReason reason(Order order, TakePayment payment, long nowMs) {
    PacketTerms terms = order.terms;
    if (order.stage == Stage.CANCELLED) {
      return StrayReason.TOO_LATE;
    }
    if (order.stage != Stage.UNPAID || terms == null) {
      return StrayReason.PAID_TWICE;
    }
    boolean isOther = payment.asset() != -1 && payment.asset() != terms.asset();
    if (isOther || payment.amountMinor() != terms.totalMinor()) {
      return StrayReason.WRONG_AMOUNT;
    }
    return nowMs > order.payBeforeMs ? StrayReason.TOO_LATE : null;
  }

  private void strayTaken(
      AuditedPartition book, StrayPaymentTaken e, AuditContext context, long at) {
    TakePayment payment = AuditedPayments.payment(context.command);
    if (payment == null) {
      throw new SimFailure("money without a payment");
    }
    Order order = AuditedPayments.anyOrder(book, e.packetId());
    SimFailure.require(!AuditedPayments.wasTaken(book, order, payment), "a payment is taken once");
    SimFailure.same(
        String.valueOf(reason(order, payment, context.nowMs)),
        e.reason().toString(),
        "why money is given back");
    SimFailure.same(payment.amountMinor(), e.amountMinor(), "amount to give back");
    SimFailure.same(order.senderId, e.senderId(), "whose order a payment was for");
    SimFailure.same(order.provider, e.provider(), "who is to give it back");
    book.put(book.strayNames, AuditedPayments.name(payment), e.refundId(), at);
    Stray stray = new Stray();
    stray.refundId = e.refundId();
    stray.packetId = e.packetId();
    stray.asset = e.asset();
    stray.amount = e.amountMinor();
    stray.paymentId = e.paymentId();
    stray.at = at;
    book.put(book.strays, e.refundId(), stray, at);
    book.moveSystem(AccountKind.CLEARING, e.asset(), -e.amountMinor(), at);
    AuditedSuspense.open(
        book,
        e.asset(),
        e.amountMinor(),
        Origin.STRAY_PAYMENT,
        e.refundId(),
        0,
        e.senderId(),
        null,
        context.nowMs,
        at);
  }

  private void strayRefunded(
      AuditedPartition book, StrayPaymentRefunded e, AuditContext context, long at) {
    SimFailure.require(context.command instanceof ConfirmRefund, "refunded by somebody's word");
    Stray stray = book.strays.get(e.refundId());
    if (stray == null || stray.isRefunded) {
      throw new SimFailure("a refund that nobody owes");
    }
    long before = stray.at;
    book.before(
        at,
        () -> {
          stray.isRefunded = false;
          stray.refundedAtMs = 0;
          stray.at = before;
        });
    stray.isRefunded = true;
    stray.refundedAtMs = context.nowMs;
    stray.at = at;
    AuditedSuspense.refunded(book, stray.refundId, at);
    book.moveSystem(AccountKind.CLEARING, stray.asset, stray.amount, at);
  }

  /** The packet lives in its partition. */
  void acknowledged(AuditedPartition book, Sent sent, long nowMs, long at) {
    Order order = order(book, sent.packetId());
    SimFailure.require(order.stage == Stage.SENDING, "only what is under way arrives");
    keep(book, order, at);
    order.stage = Stage.CREATED;
    order.closedAtMs = nowMs;
  }
}
