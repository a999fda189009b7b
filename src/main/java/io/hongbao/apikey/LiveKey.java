// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A key that is in force, with its last use.
 *
 * <p><b>Thread:</b> any. Its last use is a race that nobody needs to win: a loop writes it at most
 * once a second, so that the loops do not pull one cache line back and forth.
 */
public final class LiveKey {

  /** How exact the last use is in this process. */
  private static final long USE_STEP_MS = 1_000;

  /** How old the journaled last use may be: a key costs 24 small records a day. */
  static final long NOTE_EVERY_MS = 3_600_000;

  private final ApiKey key;

  private final AtomicLong usedAtMs;
  private final AtomicLong notedAtMs;

  LiveKey(ApiKey key, long usedAtMs) {
    this.key = key;
    this.usedAtMs = new AtomicLong(usedAtMs);
    this.notedAtMs = new AtomicLong(key.usedAtMs());
  }

  public ApiKey key() {
    return key;
  }

  /** Last use in this process or before it, epoch milliseconds; 0 without one. */
  public long usedAtMs() {
    return usedAtMs.getOpaque();
  }

  /**
   * Notes a use.
   *
   * @return whether the caller is to have it journaled: the one of all loops that came first
   */
  public boolean use(long nowMs) {
    if (nowMs - usedAtMs() >= USE_STEP_MS) {
      usedAtMs.setOpaque(nowMs);
    }
    long noted = notedAtMs.getOpaque();
    return nowMs - noted >= NOTE_EVERY_MS && notedAtMs.compareAndSet(noted, nowMs);
  }

  boolean opens(long hashHigh, long hashLow, long nowMs) {
    boolean isNewest = key.secret().hasHash(hashHigh, hashLow);
    boolean isBefore = key.before().hasHash(hashHigh, hashLow) && nowMs < key.before().endsAtMs();
    return (isNewest || isBefore) && !key.isExpired(nowMs);
  }
}
