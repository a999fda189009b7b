// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Command;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PastOrder;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedPartition.Order;
import io.hongbao.sim.AuditedPartition.Stray;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's word must lead to. This book forgets no payment, so it knows of each whether it
 * was taken, also when the partition has forgotten both order and payment.
 */
final class AuditedPayments {

  private AuditedPayments() {}

  static @Nullable TakePayment payment(@Nullable Command command) {
    return switch (command) {
      case TakePayment c -> c;
      case TakeLatePayment c -> c.payment();
      case null, default -> null;
    };
  }

  /** The order, in memory or not. */
  static Order anyOrder(AuditedPartition book, long packetId) {
    Order order = book.orders.get(packetId);
    Order any = order == null ? book.pastOrders.get(packetId) : order;
    if (any == null) {
      throw new SimFailure("nobody ever ordered " + packetId);
    }
    return any;
  }

  static String name(TakePayment payment) {
    return payment.packetId() + " " + payment.paymentId();
  }

  static boolean wasStray(AuditedPartition book, TakePayment payment) {
    return book.strayNames.containsKey(name(payment));
  }

  static boolean wasTaken(AuditedPartition book, Order order, TakePayment payment) {
    return payment.paymentId().equals(order.paymentId) || wasStray(book, payment);
  }

  private static @Nullable Stray inMemory(AuditedPartition book, TakePayment payment) {
    Long refundId = book.strayNames.get(name(payment));
    return refundId == null ? null : book.strays.get(refundId);
  }

  static @Nullable RefusalCode verdict(AuditedPartition book, TakePayment c) {
    Order order = book.orders.get(c.packetId());
    boolean isMoney =
        !c.paymentId().isEmpty()
            && c.amountMinor() >= 1
            && (c.asset() == -1 || SimOptions.isAsset(c.asset()));
    boolean isOrdered =
        order != null && !order.provider.isEmpty() && order.provider.equals(c.provider());
    return isMoney && isOrdered ? null : RefusalCode.NOTICE_MISMATCH;
  }

  /** Also looks whether the archive has told the truth. */
  static @Nullable RefusalCode verdict(AuditedPartition book, TakeLatePayment c, long nowMs) {
    TakePayment payment = c.payment();
    if (book.orders.containsKey(payment.packetId())) {
      return verdict(book, payment);
    }
    Order order = anyOrder(book, payment.packetId());
    PastOrder told = c.order();
    SimFailure.same(order.senderId, told.senderId(), "sender in the archive");
    SimFailure.same(order.provider, told.provider(), "provider in the archive");
    SimFailure.same(order.paymentId, told.paymentId(), "payment in the archive");
    if (told.isKnownStray()) {
      SimFailure.require(wasStray(book, payment), "the archive knows what never was");
    }
    boolean isKnown =
        inMemory(book, payment) != null
            || told.isKnownStray()
            || payment.paymentId().equals(order.paymentId);
    boolean isStale = nowMs - c.foundAtMs() >= SimOptions.EVICT_AFTER_MS;
    return !isKnown && isStale ? RefusalCode.OVERLOADED : null;
  }

  /** What is told when a payment is taken, now or before. */
  static Told told(AuditedPartition book, TakePayment payment) {
    Order order = book.orders.get(payment.packetId());
    Stray stray = inMemory(book, payment);
    long restsOn = Math.max(order == null ? 0 : order.at, stray == null ? 0 : stray.at);
    return isTaken(wasStray(book, payment), restsOn);
  }

  static Told isTaken(boolean isStray, long restsOn) {
    return new Told(
        answer ->
            SimFailure.same(isStray, ((PaymentTaken) answer).isStray(), "whether it goes back"),
        restsOn);
  }
}
