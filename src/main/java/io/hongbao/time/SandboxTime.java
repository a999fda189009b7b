// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

import io.hongbao.model.Check;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Another time source plus an offset that only grows, so that a sandbox can live through 24 hours
 * at once.
 *
 * <p><b>Thread:</b> any; reads take no lock.
 *
 * <p><b>Durability:</b> none here; whoever advances the clock journals the new offset first and
 * restores it with {@link #raiseOffsetTo} after a restart.
 */
public final class SandboxTime implements TimeSource {

  /** A hundred years: more would leave the range of the dates that the edge prints. */
  public static final long OFFSET_MS_MAX = 100L * 365 * 24 * 3_600 * 1_000;

  private final TimeSource source;
  private final AtomicLong offsetMs = new AtomicLong();

  public SandboxTime(TimeSource source) {
    this.source = source;
  }

  @Override
  public long nowMs() {
    return source.nowMs() + offsetMs.get();
  }

  /** Intervals stay real: request deadlines must not fire because the day was moved on. */
  @Override
  public long nanos() {
    return source.nanos();
  }

  public long offsetMs() {
    return offsetMs.get();
  }

  /**
   * Moves the time of day forward.
   *
   * @return the new offset
   */
  public long advance(long byMs) {
    Check.atLeast(byMs, 0, "sandbox clock step");
    return offsetMs.updateAndGet(
        before -> {
          Check.atMost(byMs, OFFSET_MS_MAX - before, "sandbox clock step");
          return before + byMs;
        });
  }

  /** Sets the offset unless it is already there or beyond; the same call twice is harmless. */
  public void raiseOffsetTo(long toMs) {
    Check.atMost(toMs, OFFSET_MS_MAX, "sandbox clock offset");
    offsetMs.accumulateAndGet(toMs, Math::max);
  }
}
