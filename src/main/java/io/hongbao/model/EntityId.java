// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
package io.hongbao.model;

/**
 * Ids that name their own table and owner: site, day, generating partition, counter, slot.
 *
 * <pre>
 *   s ddddd ppp ccccccc lll     19 decimal digits, below 2^63
 *   | |     |   |       slot: decides the owning partition
 *   | |     |   counter of that partition on that day
 *   | |     partition that made the id; for a packet, its sender's
 *   | day since 1970-01-01 UTC
 *   site, 1 to 8
 * </pre>
 *
 * <p>Packet ids (equal to order ids), transaction ids and hold ids all have this form. The layout
 * follows requirements H-34 and H-60 to H-62; the counter is partition state, so an id survives
 * replay and never repeats.
 */
public final class EntityId {

  /** Ids that one partition can make in one day. */
  public static final int COUNTER_MAX = 9_999_999;

  public static final int SITE_MIN = 1;
  public static final int SITE_MAX = 8;
  public static final int DAY_MS = 86_400_000;

  private static final long SLOT_FACTOR = 1L;
  private static final long COUNTER_FACTOR = SLOT_FACTOR * 1_000L;
  private static final long PARTITION_FACTOR = COUNTER_FACTOR * 10_000_000L;
  private static final long DAY_FACTOR = PARTITION_FACTOR * 1_000L;
  private static final long SITE_FACTOR = DAY_FACTOR * 100_000L;

  private EntityId() {}

  /** Puts an id together; every part is checked. */
  public static long of(int site, int day, int partition, int counter, int slot) {
    Check.that(site >= SITE_MIN && site <= SITE_MAX, "site out of range");
    Check.that(day >= 0 && day <= 99_999, "day out of range");
    Check.that(partition >= 0 && partition < Slot.COUNT, "partition out of range");
    Check.that(counter >= 0 && counter <= COUNTER_MAX, "counter out of range");
    Check.that(slot >= 0 && slot < Slot.COUNT, "slot out of range");
    return site * SITE_FACTOR
        + day * DAY_FACTOR
        + partition * PARTITION_FACTOR
        + counter * COUNTER_FACTOR
        + slot;
  }

  public static int site(long id) {
    return (int) (id / SITE_FACTOR);
  }

  public static int day(long id) {
    return (int) (id / DAY_FACTOR % 100_000L);
  }

  /** Partition that made the id. */
  public static int generator(long id) {
    return (int) (id / PARTITION_FACTOR % 1_000L);
  }

  public static int counter(long id) {
    return (int) (id / COUNTER_FACTOR % 10_000_000L);
  }

  public static int dayOf(long epochMs) {
    return (int) (epochMs / DAY_MS);
  }

  /**
   * Whether an id of this form can have been issued by this site at all; refuses guessed ids by
   * arithmetic, before anything is looked up.
   */
  public static boolean isPossible(long id, int site, int partitionCount, long nowMs) {
    return id > 0
        && site(id) == site
        && generator(id) < partitionCount
        && day(id) <= dayOf(nowMs) + 1;
  }
}
