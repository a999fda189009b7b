// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.engine.Effect;

/** What is asked of a payment provider; the outcome comes back as a command. */
public sealed interface PaymentEffect extends Effect {

  String provider();

  /** Announce the order, so that the customer can pay it. */
  record Prepay(
      String provider, long packetId, long senderId, int asset, long amountMinor, long payBeforeMs)
      implements PaymentEffect {}

  /** Is it paid? */
  record AskPayment(String provider, long packetId) implements PaymentEffect {}

  /** Make sure that it can no longer be paid; it may turn out to be paid already. */
  record ClosePayment(String provider, long packetId) implements PaymentEffect {}

  /** Give a stray payment back; idempotent by the refund's id. */
  record RefundPayment(String provider, long packetId, long refundId, int asset, long amountMinor)
      implements PaymentEffect {}
}
