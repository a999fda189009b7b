// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a provider's word about a payment means for an order; changes nothing itself.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class PaymentRule {

  private PaymentRule() {}

  /** What to do with the money. */
  enum Verdict {
    /** It pays the order. */
    PAYS,
    /** The same payment was taken before; nothing to do. */
    KNOWN,
    /** It is to be given back in full. */
    STRAY
  }

  static Verdict judge(PacketOrder order, TakePayment payment, boolean isKnownStray, long nowMs) {
    if (isKnownStray || payment.paymentId().equals(order.paymentId())) {
      return Verdict.KNOWN;
    }
    return strayReason(order, payment, nowMs) == null ? Verdict.PAYS : Verdict.STRAY;
  }

  static @Nullable StrayReason strayReason(PacketOrder order, TakePayment payment, long nowMs) {
    PacketTerms terms = order.terms();
    if (order.state() == PacketOrder.State.CANCELLED) {
      return StrayReason.TOO_LATE;
    }
    if (order.state() != PacketOrder.State.UNPAID || terms == null) {
      return StrayReason.PAID_TWICE;
    }
    boolean isOtherAsset =
        payment.asset() != TakePayment.ORDERED_ASSET && payment.asset() != terms.asset();
    if (isOtherAsset || payment.amountMinor() != terms.totalMinor()) {
      return StrayReason.WRONG_AMOUNT;
    }
    return nowMs > order.payBeforeMs() ? StrayReason.TOO_LATE : null;
  }
}
