// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

/** The provider's answer to an order that was to be placed. */
public sealed interface PrepayResult {

  /** Placed; the customer pays by following the address. */
  record Prepaid(String payUrl) implements PrepayResult {}

  /** Not placed, and this same order never will be. */
  record Declined(String reason) implements PrepayResult {}
}
