// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static io.hongbao.provider.sim.SimulatedBank.answer;
import static io.hongbao.provider.sim.SimulatedBank.isLost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.pay.CloseResult;
import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayStatus;
import io.hongbao.provider.pay.PrepayResult;
import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.pay.RefundResult;
import io.hongbao.provider.pay.RefundStatus;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that break, hang, or are declined by script. */
final class CallScriptTest {

  private final SimulatedBank bank = new SimulatedBank();

  @Test
  void declinesAnOrderForGood() {
    PayOrder order = bank.place(1, 100, never().prepay(PrepayFault.DECLINED).make());

    assertInstanceOf(PrepayResult.Declined.class, answer(bank.provider.prepay(order)));
    assertEquals(new PayStatus.Closed(), answer(bank.provider.query(1)));
  }

  @Test
  void losesAnOrderOnItsWayOnce() {
    answer(bank.provider.scriptDefault(never().prepay(PrepayFault.LOST_BEFORE).make()));
    PayOrder order = bank.order(1, 100);

    assertTrue(isLost(bank.provider.prepay(order)));
    assertEquals(new PayStatus.UnknownOrder(), answer(bank.provider.query(1)));

    assertInstanceOf(PrepayResult.Prepaid.class, answer(bank.provider.prepay(order)));
  }

  @Test
  void losesTheAnswerToAnOrderThatIsPaidAllTheSame() {
    PayScript script =
        Scripts.paying(100, NoticePlan.after(0)).prepay(PrepayFault.LOST_AFTER).make();
    answer(bank.provider.scriptNext(script));
    PayOrder order = bank.order(1, 100);

    assertTrue(isLost(bank.provider.prepay(order)));
    bank.time.advance(100);

    assertEquals(1, bank.arrived.size());
    assertInstanceOf(PayStatus.Paid.class, answer(bank.provider.query(1)));
    assertInstanceOf(PrepayResult.Prepaid.class, answer(bank.provider.prepay(order)));
  }

  @Test
  void placesNoOrderWhoseDeadlineHasPassed() {
    PayOrder order = new PayOrder(1, 7, "CNY", 100, bank.time.getAsLong());

    assertInstanceOf(PrepayResult.Declined.class, answer(bank.provider.prepay(order)));
  }

  @Test
  void breaksTheFirstQueries() {
    bank.place(1, 100, never().queryFails(2).make());

    assertTrue(isLost(bank.provider.query(1)));
    assertTrue(isLost(bank.provider.query(1)));
    assertEquals(new PayStatus.NotPaidYet(), answer(bank.provider.query(1)));
  }

  @Test
  void answersAQueryLateWithWhatWasTrueWhenItWasAsked() {
    bank.place(1, 100, Scripts.paying(1000L, List.of()).queryDelay(30_000).make());
    Future<PayStatus> status = bank.provider.query(1);

    bank.time.advance(29_999);
    assertFalse(status.isComplete());
    bank.time.advance(1);

    assertEquals(new PayStatus.NotPaidYet(), answer(status));
  }

  @Test
  void breaksTheFirstClosings() {
    bank.place(1, 100, never().closeFails(1).make());

    assertTrue(isLost(bank.provider.close(1)));
    assertEquals(new PayStatus.NotPaidYet(), answer(bank.provider.query(1)));
    assertEquals(new CloseResult.Closed(), answer(bank.provider.close(1)));
  }

  @Test
  void letsTheCustomerWinTheRaceAgainstTheClosing() {
    bank.place(1, 100, never().onClose().make());

    assertInstanceOf(CloseResult.AlreadyPaid.class, answer(bank.provider.close(1)));
    assertEquals(100, bank.books().get(1L).paidMinor());
  }

  @Test
  void letsARefundPend() {
    Refund refund = paidAndRefunded(new RefundPlan(5000, 0, 0));

    assertEquals(new RefundResult.Accepted(), answer(bank.provider.refund(refund)));
    assertEquals(RefundStatus.PENDING, answer(bank.provider.queryRefund(9)));
    assertEquals(40, bank.books().get(1L).refundPendingMinor());
    bank.time.advance(5000);

    assertEquals(RefundStatus.DONE, answer(bank.provider.queryRefund(9)));
    assertEquals(0, bank.books().get(1L).refundPendingMinor());
    assertEquals(40, bank.books().get(1L).refundedMinor());
  }

  @Test
  void failsTheFirstAttemptsOfARefund() {
    Refund refund = paidAndRefunded(new RefundPlan(0, 2, 0));

    assertInstanceOf(RefundResult.Failed.class, answer(bank.provider.refund(refund)));
    assertEquals(RefundStatus.FAILED, answer(bank.provider.queryRefund(9)));
    bank.killAndStart(0, 0);
    assertEquals(RefundStatus.FAILED, answer(bank.provider.queryRefund(9)));
    assertInstanceOf(RefundResult.Failed.class, answer(bank.provider.refund(refund)));
    assertEquals(0, bank.books().get(1L).refundedMinor());

    assertEquals(new RefundResult.Done(), answer(bank.provider.refund(refund)));
    assertEquals(40, bank.books().get(1L).refundedMinor());
  }

  @Test
  void losesTheAnswerToARefundThatWasDone() {
    Refund refund = paidAndRefunded(new RefundPlan(0, 0, 1));

    assertTrue(isLost(bank.provider.refund(refund)));
    assertEquals(40, bank.books().get(1L).refundedMinor());

    assertEquals(new RefundResult.Done(), answer(bank.provider.refund(refund)));
    assertEquals(40, bank.books().get(1L).refundedMinor());
  }

  @Test
  void usesUpWaitingScriptsInOrderThenTheDefault() {
    answer(bank.provider.scriptDefault(Scripts.paying(30L, List.of()).make()));
    answer(bank.provider.scriptNext(Scripts.paying(10L, List.of()).make()));
    answer(bank.provider.scriptNext(Scripts.paying(20L, List.of()).make()));
    for (long orderId = 1; orderId <= 3; orderId++) {
      answer(bank.provider.prepay(bank.order(orderId, orderId)));
    }

    for (int paid = 1; paid <= 3; paid++) {
      bank.time.advance(10);
      long sum = bank.books().values().stream().mapToLong(OrderBook::paidMinor).sum();
      assertEquals(paid * (paid + 1) / 2, sum);
    }
  }

  @Test
  void keepsOnlySoManyWaitingScripts() {
    for (int count = 0; count < SimulatedPayProvider.SCRIPTS_WAITING_MAX; count++) {
      assertTrue(answer(bank.provider.scriptNext(PayScript.FAULTLESS)));
    }

    assertFalse(answer(bank.provider.scriptNext(PayScript.FAULTLESS)));
  }

  private Refund paidAndRefunded(RefundPlan plan) {
    bank.place(1, 100, Scripts.paying(0L, List.of()).refund(plan).make());
    bank.time.advance(1);
    return new Refund(9, 1, 40);
  }

  private static Scripts never() {
    return Scripts.paying(null, List.of());
  }
}
