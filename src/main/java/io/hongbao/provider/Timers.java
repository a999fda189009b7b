// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

/**
 * Calls back after a time; Vert.x in production, by hand in tests and in the simulator.
 *
 * <p><b>Thread:</b> every thread may call; the task runs on a thread of the implementation's choice
 * and must not block.
 */
public interface Timers {

  /** Runs the task once, not before {@code delayMs} (at least 1) have passed; returns its id. */
  long set(long delayMs, Runnable task);

  /** Whether the task was kept from running; false when it ran, runs now, or never was. */
  boolean cancel(long timerId);
}
