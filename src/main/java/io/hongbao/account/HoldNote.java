// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.model.Digest;

/**
 * What is known about a hold beyond what the ledger keeps: what it was for and what came of it.
 *
 * <p>Immutable; the applier replaces it.
 *
 * @param amountMinor what was held at first
 * @param postedMinor what went out while it was held
 * @param lateMinor what went out after it had been released; taken from suspense
 * @param closedAtMs last change after which nothing is held; 0 while something is
 * @param transferId the transfer that the last post to an account made; 0 when there was none
 */
public record HoldNote(
    long holdId,
    long amountMinor,
    long postedMinor,
    long lateMinor,
    String reason,
    String receipt,
    long placedAtMs,
    long closedAtMs,
    long transferId) {

  private static final int DIGEST_TAG = 71;

  HoldNote posted(long moreMinor, long closedMs) {
    return new HoldNote(
        holdId,
        amountMinor,
        postedMinor + moreMinor,
        lateMinor,
        reason,
        receipt,
        placedAtMs,
        closedMs,
        transferId);
  }

  HoldNote released(String withReceipt, long closedMs) {
    return new HoldNote(
        holdId,
        amountMinor,
        postedMinor,
        lateMinor,
        reason,
        withReceipt,
        placedAtMs,
        closedMs,
        transferId);
  }

  HoldNote by(long newTransferId) {
    return new HoldNote(
        holdId,
        amountMinor,
        postedMinor,
        lateMinor,
        reason,
        receipt,
        placedAtMs,
        closedAtMs,
        newTransferId);
  }

  HoldNote late(long moreMinor, String withReceipt, long closedMs) {
    return new HoldNote(
        holdId,
        amountMinor,
        postedMinor,
        lateMinor + moreMinor,
        reason,
        withReceipt,
        placedAtMs,
        closedMs,
        transferId);
  }

  /** What was given back at release and has not turned out to be gone since. */
  long releasedMinor() {
    return amountMinor - postedMinor - lateMinor;
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), holdId);
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, postedMinor);
    digest = Digest.mix(digest, lateMinor);
    digest = Digest.mix(digest, reason.hashCode());
    digest = Digest.mix(digest, receipt.hashCode());
    digest = Digest.mix(digest, placedAtMs);
    digest = Digest.mix(digest, closedAtMs);
    return Digest.mix(digest, transferId);
  }
}
