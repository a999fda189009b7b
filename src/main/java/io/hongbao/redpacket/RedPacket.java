// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.StateHash;
import java.util.Arrays;

/**
 * One packet in its own partition: what is left, who reserved, who opened what.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier only; rules and views read.
 *
 * <p><b>Invariant:</b> opened amounts + {@link #leftMinor()} + what was returned = the total.
 */
public final class RedPacket {

  private static final int HEAD_TAG = 60;
  private static final int SHARE_TAG = 61;
  private static final int RESERVATION_TAG = 62;
  private static final long[] NONE = new long[0];

  private final PacketSpec spec;
  private final long specDigest;
  private PacketState state = PacketState.OPEN;
  private long leftMinor;
  private long returnedMinor;
  private long position;
  private long closedAtMs;
  private int openedCount;
  private int bestPlace;
  private int pendingTransfers;
  private long[] openerIds = NONE;
  private long[] amountsMinor = NONE;
  private long[] openedAtsMs = NONE;
  private long[] credited = NONE;
  private long[] reserverIds = NONE;
  private long[] reservedUntilsMs = NONE;
  private int reservationCount;

  // Not state: opens that were decided and whose answers are still held back.
  private int opensInFlight;
  // Not state: shares of a position-fair packet, worked out from the seed when first needed.
  private long[] fairShares = NONE;

  RedPacket(PacketSpec spec, long position) {
    this.spec = spec;
    this.specDigest = spec.digest(HEAD_TAG);
    this.leftMinor = spec.terms().totalMinor();
    this.position = position;
  }

  public PacketSpec spec() {
    return spec;
  }

  public PacketState state() {
    return state;
  }

  public long leftMinor() {
    return leftMinor;
  }

  public long returnedMinor() {
    return returnedMinor;
  }

  public int leftCount() {
    return spec.terms().count() - openedCount;
  }

  public int openedCount() {
    return openedCount;
  }

  /** Place of the largest share, the earlier of two equals; 0 before the first open. */
  public int bestPlace() {
    return bestPlace;
  }

  /** Position of the last change. */
  public long position() {
    return position;
  }

  public long closedAtMs() {
    return closedAtMs;
  }

  /** Transfers of this packet that their receivers have not acknowledged. */
  public int pendingTransfers() {
    return pendingTransfers;
  }

  /** Place of the user's share, from 1; 0 if there is none. */
  public int placeOf(long userId) {
    for (int i = 0; i < openedCount; i++) {
      if (openerIds[i] == userId) {
        return i + 1;
      }
    }
    return 0;
  }

  public long openerId(int place) {
    return openerIds[place - 1];
  }

  public long amountMinor(int place) {
    return amountsMinor[place - 1];
  }

  public long openedAtMs(int place) {
    return openedAtsMs[place - 1];
  }

  /** Whether the share is durably in the opener's wallet. */
  public boolean isCredited(int place) {
    return (credited[(place - 1) >>> 6] >>> (place - 1) & 1) != 0;
  }

  /** When the user's one reservation ends or ended; 0 if there never was one. */
  public long reservedUntilMs(long userId) {
    for (int i = 0; i < reservationCount; i++) {
      if (reserverIds[i] == userId) {
        return reservedUntilsMs[i];
      }
    }
    return 0;
  }

  /** Shares that are kept for users who have not opened yet. */
  public int liveReservations(long nowMs) {
    int live = 0;
    // Deadlines grow with the index, so the live ones are at the end.
    for (int i = reservationCount - 1; i >= 0 && reservedUntilsMs[i] > nowMs; i--) {
      if (placeOf(reserverIds[i]) == 0) {
        live++;
      }
    }
    return live;
  }

  /** End of the last reservation that is still live; 0 if there is none. */
  public long lastReservationMs(long nowMs) {
    for (int i = reservationCount - 1; i >= 0 && reservedUntilsMs[i] > nowMs; i--) {
      if (placeOf(reserverIds[i]) == 0) {
        return reservedUntilsMs[i];
      }
    }
    return 0;
  }

  /** End of the reservation that lapses first, for "try again after"; 0 if none is live. */
  public long nextLapseMs(long nowMs) {
    long next = 0;
    for (int i = reservationCount - 1; i >= 0 && reservedUntilsMs[i] > nowMs; i--) {
      if (placeOf(reserverIds[i]) == 0) {
        next = reservedUntilsMs[i];
      }
    }
    return next;
  }

  /** End of the newest reservation, live or not; 0 if there never was one. */
  long lastReservedUntilMs() {
    return reservationCount == 0 ? 0 : reservedUntilsMs[reservationCount - 1];
  }

  int reservationCount() {
    return reservationCount;
  }

  long reserverId(int index) {
    return reserverIds[index];
  }

  long reservationUntilMs(int index) {
    return reservedUntilsMs[index];
  }

  int opensInFlight() {
    return opensInFlight;
  }

  void opensInFlight(int delta) {
    opensInFlight += delta;
  }

  long[] fairShares() {
    return fairShares;
  }

  void fairShares(long[] shares) {
    fairShares = shares;
  }

  // Changes, called by the applier; each keeps the hash right.

  /** Adds the packet with all that is in it to the hash. */
  void enter(StateHash hash) {
    hash.add(head());
    for (int place = 1; place <= openedCount; place++) {
      hash.add(share(place, isCredited(place)));
    }
    for (int i = 0; i < reservationCount; i++) {
      hash.add(reservation(reserverIds[i], reservedUntilsMs[i]));
    }
  }

  void reserve(StateHash hash, long userId, long untilMs, long atPosition) {
    hash.remove(head());
    if (reservationCount == reserverIds.length) {
      int capacity = Math.max(4, reservationCount * 2);
      reserverIds = Arrays.copyOf(reserverIds, capacity);
      reservedUntilsMs = Arrays.copyOf(reservedUntilsMs, capacity);
    }
    reserverIds[reservationCount] = userId;
    reservedUntilsMs[reservationCount] = untilMs;
    reservationCount++;
    position = atPosition;
    hash.add(reservation(userId, untilMs));
    hash.add(head());
  }

  void open(StateHash hash, long userId, int place, long amountMinor, long atMs, long atPosition) {
    Check.equal(place, openedCount + 1, "place of the opened share");
    Check.atMost(amountMinor, leftMinor, "opened share");
    hash.remove(head());
    if (openedCount == openerIds.length) {
      int capacity = Math.min(spec.terms().count(), Math.max(4, openedCount * 2));
      openerIds = Arrays.copyOf(openerIds, capacity);
      amountsMinor = Arrays.copyOf(amountsMinor, capacity);
      openedAtsMs = Arrays.copyOf(openedAtsMs, capacity);
      credited = Arrays.copyOf(credited, (capacity + 63) >>> 6);
    }
    openerIds[openedCount] = userId;
    amountsMinor[openedCount] = amountMinor;
    openedAtsMs[openedCount] = atMs;
    openedCount++;
    leftMinor -= amountMinor;
    if (bestPlace == 0 || amountMinor > amountsMinor[bestPlace - 1]) {
      bestPlace = place;
    }
    pendingTransfers++;
    position = atPosition;
    hash.add(share(place, false));
    hash.add(head());
  }

  void credit(StateHash hash, int place, long atPosition) {
    Check.that(!isCredited(place), "a share is credited once");
    hash.remove(head());
    hash.remove(share(place, false));
    credited[(place - 1) >>> 6] |= 1L << (place - 1);
    pendingTransfers--;
    position = atPosition;
    hash.add(share(place, true));
    hash.add(head());
  }

  void takeRest(StateHash hash, long restMinor, long atPosition) {
    Check.equal(restMinor, leftMinor, "rest of the packet");
    hash.remove(head());
    leftMinor = 0;
    returnedMinor = restMinor;
    pendingTransfers += restMinor > 0 ? 1 : 0;
    position = atPosition;
    hash.add(head());
  }

  void restArrived(StateHash hash, long atPosition) {
    hash.remove(head());
    pendingTransfers--;
    position = atPosition;
    hash.add(head());
  }

  void close(StateHash hash, PacketState newState, long atMs, long atPosition) {
    Check.that(state == PacketState.OPEN, "a packet is closed once");
    hash.remove(head());
    state = newState;
    closedAtMs = atMs;
    position = atPosition;
    fairShares = NONE;
    hash.add(head());
  }

  /** Sets what {@code open} and its like cannot: used when a snapshot is read, before enter. */
  void restore(
      PacketState atState, long left, long returned, long closedMs, int pending, long atPosition) {
    state = atState;
    leftMinor = left;
    returnedMinor = returned;
    closedAtMs = closedMs;
    pendingTransfers = pending;
    position = atPosition;
  }

  void leave(StateHash hash) {
    hash.remove(head());
    for (int place = 1; place <= openedCount; place++) {
      hash.remove(share(place, isCredited(place)));
    }
    for (int i = 0; i < reservationCount; i++) {
      hash.remove(reservation(reserverIds[i], reservedUntilsMs[i]));
    }
  }

  private long head() {
    long digest = Digest.mix(specDigest, leftMinor);
    digest = Digest.mix(digest, returnedMinor);
    digest = Digest.mix(digest, openedCount * 4L + state.number());
    digest = Digest.mix(digest, (long) pendingTransfers << 32 | bestPlace);
    digest = Digest.mix(digest, closedAtMs);
    return Digest.mix(digest, position);
  }

  private long share(int place, boolean isCredited) {
    long digest = Digest.mix(Digest.start(SHARE_TAG), spec.packetId());
    digest = Digest.mix(digest, place * 2L + (isCredited ? 1 : 0));
    digest = Digest.mix(digest, openerIds[place - 1]);
    digest = Digest.mix(digest, amountsMinor[place - 1]);
    return Digest.mix(digest, openedAtsMs[place - 1]);
  }

  private long reservation(long userId, long untilMs) {
    long digest = Digest.mix(Digest.start(RESERVATION_TAG), spec.packetId());
    return Digest.mix(Digest.mix(digest, userId), untilMs);
  }
}
