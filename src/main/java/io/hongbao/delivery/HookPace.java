// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.time.Randomness;

/**
 * How fast a receiver may be asked, by how it has answered.
 *
 * <p>Each failure in a row halves what may be under way; after a few there is one probe at a time,
 * ever more seldom. One success opens it again.
 *
 * <p><b>Thread:</b> one at a time; time is an argument.
 */
final class HookPace {

  /** Then probes follow one another at growing distances. */
  private static final int FAILURES_BEFORE_PROBING = 8;

  /** 2^20 times the first wait is more than any longest one. */
  private static final int DOUBLINGS_MAX = 20;

  private final HookLimits limits;
  private final Randomness chance;
  private int failuresInRow;
  private long notBeforeMs;

  HookPace(HookLimits limits, Randomness chance) {
    this.limits = limits;
    this.chance = chance;
  }

  /** How many may be under way now. */
  int allowed(long nowMs) {
    if (nowMs < notBeforeMs) {
      return 0;
    }
    return Math.max(1, limits.inFlightMax() >> Math.min(failuresInRow, Integer.SIZE - 1));
  }

  void accepted() {
    failuresInRow = 0;
    notBeforeMs = 0;
  }

  void failed(long nowMs) {
    failuresInRow++;
    if (failuresInRow > FAILURES_BEFORE_PROBING) {
      notBeforeMs = nowMs + delayMs(failuresInRow - FAILURES_BEFORE_PROBING);
    }
  }

  /** When more is allowed again; 0 when it is now. */
  long notBeforeMs() {
    return notBeforeMs;
  }

  /** The wait after so many attempts: doubled each time, then half of it by lot. */
  long delayMs(int attempts) {
    long doubled = limits.retryFirstMs() << Math.min(attempts - 1, DOUBLINGS_MAX);
    long longest = Math.min(doubled, limits.retryMaxMs());
    return longest / 2 + Math.floorMod(chance.nextLong(), longest / 2 + 1);
  }
}
