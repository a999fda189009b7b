// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayStatus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the bank knows of one order.
 *
 * <p><b>Thread:</b> the lane. <b>Invariant:</b> refunded plus pending refunds is at most paid.
 */
final class BankOrder {

  final PayOrder order;
  final long placedAtMs;
  final PayScript script;

  /** The script's notices with their copies written out; a delivery is known by its place here. */
  final List<NoticePlan> deliveries;

  /** Deliveries that are over, taken or given up. */
  final BitSet endedDeliveries = new BitSet();

  PayStatus.@Nullable Paid paid;
  boolean closed;
  long refundedMinor;
  long refundPendingMinor;

  // Not in the book: a start counts the scripted breaks anew.
  int queriesBroken;
  int closesBroken;

  BankOrder(PayOrder order, long placedAtMs, PayScript script) {
    this.order = order;
    this.placedAtMs = placedAtMs;
    this.script = script;
    var all = new ArrayList<NoticePlan>();
    for (NoticePlan plan : script.notices()) {
      for (int copy = 0; copy < plan.copies(); copy++) {
        all.add(plan);
      }
    }
    this.deliveries = List.copyOf(all);
  }

  /** When the customer will pay; null when never. */
  @Nullable Long payDueMs() {
    Long afterMs = script.payAfterMs();
    if (afterMs == null || closed) {
      return null;
    }
    long dueMs = placedAtMs + afterMs;
    return dueMs < order.payBeforeMs() || script.paysLate() ? Long.valueOf(dueMs) : null;
  }

  /** Whether no payment can come any more. */
  boolean isClosed(long nowMs) {
    return paid == null && (closed || (nowMs >= order.payBeforeMs() && !script.paysLate()));
  }

  OrderBook book(long nowMs) {
    return new OrderBook(
        order.orderId(),
        order.userId(),
        order.asset(),
        order.amountMinor(),
        paid == null ? 0 : paid.amountMinor(),
        refundedMinor,
        refundPendingMinor,
        isClosed(nowMs));
  }
}
