// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/**
 * How long a room gathers before it speaks: not at all while it is quiet, 50 to 100 ms when it is
 * loud.
 *
 * <p>One flush costs a core some 10 µs, whatever it carries. So a room may not speak more often
 * than its readers can be served with half of the loops' time: 1,000 readers on two loops are 10
 * ms, 5,000 are 50 ms, 10,000 are 100 ms. And a room with many words a second speaks every 50 ms in
 * any case, so that repeats meet.
 *
 * <p><b>Thread:</b> the owner loop of the room.
 */
final class WindowRule {

  private static final long FLUSH_NANOS = 10_000;
  private static final long LOUD_NANOS = 50_000_000;
  static final long NANOS_MAX = 100_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** More a second, and repeats are worth waiting for. */
  private static final int LOUD_PER_SECOND = 20;

  private final int loops;
  private long windowNanos;
  private long toldNanos = Long.MIN_VALUE / 2;
  private long countedFromNanos = Long.MIN_VALUE / 2;
  private long counted;
  private boolean isLoud;

  WindowRule(int loops) {
    this.loops = loops;
  }

  /** So many entries came. */
  void came(int count, long members, long nowNanos) {
    if (nowNanos - countedFromNanos > SECOND_NANOS) {
      // A pause of a second makes a room quiet.
      isLoud = counted > LOUD_PER_SECOND && nowNanos - countedFromNanos < 2 * SECOND_NANOS;
      countedFromNanos = nowNanos;
      counted = 0;
    }
    counted += count;
    isLoud |= counted > LOUD_PER_SECOND;
    long servedNanos = 2 * members * FLUSH_NANOS / loops;
    windowNanos = Math.min(NANOS_MAX, Math.max(isLoud ? LOUD_NANOS : 0, servedNanos));
  }

  /** How long to wait before speaking. */
  long waitNanos(long nowNanos) {
    return toldNanos + windowNanos - nowNanos;
  }

  void told(long nowNanos) {
    toldNanos = nowNanos;
  }
}
