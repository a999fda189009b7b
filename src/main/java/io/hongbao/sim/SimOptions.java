// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.model.Slot;
import java.util.SplittableRandom;

/**
 * One run's shape, all of it drawn from the seed.
 *
 * @param faultPercent of messages between partitions that meet bad luck
 * @param crashEvery actions between two crashes, on the average
 * @param isTight whether queues and limits are so small that they are met
 * @param keysMax idempotency keys that a partition remembers; now and then so few that they fill
 * @param segmentPages size of a segment in pages of 4096 bytes; small, so that many roll
 */
record SimOptions(
    long seed,
    long steps,
    int partitions,
    int lanes,
    int users,
    long reserveMs,
    int opensInFlightMax,
    int faultPercent,
    int crashEvery,
    int segmentPages,
    boolean isTight,
    int keysMax) {

  static final int CNY = 1;
  static final int COIN = 2;
  static final int UNKNOWN_ASSET = 3;
  static final long BALANCE_MAX = 60_000;
  static final long TOTAL_MAX = 9_000;
  static final long SHARE_MAX = 4_000;
  static final int COUNT_MAX = 12;
  static final int TEXT_MAX = 60;
  static final long DAY_MS = 24 * 3_600_000L;
  static final long EVICT_AFTER_MS = 3 * DAY_MS;
  static final long WINDOW_MS = 3 * DAY_MS;
  static final long KEY_AHEAD_MS = 5 * 60_000L;
  static final long UNPAID_MS = 15 * 60_000L;
  static final long QUERY_AFTER_MS = 30_000;
  static final long ACCESS_MS = 15 * 60_000L;
  static final long REFRESH_MS = 2 * DAY_MS;
  static final long TOKEN_LIFE_MS_MAX = 3 * DAY_MS;
  static final int LOGINS_MAX = 3;
  static final int TOKENS_MAX = 4;
  static final int KEYS_MAX = 6;
  static final int HOOKS_MAX = 4;
  static final int PROFILES_MAX = 3;
  static final int FAILURES_MAX = 4;
  static final int ADDRESS_FAILURES_MAX = 6;
  static final int ADDRESSES_MAX = 3;
  static final long PUBLIC_ROOM = 7;
  static final long EVEN_ROOM = 8;
  static final String PROVIDER = "sim";

  static SimOptions of(long seed, long steps) {
    SplittableRandom chance = new SplittableRandom(seed ^ 0x5EED);
    int[] partitionCounts = {1, 2, 4, 5, 8};
    int partitions = partitionCounts[chance.nextInt(partitionCounts.length)];
    return new SimOptions(
        seed,
        steps,
        partitions,
        1 + chance.nextInt(Math.min(3, partitions)),
        4 + chance.nextInt(24),
        1_000 + chance.nextInt(20_000),
        chance.nextInt(4) == 0 ? 1 + chance.nextInt(3) : 2_000,
        chance.nextInt(3) == 0 ? 0 : chance.nextInt(30),
        chance.nextInt(4) == 0 ? 5_000 + chance.nextInt(10_000) : 200 + chance.nextInt(2_000),
        22 + chance.nextInt(30),
        chance.nextInt(3) == 0,
        chance.nextInt(6) == 0 ? 15 + chance.nextInt(60) : 10_000_000);
  }

  /** Unacknowledged transfers per destination that new business may reach. */
  int outboxForClients() {
    return isTight ? 8 : 90_000;
  }

  int partitionOf(long key) {
    return Slot.partition(key, partitions);
  }

  /** One room for everybody, one for users with even numbers, no other. */
  static boolean isInRoom(long roomId, long userId) {
    return roomId == PUBLIC_ROOM || (roomId == EVEN_ROOM && userId % 2 == 0);
  }

  static boolean isAsset(int asset) {
    return asset == CNY || asset == COIN;
  }
}
