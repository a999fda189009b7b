// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.Refund;

/** One line of the bank's history; what these say is all that the bank knows after a start. */
sealed interface BankEntry {

  /** The script of orders for which no other one waits. */
  record DefaultScripted(PayScript script) implements BankEntry {}

  /** A script for the next order that has none yet. */
  record NextScripted(PayScript script) implements BankEntry {}

  /** The first waiting script was used up by an order that did not come to be. */
  record ScriptSpent() implements BankEntry {}

  /** An order was placed, under a script of its own. */
  record Ordered(PayOrder order, long atMs, PayScript script) implements BankEntry {}

  /** The customer paid. */
  record Paid(long orderId, String providerTxn, long atMs) implements BankEntry {}

  /** The order, placed or not, can no longer be paid. */
  record Closed(long orderId) implements BankEntry {}

  /** One delivery of the order's script was taken, or given up; it is not brought again. */
  record NoticeEnded(long orderId, int delivery, boolean taken) implements BankEntry {}

  /** A refund was accepted and is done at its due time. */
  record RefundAccepted(Refund refund, long dueMs) implements BankEntry {}

  /** A refund was attempted and moved nothing. */
  record RefundFailed(Refund refund) implements BankEntry {}

  /** The customer has the money back. */
  record Refunded(long refundId) implements BankEntry {}
}
