// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.vertx.core.Future;

/**
 * One payment provider, whatever its protocol.
 *
 * <p><b>Thread:</b> every thread; futures complete on a thread of the provider's choice.
 *
 * <p><b>Failure:</b> a failed future means that the outcome is unknown: the call may or may not
 * have been carried out. Every call may be repeated with the same ids; a repeat never does the
 * thing twice. Every future completes at some time.
 *
 * <p><b>Durability:</b> what an answer says survives a crash of either side.
 */
public interface PayProvider {

  /** The name in routes, notices and configuration: {@code [a-z0-9-]}, never changed. */
  String name();

  /**
   * Places an order for a customer to pay. The same order again gives the same answer; another
   * order under the same id is declined.
   */
  Future<PrepayResult> prepay(PayOrder order);

  /** Tells how an order stands. */
  Future<PayStatus> query(long orderId);

  /**
   * Asks that the order can no longer be paid. An order that was never placed counts as closed and
   * can then not be placed any more: a call to {@code prepay} that is still under way must lose.
   */
  Future<CloseResult> close(long orderId);

  /** Gives money back, once per {@link Refund#refundId()}, never more in sum than was paid. */
  Future<RefundResult> refund(Refund refund);

  /** Tells how a refund stands. */
  Future<RefundStatus> queryRefund(long refundId);
}
