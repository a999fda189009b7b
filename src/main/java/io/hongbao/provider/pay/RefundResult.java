// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

/** The provider's answer to a refund that was asked for. */
public sealed interface RefundResult {

  /** Under way; {@link PayProvider#queryRefund} tells when it is done. */
  record Accepted() implements RefundResult {}

  /** The customer has the money back; final. */
  record Done() implements RefundResult {}

  /** Nothing was moved; the same refund may be asked for again. */
  record Failed(String reason) implements RefundResult {}
}
