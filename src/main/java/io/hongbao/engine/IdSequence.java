// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
package io.hongbao.engine;

import io.hongbao.model.Digest;
import io.hongbao.model.EntityId;
import io.hongbao.model.StateHash;

/**
 * The counter of the day from which a partition makes ids.
 *
 * <p>A rule asks for {@link #next}; the applier of the event that carries the id tells {@link
 * #used}. So the counter is state, and an id never repeats after a crash.
 *
 * <p><b>Thread:</b> the partition's.
 */
public final class IdSequence {

  private static final int DIGEST_TAG = 2;

  private final StateHash stateHash;
  private final int site;
  private final int partition;
  private int day;
  private int nextCounter;

  IdSequence(StateHash stateHash, int site, int partition) {
    this.stateHash = stateHash;
    this.site = site;
    this.partition = partition;
    stateHash.add(digest());
  }

  /** Whether this day still has ids; ten million a partition and day. */
  public boolean hasNext(long nowMs) {
    return EntityId.dayOf(nowMs) > day || nextCounter <= EntityId.COUNTER_MAX;
  }

  /** Whether this day still has so many ids, for a record that makes several. */
  public boolean hasNext(long nowMs, int count) {
    return EntityId.dayOf(nowMs) > day || nextCounter + count - 1 <= EntityId.COUNTER_MAX;
  }

  /** The id that an event decided now would carry. */
  public long next(long nowMs, int slot) {
    int today = Math.max(day, EntityId.dayOf(nowMs));
    return EntityId.of(site, today, partition, today > day ? 0 : nextCounter, slot);
  }

  /** Says that an id stands in an event that is being applied. */
  public void used(long id) {
    set(EntityId.day(id), EntityId.counter(id) + 1);
  }

  int day() {
    return day;
  }

  int nextCounter() {
    return nextCounter;
  }

  void set(int newDay, int newNextCounter) {
    stateHash.remove(digest());
    day = newDay;
    nextCounter = newNextCounter;
    stateHash.add(digest());
  }

  private long digest() {
    return Digest.mix(Digest.mix(Digest.start(DIGEST_TAG), day), nextCounter);
  }
}
