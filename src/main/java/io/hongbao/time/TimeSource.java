// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

/**
 * Tells the time of day and measures intervals.
 *
 * <p><b>Invariant:</b> neither reading ever goes backwards, on whichever threads it is taken.
 */
public interface TimeSource {

  /** Time of day, milliseconds since the epoch. */
  long nowMs();

  /** Nanoseconds since some moment in the past; only differences mean anything. */
  long nanos();
}
