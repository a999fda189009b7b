// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.model.Digest;

/**
 * Money of a provider that no order waited for; held in suspense until it is given back.
 *
 * <p>Immutable; forgotten once the provider has confirmed the refund.
 */
public record StrayPayment(
    long refundId,
    long packetId,
    String provider,
    int asset,
    long amountMinor,
    String paymentId,
    StrayReason reason,
    long position) {

  private static final int DIGEST_TAG = 64;

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), refundId);
    digest = Digest.mix(digest, packetId);
    digest = Digest.mix(digest, asset);
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, paymentId.hashCode());
    return Digest.mix(digest, position);
  }
}
