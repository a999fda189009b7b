// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.model.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Money moved by one decision, in one or many legs, as its deciding partition knows it.
 *
 * <p>Immutable, since answers wait for their record to become durable while the state goes on; the
 * applier replaces it.
 *
 * @param id names the partition that decided it: that of all accounts that pay
 * @param reversesId the transfer that this one undoes, or 0
 * @param batchCount how many transfers one all-or-none batch made, in the first of them; else 1
 * @param reference the client's own name for it, or empty
 * @param changedAtMs last change of any leg
 * @param position last change
 */
public record LedgerTransfer(
    long id,
    Kind kind,
    long reversesId,
    int legCount,
    int batchCount,
    String reference,
    String reason,
    Metadata metadata,
    List<Leg> legs,
    long bookedAtMs,
    long bookedPosition,
    long changedAtMs,
    long position) {

  private static final int DIGEST_TAG = 72;

  public LedgerTransfer {
    legs = List.copyOf(legs);
  }

  /** What made it; numbers stand in journals, names in answers. */
  public enum Kind {
    /** Somebody asked for it. */
    TRANSFER(1, "transfer"),
    /** Undoes another. */
    REVERSAL(2, "reversal"),
    /** A hold was posted to an account. */
    HOLD_POST(3, "hold_post"),
    /** An operator moved money out of suspense, or paid it back. */
    SETTLEMENT(4, "settlement");

    private static final Kind[] KINDS = values();

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

    /** Whether its legs can be undone. */
    public boolean isReversible() {
      return this == TRANSFER || this == HOLD_POST;
    }

    public static Kind ofNumber(int number) {
      return KINDS[number - 1];
    }
  }

  /** Where all legs together stand; names stand in answers. */
  public enum Stage {
    /** Money of some leg is on its way. */
    IN_FLIGHT("in_flight"),
    /** Every leg is where it belongs. */
    COMPLETED("completed"),
    /** Nothing is on its way, but some leg lies in suspense. */
    SUSPENDED("suspended");

    private final String wireName;

    Stage(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** Where the legs stand together. */
  public static Stage stageOf(List<Leg> legs) {
    Stage stage = Stage.COMPLETED;
    for (Leg leg : legs) {
      if (leg.state() == Leg.State.IN_FLIGHT) {
        return Stage.IN_FLIGHT;
      }
      if (leg.state() == Leg.State.SUSPENDED) {
        stage = Stage.SUSPENDED;
      }
    }
    return stage;
  }

  public Stage stage() {
    return stageOf(legs);
  }

  /** The same with these legs, as a snapshot or the read model holds them. */
  public LedgerTransfer with(List<Leg> loaded) {
    return with(loaded, changedAtMs, position);
  }

  /** The same with one leg more, or one leg changed. */
  LedgerTransfer with(Leg leg, long atMs) {
    List<Leg> changed = new ArrayList<>(legs);
    if (leg.number() == changed.size()) {
      changed.add(leg);
    } else {
      changed.set(leg.number(), leg);
    }
    return with(changed, atMs, leg.position());
  }

  private LedgerTransfer with(List<Leg> newLegs, long atMs, long atPosition) {
    return new LedgerTransfer(
        id,
        kind,
        reversesId,
        legCount,
        batchCount,
        reference,
        reason,
        metadata,
        newLegs,
        bookedAtMs,
        bookedPosition,
        atMs,
        atPosition);
  }

  /** Of all but the legs, whose digests stand beside it. */
  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), id);
    digest = Digest.mix(digest, kind.number());
    digest = Digest.mix(digest, reversesId);
    digest = Digest.mix(digest, legCount * 65_536L + batchCount);
    digest = Digest.mix(digest, reference.hashCode());
    digest = Digest.mix(digest, reason.hashCode());
    digest = Digest.mix(digest, metadata.text().hashCode());
    digest = Digest.mix(digest, bookedAtMs);
    digest = Digest.mix(digest, bookedPosition);
    digest = Digest.mix(digest, changedAtMs);
    return Digest.mix(digest, position);
  }
}
