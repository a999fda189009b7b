// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every payment provider has to keep, whatever its protocol; each has a subclass that says how
 * its customers pay and how its time passes.
 */
public abstract class PayProviderContract {

  private static final long DEADLINE_MS = 900_000;

  private long nextId = 1;

  /** The provider under test; no customer pays but by {@link #customerPays}. */
  protected abstract PayProvider provider();

  protected abstract long nowMs();

  /** Lets time pass, the provider's included. */
  protected abstract void pass(long ms);

  /** Waits for an answer that must come. */
  protected abstract <T> T answer(Future<T> future);

  /** The customer follows the address and pays, if the provider lets him. */
  protected abstract void customerPays(PayOrder order);

  /** Stops the provider's side without warning and starts it again. */
  protected abstract void restart();

  protected final PayOrder order(long amountMinor) {
    return new PayOrder(freshId(), 7, "CNY", amountMinor, nowMs() + DEADLINE_MS);
  }

  protected final long freshId() {
    return nextId++;
  }

  private PayOrder placed(long amountMinor) {
    PayOrder order = order(amountMinor);
    assertInstanceOf(PrepayResult.Prepaid.class, answer(provider().prepay(order)));
    return order;
  }

  private PayOrder paid(long amountMinor) {
    PayOrder order = placed(amountMinor);
    customerPays(order);
    return order;
  }

  private PayStatus status(PayOrder order) {
    return answer(provider().query(order.orderId()));
  }

  @Test
  void namesItselfForRoutes() {
    assertTrue(provider().name().matches("[a-z0-9-]+"));
  }

  @Test
  void givesTheCustomerSomethingToPayWith() {
    var result =
        assertInstanceOf(PrepayResult.Prepaid.class, answer(provider().prepay(order(500))));

    assertTrue(result.payUrl().contains(":"));
  }

  @Test
  void answersARepeatedOrderAlikeAndDeclinesAnotherUnderItsId() {
    PayOrder order = order(500);
    PrepayResult first = answer(provider().prepay(order));

    PrepayResult again = answer(provider().prepay(order));
    PrepayResult other =
        answer(
            provider().prepay(new PayOrder(order.orderId(), 7, "CNY", 501, order.payBeforeMs())));

    assertEquals(first, again);
    assertInstanceOf(PrepayResult.Declined.class, other);
  }

  @Test
  void doesNotKnowWhatWasNeverPlaced() {
    assertEquals(new PayStatus.UnknownOrder(), answer(provider().query(freshId())));
    assertEquals(RefundStatus.UNKNOWN, answer(provider().queryRefund(freshId())));
  }

  @Test
  void tellsAPaymentExactlyAndForEver() {
    PayOrder order = placed(12_345);
    assertEquals(new PayStatus.NotPaidYet(), status(order));
    final long beforeMs = nowMs();

    customerPays(order);

    var paid = assertInstanceOf(PayStatus.Paid.class, status(order));
    assertEquals(12_345, paid.amountMinor());
    assertNotNull(paid.providerTxn());
    assertTrue(paid.paidAtMs() >= beforeMs && paid.paidAtMs() <= nowMs());
    pass(2 * DEADLINE_MS);
    assertEquals(paid, status(order));
  }

  @Test
  void givesEachPaymentANumberOfItsOwn() {
    var first = assertInstanceOf(PayStatus.Paid.class, status(paid(1)));
    var second = assertInstanceOf(PayStatus.Paid.class, status(paid(1)));

    assertTrue(!first.providerTxn().equals(second.providerTxn()));
  }

  @Test
  void takesNoPaymentAfterTheDeadline() {
    PayOrder order = placed(500);

    pass(DEADLINE_MS);
    customerPays(order);

    assertEquals(new PayStatus.Closed(), status(order));
    assertEquals(new CloseResult.Closed(), answer(provider().close(order.orderId())));
  }

  @Test
  void takesNoPaymentOnceClosed() {
    PayOrder order = placed(500);

    assertEquals(new CloseResult.Closed(), answer(provider().close(order.orderId())));
    assertEquals(new CloseResult.Closed(), answer(provider().close(order.orderId())));
    customerPays(order);

    assertEquals(new PayStatus.Closed(), status(order));
    assertInstanceOf(PrepayResult.Declined.class, answer(provider().prepay(order)));
  }

  @Test
  void cannotCloseWhatThePayerWasFasterWith() {
    PayOrder order = paid(500);

    CloseResult result = answer(provider().close(order.orderId()));

    assertEquals(status(order), assertInstanceOf(CloseResult.AlreadyPaid.class, result).payment());
  }

  @Test
  void placesNoOrderThatWasClosedBeforeItCame() {
    PayOrder order = order(500);

    assertEquals(new CloseResult.Closed(), answer(provider().close(order.orderId())));

    assertInstanceOf(PrepayResult.Declined.class, answer(provider().prepay(order)));
    assertEquals(new PayStatus.Closed(), status(order));
  }

  @Test
  void refundsOnceHoweverOftenItIsAsked() {
    PayOrder order = paid(500);
    var refund = new Refund(freshId(), order.orderId(), 500);

    List<RefundResult> results = new ArrayList<>();
    for (int ask = 0; ask < 3; ask++) {
      results.add(answer(provider().refund(refund)));
    }
    settle(refund);

    assertTrue(results.stream().noneMatch(RefundResult.Failed.class::isInstance));
    assertEquals(new RefundResult.Done(), answer(provider().refund(refund)));
    assertInstanceOf(
        RefundResult.Failed.class,
        answer(provider().refund(new Refund(freshId(), order.orderId(), 1))));
  }

  @Test
  void refundsInPartsButNeverMoreThanWasPaid() {
    PayOrder order = paid(500);

    // What is only on its way back counts as gone, too.
    Refund first = refunded(order, 200);
    assertInstanceOf(
        RefundResult.Failed.class,
        answer(provider().refund(new Refund(freshId(), order.orderId(), 301))));
    settle(first);
    settle(refunded(order, 300));

    assertInstanceOf(
        RefundResult.Failed.class,
        answer(provider().refund(new Refund(freshId(), order.orderId(), 1))));
    assertInstanceOf(PayStatus.Paid.class, status(order));
  }

  @Test
  void refundsNothingThatWasNotPaid() {
    PayOrder order = placed(500);

    RefundResult unpaid = answer(provider().refund(new Refund(freshId(), order.orderId(), 1)));
    RefundResult unknown = answer(provider().refund(new Refund(freshId(), freshId(), 1)));

    assertInstanceOf(RefundResult.Failed.class, unpaid);
    assertInstanceOf(RefundResult.Failed.class, unknown);
  }

  @Test
  void takesNoOtherRefundUnderAUsedId() {
    PayOrder order = paid(500);
    Refund refund = refunded(order, 200);

    RefundResult other =
        answer(provider().refund(new Refund(refund.refundId(), order.orderId(), 100)));

    assertInstanceOf(RefundResult.Failed.class, other);
    settle(refund);
    assertEquals(new RefundResult.Done(), answer(provider().refund(refund)));
  }

  @Test
  void remembersWhatItSaidThroughARestart() {
    PayOrder paid = paid(500);
    PayOrder closed = placed(600);
    final PayOrder open = placed(700);
    final PayStatus paidStatus = status(paid);
    answer(provider().close(closed.orderId()));
    Refund refund = refunded(paid, 100);

    restart();

    assertEquals(paidStatus, status(paid));
    assertEquals(new PayStatus.Closed(), status(closed));
    assertEquals(new PayStatus.NotPaidYet(), status(open));
    settle(refund);
    assertInstanceOf(
        RefundResult.Failed.class,
        answer(provider().refund(new Refund(freshId(), paid.orderId(), 401))));
  }

  private Refund refunded(PayOrder order, long amountMinor) {
    var refund = new Refund(freshId(), order.orderId(), amountMinor);
    RefundResult result = answer(provider().refund(refund));
    assertTrue(!(result instanceof RefundResult.Failed), result.toString());
    return refund;
  }

  private void settle(Refund refund) {
    for (int hour = 0; hour < 72; hour++) {
      if (answer(provider().queryRefund(refund.refundId())) == RefundStatus.DONE) {
        return;
      }
      pass(3_600_000);
    }
    assertEquals(RefundStatus.DONE, answer(provider().queryRefund(refund.refundId())));
  }
}
