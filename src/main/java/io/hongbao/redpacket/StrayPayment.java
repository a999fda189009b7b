// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.model.Digest;

/**
 * Money of a provider that no order waited for; held in suspense until it is given back.
 *
 * <p>Immutable. Kept as long as its order is, so that a doubled notice is known as such; when the
 * order had left memory before, as long as an order would be.
 *
 * @param refundedAtMs when the provider confirmed that it gave the money back; 0 before
 */
public record StrayPayment(
    long refundId,
    long packetId,
    String provider,
    int asset,
    long amountMinor,
    String paymentId,
    StrayReason reason,
    long refundedAtMs,
    long position) {

  private static final int DIGEST_TAG = 64;

  boolean isRefunded() {
    return refundedAtMs > 0;
  }

  StrayPayment refunded(long atMs, long atPosition) {
    return new StrayPayment(
        refundId, packetId, provider, asset, amountMinor, paymentId, reason, atMs, atPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), refundId);
    digest = Digest.mix(digest, packetId);
    digest = Digest.mix(digest, asset);
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, provider.hashCode());
    digest = Digest.mix(digest, paymentId.hashCode());
    digest = Digest.mix(digest, reason.number());
    digest = Digest.mix(digest, refundedAtMs);
    return Digest.mix(digest, position);
  }
}
