// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.time.TimeSource;

/**
 * How long the steps of something took, for one line of the log.
 *
 * <p><b>Thread:</b> one.
 */
final class Laps {

  private static final long NANOS_PER_MS = 1_000_000;

  private final TimeSource time;
  private final StringBuilder text = new StringBuilder();
  private long sinceNanos;

  Laps(TimeSource time) {
    this.time = time;
    this.sinceNanos = time.nanos();
  }

  /** Notes that a step is over. */
  void end(String step) {
    long nanos = time.nanos();
    String separator = text.isEmpty() ? "" : ", ";
    text.append(separator).append(step).append(' ').append((nanos - sinceNanos) / NANOS_PER_MS);
    sinceNanos = nanos;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
