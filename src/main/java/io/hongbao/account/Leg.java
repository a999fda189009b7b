// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.model.Digest;

/**
 * One posting of a transfer: from an account of the deciding partition to any other.
 *
 * @param number its place in the transfer, from 0
 * @param fromId owner, or {@link #CLEARING} or {@link #SUSPENSE} of the deciding partition
 * @param toId the same; an owner may live in another partition
 * @param reasonNumber the refusal that sent it to suspense, or 0
 * @param settlementId the transfer that moved it out of suspense, or 0
 * @param reversalId the transfer that undid it, or 0
 * @param position last change, in the partition that holds this record of it
 */
public record Leg(
    int number,
    long fromId,
    long toId,
    int asset,
    long amountMinor,
    State state,
    int reasonNumber,
    long settlementId,
    long reversalId,
    long position) {

  /** In place of an owner: the outside world as the partition sees it. */
  public static final long CLEARING = 0;

  /** In place of an owner: the suspense of the partition. */
  public static final long SUSPENSE = -1;

  private static final int DIGEST_TAG = 73;

  /** What became of it; numbers stand in snapshots and the read model, names in answers. */
  public enum State {
    /** Has left the source; what became of it is not known here yet. */
    IN_FLIGHT(1, "in_flight"),
    /** In the destination's account. */
    CREDITED(2, "credited"),
    /** The destination could not take it: lies in suspense there, with the reason. */
    SUSPENDED(3, "suspended"),
    /** An operator has moved it out of suspense by another transfer. */
    SETTLED(4, "settled");

    private static final State[] STATES = values();

    private final int number;
    private final String wireName;

    State(int number, String wireName) {
      this.number = number;
      this.wireName = wireName;
    }

    public int number() {
      return number;
    }

    public String wireName() {
      return wireName;
    }

    public static State ofNumber(int number) {
      return STATES[number - 1];
    }
  }

  /** What the destination's partition told of it. */
  Leg told(int reason, long bySettlementId, long atPosition) {
    State told = reason == 0 ? State.CREDITED : State.SUSPENDED;
    return new Leg(
        number,
        fromId,
        toId,
        asset,
        amountMinor,
        bySettlementId == 0 ? told : State.SETTLED,
        reason,
        bySettlementId,
        reversalId,
        atPosition);
  }

  Leg reversed(long byTransferId, long atPosition) {
    return new Leg(
        number,
        fromId,
        toId,
        asset,
        amountMinor,
        state,
        reasonNumber,
        settlementId,
        byTransferId,
        atPosition);
  }

  long digest(long transferId) {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), transferId);
    digest = Digest.mix(digest, number);
    digest = Digest.mix(digest, fromId);
    digest = Digest.mix(digest, toId);
    digest = Digest.mix(digest, asset * 8L + state.number());
    digest = Digest.mix(digest, amountMinor);
    digest = Digest.mix(digest, reasonNumber);
    digest = Digest.mix(digest, settlementId);
    digest = Digest.mix(digest, reversalId);
    return Digest.mix(digest, position);
  }
}
