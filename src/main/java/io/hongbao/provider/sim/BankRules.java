// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.model.Check;
import io.hongbao.provider.pay.CloseResult;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayStatus;
import io.hongbao.provider.pay.PrepayResult;
import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.pay.RefundResult;
import io.hongbao.provider.pay.RefundStatus;
import java.util.HashSet;
import java.util.Set;

/**
 * What the bank does with what it is asked for, and with the time.
 *
 * <p><b>Thread:</b> the lane. Whatever was due before a call has happened when the call comes here.
 */
final class BankRules {

  private final String provider;
  private final BankState state;
  private final BankLane lane;
  private final NoticeCourier courier;

  // Not in the book: orders whose placing was lost by script, so that it is lost only once.
  private final Set<Long> lostOnce = new HashSet<>();

  BankRules(String provider, BankState state, BankLane lane, NoticeSink sink, NoticeSigner signer) {
    this.provider = provider;
    this.state = state;
    this.lane = lane;
    this.courier = new NoticeCourier(provider, lane, sink, signer, this::record);
  }

  void record(BankEntry entry) {
    lane.record(entry);
    state.apply(entry);
  }

  /** Puts everything that is not over back on the lane's list of due times. */
  void resume() {
    for (BankOrder order : state.orders.values()) {
      courier.placed(order);
      if (order.paid == null) {
        expectPayment(order);
      } else {
        courier.paid(order, order.paid.paidAtMs());
      }
    }
    for (BankRefund refund : state.refunds.values()) {
      if (refund.status == RefundStatus.PENDING) {
        expectRefund(refund);
      }
    }
  }

  void prepay(PayOrder order, BankLane.Answer<PrepayResult> answer) {
    BankOrder known = state.orders.get(order.orderId());
    if (known != null) {
      answer.give(again(known, order));
      return;
    }
    if (state.barred.contains(order.orderId())) {
      answer.give(new PrepayResult.Declined("closed before it was placed"));
      return;
    }
    if (state.orders.size() >= SimulatedPayProvider.ORDERS_MAX) {
      answer.lose();
      return;
    }

    PayScript script = state.nextScript();
    boolean firstTry = !lostOnce.remove(order.orderId());
    if (lane.nowMs() >= order.payBeforeMs()) {
      decline(order, "its deadline has passed", answer);
    } else if (script.prepay() == PrepayFault.DECLINED) {
      decline(order, "declined by script", answer);
    } else if (script.prepay() == PrepayFault.LOST_BEFORE && firstTry) {
      if (lostOnce.size() < SimulatedPayProvider.ORDERS_MAX) {
        lostOnce.add(order.orderId());
      }
      record(new BankEntry.ScriptSpent());
      answer.lose();
    } else {
      record(new BankEntry.Ordered(order, lane.nowMs(), script));
      BankOrder placed = Check.present(state.orders.get(order.orderId()), "placed order");
      expectPayment(placed);
      courier.placed(placed);
      if (script.prepay() == PrepayFault.LOST_AFTER) {
        answer.lose();
      } else {
        answer.give(new PrepayResult.Prepaid(payUrl(order)));
      }
    }
  }

  void query(long orderId, BankLane.Answer<PayStatus> answer) {
    BankOrder order = state.orders.get(orderId);
    if (order == null) {
      answer.give(
          state.barred.contains(orderId) ? new PayStatus.Closed() : new PayStatus.UnknownOrder());
      return;
    }
    if (order.queriesBroken < order.script.queryFailsFirstN()) {
      order.queriesBroken++;
      answer.lose();
      return;
    }
    // A slow answer tells how things stood when it was asked for: old news, but never wrong ones.
    PayStatus status = status(order);
    long delayMs = order.script.queryDelayMs();
    if (delayMs == 0) {
      answer.give(status);
    } else {
      lane.at(lane.nowMs() + delayMs, ignored -> answer.give(status));
    }
  }

  void close(long orderId, BankLane.Answer<CloseResult> answer) {
    BankOrder order = state.orders.get(orderId);
    if (order != null && order.closesBroken < order.script.closeFailsFirstN()) {
      order.closesBroken++;
      answer.lose();
      return;
    }
    if (order != null && order.script.paysOnClose() && !order.isClosed(lane.nowMs())) {
      pay(order, lane.nowMs());
    }
    if (order != null && order.paid != null) {
      answer.give(new CloseResult.AlreadyPaid(order.paid));
      return;
    }
    if (order != null) {
      closeForGood(order);
    } else if (!state.barred.contains(orderId)) {
      if (state.barred.size() >= SimulatedPayProvider.ORDERS_MAX) {
        answer.lose();
        return;
      }
      record(new BankEntry.Closed(orderId));
    }
    answer.give(new CloseResult.Closed());
  }

  void customerPays(long orderId, BankLane.Answer<PayStatus> answer) {
    BankOrder order = state.orders.get(orderId);
    if (order == null) {
      answer.give(new PayStatus.UnknownOrder());
      return;
    }
    boolean inTime = lane.nowMs() < order.order.payBeforeMs() || order.script.paysLate();
    if (inTime && !order.isClosed(lane.nowMs())) {
      pay(order, lane.nowMs());
    }
    answer.give(status(order));
  }

  void refund(Refund asked, BankLane.Answer<RefundResult> answer) {
    RefundResult result = decideRefund(asked);
    BankRefund refund = state.refunds.get(asked.refundId());
    BankOrder order = state.orders.get(asked.orderId());
    if (refund != null
        && order != null
        && !(result instanceof RefundResult.Failed)
        && refund.answersLost < order.script.refund().lostFirstN()) {
      refund.answersLost++;
      answer.lose();
    } else {
      answer.give(result);
    }
  }

  private RefundResult decideRefund(Refund asked) {
    BankRefund known = state.refunds.get(asked.refundId());
    if (known != null && !known.refund.equals(asked)) {
      return new RefundResult.Failed("another refund has this id");
    }
    if (known != null && known.status == RefundStatus.DONE) {
      return new RefundResult.Done();
    }
    if (known != null && known.status == RefundStatus.PENDING) {
      return new RefundResult.Accepted();
    }
    BankOrder order = state.orders.get(asked.orderId());
    if (order == null || order.paid == null) {
      return new RefundResult.Failed("the order has not been paid");
    }
    long leftMinor = order.paid.amountMinor() - order.refundedMinor - order.refundPendingMinor;
    if (asked.amountMinor() > leftMinor) {
      return new RefundResult.Failed("more than what is left of the payment");
    }
    if (known == null && state.refunds.size() >= SimulatedPayProvider.REFUNDS_MAX) {
      return new RefundResult.Failed("the book of refunds is full");
    }
    RefundPlan plan = order.script.refund();
    if ((known == null ? 0 : known.failures) < plan.failsFirstN()) {
      record(new BankEntry.RefundFailed(asked));
      return new RefundResult.Failed("failed by script");
    }
    record(new BankEntry.RefundAccepted(asked, lane.nowMs() + plan.pendingMs()));
    if (plan.pendingMs() > 0) {
      expectRefund(Check.present(state.refunds.get(asked.refundId()), "accepted refund"));
      return new RefundResult.Accepted();
    }
    record(new BankEntry.Refunded(asked.refundId()));
    return new RefundResult.Done();
  }

  private PrepayResult again(BankOrder known, PayOrder order) {
    if (!known.order.equals(order)) {
      return new PrepayResult.Declined("another order has this id");
    }
    return status(known) instanceof PayStatus.Closed
        ? new PrepayResult.Declined("the order is closed")
        : new PrepayResult.Prepaid(payUrl(order));
  }

  // The contract makes a declined order one that never will be, so its id is barred.
  private void decline(PayOrder order, String reason, BankLane.Answer<PrepayResult> answer) {
    record(new BankEntry.ScriptSpent());
    record(new BankEntry.Closed(order.orderId()));
    answer.give(new PrepayResult.Declined(reason));
  }

  private void expectPayment(BankOrder order) {
    Long dueMs = order.payDueMs();
    if (dueMs != null) {
      lane.at(dueMs, atMs -> pay(order, atMs));
    }
  }

  private void pay(BankOrder order, long atMs) {
    if (order.paid != null || order.closed) {
      return;
    }
    String txn = provider + "-txn-" + (state.paymentCount + 1);
    record(new BankEntry.Paid(order.order.orderId(), txn, atMs));
    courier.paid(order, atMs);
  }

  private void expectRefund(BankRefund refund) {
    long refundId = refund.refund.refundId();
    lane.at(refund.dueMs, ignored -> record(new BankEntry.Refunded(refundId)));
  }

  private PayStatus status(BankOrder order) {
    if (order.paid != null) {
      return order.paid;
    }
    if (!order.isClosed(lane.nowMs())) {
      return new PayStatus.NotPaidYet();
    }
    closeForGood(order);
    return new PayStatus.Closed();
  }

  // What was once called closed must stay so, even if the clock is behind after a restart.
  private void closeForGood(BankOrder order) {
    if (!order.closed) {
      record(new BankEntry.Closed(order.order.orderId()));
    }
  }

  private String payUrl(PayOrder order) {
    return provider + ":pay/" + order.orderId();
  }
}
