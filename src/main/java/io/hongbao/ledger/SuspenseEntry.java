// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Digest;

/**
 * Money that could not go where it belongs, and why.
 *
 * @param number counts up in its partition and is never used twice
 * @param amountMinor above zero: lies in suspense; below: suspense has paid and waits for a payer
 * @param originId transfer, packet, refund or hold, as the origin says
 * @param place leg of the transfer or place of the share; 0 where there is none
 * @param ownerId whom it was meant for, or whose it was
 * @param reasonNumber the refusal that kept it from there; 0 when it was none
 */
public record SuspenseEntry(
    long number,
    int asset,
    long amountMinor,
    Origin origin,
    long originId,
    int place,
    long ownerId,
    int reasonNumber,
    long atMs,
    long position) {

  private static final int DIGEST_TAG = 9;

  /** What it came from; numbers stand in snapshots, names in answers. */
  public enum Origin {
    /** A leg of a transfer whose destination could not take it. */
    TRANSFER(1, "transfer"),
    /** A share of a red packet that its opener's wallet could not take. */
    SHARE(2, "red_packet_share"),
    /** The rest of an expired red packet that its sender's wallet could not take. */
    REST(3, "red_packet_rest"),
    /** A payment that no order wants; the provider is asked to give it back, by itself. */
    STRAY_PAYMENT(4, "stray_payment"),
    /** A released hold whose money the outside had taken after all. */
    LATE_HOLD(5, "late_hold");

    private static final Origin[] ORIGINS = values();

    private final int number;
    private final String wireName;

    Origin(int number, String wireName) {
      this.number = number;
      this.wireName = wireName;
    }

    public int number() {
      return number;
    }

    public String wireName() {
      return wireName;
    }

    public static Origin ofNumber(int number) {
      return ORIGINS[number - 1];
    }
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), number);
    digest = Digest.mix(digest, asset * 8L + origin.number());
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, originId);
    digest = Digest.mix(digest, place);
    digest = Digest.mix(digest, ownerId);
    digest = Digest.mix(digest, reasonNumber);
    digest = Digest.mix(digest, atMs);
    return Digest.mix(digest, position);
  }
}
