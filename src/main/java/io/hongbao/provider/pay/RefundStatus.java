// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

/** How a refund stands with its provider. */
public enum RefundStatus {
  /** The customer has the money back; final. */
  DONE,
  /** Under way. */
  PENDING,
  /** Nothing was moved; to be asked for again under the same id. */
  FAILED,
  /** The provider has not heard of it; the request may still be on its way. */
  UNKNOWN
}
