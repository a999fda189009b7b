// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

/**
 * How a packet was to be paid by a provider.
 *
 * @param paidAtMs the provider's time of the payment; 0 before
 * @param cancelledAtMs when it was known that it will never be paid; 0 before
 * @param paymentId the provider's name for the payment; empty before
 */
public record OrderDetails(
    String provider,
    String paymentId,
    long orderedAtMs,
    long payBeforeMs,
    long paidAtMs,
    long cancelledAtMs) {}
