// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.hongbao.model.Check;

/**
 * What a customer is asked to pay.
 *
 * @param orderId the payer's own id of the order, unique for ever with the provider
 * @param userId account of the customer
 * @param asset code of the asset, such as CNY
 * @param amountMinor what to pay, in the asset's minor unit
 * @param payBeforeMs the provider takes no payment from this time on, epoch milliseconds
 */
public record PayOrder(
    long orderId, long userId, String asset, long amountMinor, long payBeforeMs) {

  public PayOrder {
    Check.atLeast(orderId, 1, "order id");
    Check.atLeast(userId, 1, "user id");
    Check.atLeast(amountMinor, 1, "amount to pay");
    Check.atMost(amountMinor, PayNotice.AMOUNT_MINOR_MAX, "amount to pay");
    Check.atLeast(payBeforeMs, 0, "deadline of an order");
    Check.that(PayNotice.isName(asset), "asset of an order");
  }
}
