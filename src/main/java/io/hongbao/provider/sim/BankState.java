// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.model.Check;
import io.hongbao.provider.pay.PayStatus;
import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.pay.RefundStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * All that the bank knows; {@link #apply} is the only way to change what a start has to bring back.
 *
 * <p><b>Thread:</b> the lane.
 *
 * <p><b>Invariant:</b> of each order, what was and is being refunded is at most what was paid.
 */
final class BankState {

  final Map<Long, BankOrder> orders = new LinkedHashMap<>();
  final Map<Long, BankRefund> refunds = new LinkedHashMap<>();

  /** Orders that were closed without having been placed. */
  final Set<Long> barred = new HashSet<>();

  final Deque<PayScript> nextScripts = new ArrayDeque<>();
  PayScript defaultScript = PayScript.FAULTLESS;
  long paymentCount;

  /** The script that the next new order gets. */
  PayScript nextScript() {
    PayScript waiting = nextScripts.peek();
    return waiting == null ? defaultScript : waiting;
  }

  void apply(BankEntry entry) {
    switch (entry) {
      case BankEntry.DefaultScripted e -> defaultScript = e.script();
      case BankEntry.NextScripted e -> nextScripts.add(e.script());
      case BankEntry.ScriptSpent e -> nextScripts.poll();
      case BankEntry.Ordered e -> {
        nextScripts.poll();
        var order = new BankOrder(e.order(), e.atMs(), e.script());
        Check.that(orders.put(e.order().orderId(), order) == null, "order placed twice");
      }
      case BankEntry.Paid e -> {
        BankOrder order = order(e.orderId());
        Check.that(order.paid == null && !order.closed, "order paid twice, or after its end");
        order.paid = new PayStatus.Paid(e.providerTxn(), order.order.amountMinor(), e.atMs());
        paymentCount++;
      }
      case BankEntry.Closed e -> {
        BankOrder order = orders.get(e.orderId());
        if (order == null) {
          barred.add(e.orderId());
        } else {
          Check.that(order.paid == null, "paid order closed");
          order.closed = true;
        }
      }
      case BankEntry.NoticeEnded e -> order(e.orderId()).endedDeliveries.set(e.delivery());
      case BankEntry.RefundAccepted e -> accept(e.refund(), e.dueMs());
      case BankEntry.RefundFailed e -> refund(e.refund()).failures++;
      case BankEntry.Refunded e -> finish(Check.present(refunds.get(e.refundId()), "refund"));
    }
  }

  private void accept(Refund asked, long dueMs) {
    BankRefund refund = refund(asked);
    Check.that(refund.status == RefundStatus.FAILED, "refund accepted twice");
    refund.status = RefundStatus.PENDING;
    refund.dueMs = dueMs;
    BankOrder order = order(asked.orderId());
    order.refundPendingMinor = Math.addExact(order.refundPendingMinor, asked.amountMinor());
    long paidMinor = order.paid == null ? 0 : order.paid.amountMinor();
    Check.atMost(
        Math.addExact(order.refundedMinor, order.refundPendingMinor), paidMinor, "refunds");
  }

  private void finish(BankRefund refund) {
    Check.that(refund.status == RefundStatus.PENDING, "refund finished twice");
    refund.status = RefundStatus.DONE;
    BankOrder order = order(refund.refund.orderId());
    long amountMinor = refund.refund.amountMinor();
    order.refundPendingMinor = Math.subtractExact(order.refundPendingMinor, amountMinor);
    order.refundedMinor = Math.addExact(order.refundedMinor, amountMinor);
  }

  private BankRefund refund(Refund asked) {
    return refunds.computeIfAbsent(asked.refundId(), ignored -> new BankRefund(asked));
  }

  private BankOrder order(long orderId) {
    return Check.present(orders.get(orderId), "order in the bank's state");
  }
}
