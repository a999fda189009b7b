// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * How many messages a room may have: so many a second, and as many at once.
 *
 * <p><b>Thread:</b> the owner loop's; time is an argument.
 */
final class Budget {

  /** Parts of a message, so that no fraction is lost between two looks. */
  private static final long PARTS = 1_000;

  private final int perS;
  private long parts;
  private long atMs;

  Budget(int perS, long nowMs) {
    this.perS = perS;
    this.parts = perS * PARTS;
    this.atMs = nowMs;
  }

  int perS() {
    return perS;
  }

  boolean tryTake(long nowMs) {
    refill(nowMs);
    if (parts < PARTS) {
      return false;
    }
    parts -= PARTS;
    return true;
  }

  /** Whether nothing was taken for so long that a new one would be the same. */
  boolean isFull(long nowMs) {
    refill(nowMs);
    return parts == perS * PARTS;
  }

  private void refill(long nowMs) {
    long sinceMs = Math.max(0, nowMs - atMs);
    // A message a second is one part a millisecond; more than a second fills it anyway.
    parts = Math.min(perS * PARTS, parts + Math.min(sinceMs, PARTS) * perS);
    atMs = Math.max(atMs, nowMs);
  }
}
