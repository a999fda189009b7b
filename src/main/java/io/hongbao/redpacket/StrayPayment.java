// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.model.Digest;

/**
 * Money of a provider that no order waited for; held in suspense until it is given back.
 *
 * <p>Immutable. Kept as long as its order is, so that a doubled notice is known as such.
 *
 * @param isRefunded whether the provider has confirmed that it gave the money back
 */
public record StrayPayment(
    long refundId,
    long packetId,
    String provider,
    int asset,
    long amountMinor,
    String paymentId,
    StrayReason reason,
    boolean isRefunded,
    long position) {

  private static final int DIGEST_TAG = 64;

  StrayPayment refunded(long atPosition) {
    return new StrayPayment(
        refundId, packetId, provider, asset, amountMinor, paymentId, reason, true, atPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), refundId);
    digest = Digest.mix(digest, packetId);
    digest = Digest.mix(digest, asset);
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, paymentId.hashCode() * 2L + (isRefunded ? 1 : 0));
    return Digest.mix(digest, position);
  }
}
