// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

/**
 * What the read model knows of an order that has left memory, and of one payment for it.
 *
 * @param senderId whose order it was
 * @param paymentId the payment that paid it, empty when it was cancelled
 * @param isKnownStray whether the payment in question was taken before and given back
 */
public record PastOrder(
    long senderId, String provider, int asset, String paymentId, boolean isKnownStray) {}
