// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.model.Digest;

/**
 * One booked change of a user's account that can be asked for or reversed.
 *
 * <p>Immutable; the applier replaces it.
 *
 * @param amountMinor above zero; {@link Kind} tells the direction
 * @param reversesId the transaction that this one undoes, or 0
 * @param bookedPosition where it stands in the journal
 * @param position last change
 */
public record Transaction(
    long id,
    Kind kind,
    long userId,
    int asset,
    long amountMinor,
    long balanceAfterMinor,
    String reason,
    long reversesId,
    boolean isReversed,
    long bookedAtMs,
    long bookedPosition,
    long position) {

  private static final int DIGEST_TAG = 70;

  /** What it was; numbers stand in snapshots, names in answers. */
  public enum Kind {
    /** Into the wallet. */
    TOP_UP(1, "top_up"),
    /** Out of the wallet. */
    REVERSAL(2, "reversal");

    private final int number;
    private final String wireName;

    Kind(int number, String wireName) {
      this.number = number;
      this.wireName = wireName;
    }

    public int number() {
      return number;
    }

    public String wireName() {
      return wireName;
    }

    static Kind ofNumber(int number) {
      return number == TOP_UP.number ? TOP_UP : REVERSAL;
    }
  }

  Transaction reversed(long atPosition) {
    return new Transaction(
        id,
        kind,
        userId,
        asset,
        amountMinor,
        balanceAfterMinor,
        reason,
        reversesId,
        true,
        bookedAtMs,
        bookedPosition,
        atPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), id);
    digest = Digest.mix(digest, userId);
    digest = Digest.mix(digest, asset * 8L + kind.number() * 2L + (isReversed ? 1 : 0));
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, balanceAfterMinor);
    digest = Digest.mix(digest, reason.hashCode());
    digest = Digest.mix(digest, reversesId);
    digest = Digest.mix(digest, bookedAtMs);
    digest = Digest.mix(digest, bookedPosition);
    return Digest.mix(digest, position);
  }
}
