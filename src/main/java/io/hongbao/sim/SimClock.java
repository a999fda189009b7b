// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.time.SystemTime;
import io.hongbao.time.TimeSource;

/**
 * The machine's two clocks, and the server's real time keeping on top of them.
 *
 * <p>The wall clock can be stepped; the monotonic one only goes on. A restart reads the wall clock
 * anew, as a process does.
 */
final class SimClock implements TimeSource {

  private static final long NANOS_PER_MS = 1_000_000L;

  // 2026-01-01, so that day numbers in ids look as they do in production.
  private long wallMs = 1_767_225_600_000L;
  private long monotonicNanos = 1;
  private SystemTime time = new SystemTime(() -> wallMs, () -> monotonicNanos);

  void advance(long ms) {
    wallMs += ms;
    monotonicNanos += ms * NANOS_PER_MS;
  }

  /** Somebody sets the wall clock. */
  void stepWall(long ms) {
    wallMs += ms;
  }

  /** A new process reads the clocks. */
  void restart() {
    time = new SystemTime(() -> wallMs, () -> monotonicNanos);
  }

  @Override
  public long nowMs() {
    return time.nowMs();
  }

  @Override
  public long nanos() {
    return monotonicNanos;
  }
}
