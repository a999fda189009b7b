// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

/** The provider's answer to an order that was to be closed; both are final. */
public sealed interface CloseResult {

  /** Was not paid and never will be. */
  record Closed() implements CloseResult {}

  /** The customer was faster. */
  record AlreadyPaid(PayStatus.Paid payment) implements CloseResult {}
}
