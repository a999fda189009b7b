// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.hongbao.model.Check;

/** What is to go back to the customer, under an id that makes a repeat harmless. */
public record Refund(long refundId, long orderId, long amountMinor) {

  public Refund {
    Check.atLeast(refundId, 1, "refund id");
    Check.atLeast(orderId, 1, "order id");
    Check.atLeast(amountMinor, 1, "amount to refund");
    Check.atMost(amountMinor, PayNotice.AMOUNT_MINOR_MAX, "amount to refund");
  }
}
