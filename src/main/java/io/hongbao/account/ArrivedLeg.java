// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.model.Digest;

/**
 * A leg that came in from another partition and lies in an account of this one: what a reversal is
 * decided from.
 *
 * <p>Immutable; the applier replaces it.
 *
 * @param reversalId the transfer that undid it, or 0
 */
public record ArrivedLeg(
    long transferId,
    int number,
    long fromId,
    long toId,
    int asset,
    long amountMinor,
    long reversalId,
    long arrivedAtMs,
    long position) {

  private static final int DIGEST_TAG = 74;

  ArrivedLeg reversed(long byTransferId, long atPosition) {
    return new ArrivedLeg(
        transferId,
        number,
        fromId,
        toId,
        asset,
        amountMinor,
        byTransferId,
        arrivedAtMs,
        atPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), transferId);
    digest = Digest.mix(digest, number);
    digest = Digest.mix(digest, fromId);
    digest = Digest.mix(digest, toId);
    digest = Digest.mix(digest, asset);
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, reversalId);
    digest = Digest.mix(digest, arrivedAtMs);
    return Digest.mix(digest, position);
  }
}
