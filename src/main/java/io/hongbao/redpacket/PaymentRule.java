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

  /** Nothing larger can be told in JSON, nor can be real. */
  private static final long AMOUNT_MINOR_MAX = (1L << 53) - 1;

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

  /**
   * Whether the provider's words describe money at all; what does not is refused, never booked.
   *
   * @param isKnownAsset whether there is such an asset here
   */
  static boolean isMoney(TakePayment payment, boolean isKnownAsset) {
    return !payment.paymentId().isEmpty()
        && payment.amountMinor() >= 1
        && payment.amountMinor() <= AMOUNT_MINOR_MAX
        && (payment.asset() == TakePayment.ORDERED_ASSET || isKnownAsset);
  }

  /**
   * Whether an order that was not paid by a payment will never be: its time is over, and whoever
   * asks the provider to close it would only hear of that payment again.
   */
  static boolean endsUnpaid(PacketOrder order, long nowMs) {
    return order.state() == PacketOrder.State.UNPAID && nowMs > order.payBeforeMs();
  }

  static Verdict judge(PacketOrder order, TakePayment payment, boolean isKnownStray, long nowMs) {
    if (isKnownStray || payment.paymentId().equals(order.paymentId())) {
      return Verdict.KNOWN;
    }
    return strayReason(order, payment, nowMs) == null ? Verdict.PAYS : Verdict.STRAY;
  }

  /** Why a payment goes back whose order has left memory, which only closed ones do. */
  static StrayReason strayReason(PastOrder order) {
    return order.paymentId().isEmpty() ? StrayReason.TOO_LATE : StrayReason.PAID_TWICE;
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
