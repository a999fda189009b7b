// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

/**
 * What the bank's book says of one order; for comparing it with the server's books.
 *
 * @param paidMinor what the customer paid; 0 when not paid
 * @param refundedMinor what the customer got back
 * @param refundPendingMinor what is on its way back
 * @param closed can no longer be paid
 */
public record OrderBook(
    long orderId,
    long userId,
    String asset,
    long orderedMinor,
    long paidMinor,
    long refundedMinor,
    long refundPendingMinor,
    boolean closed) {}
