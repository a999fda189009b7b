// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

/** How an order stands with its provider. */
public sealed interface PayStatus {

  /**
   * The customer's money is with the provider; final.
   *
   * @param providerTxn the provider's own number of the payment
   * @param amountMinor what was really paid
   * @param paidAtMs the provider's time of the payment, epoch milliseconds
   */
  record Paid(String providerTxn, long amountMinor, long paidAtMs) implements PayStatus {}

  /** May still be paid; not final. */
  record NotPaidYet() implements PayStatus {}

  /** Was not paid and never will be; final. */
  record Closed() implements PayStatus {}

  /** The provider has not heard of it; it may still be on its way there, so not final. */
  record UnknownOrder() implements PayStatus {}
}
