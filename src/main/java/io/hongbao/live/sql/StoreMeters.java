// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the rooms' database does.
 *
 * <p><b>Thread:</b> any.
 */
public final class StoreMeters {

  private final LongAdder rows = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final AtomicLong unsaved = new AtomicLong();
  private volatile long oldestMs;

  void added(int count) {
    unsaved.addAndGet(count);
  }

  void written(int count, long ageMs, boolean wasLate) {
    rows.add(count);
    batches.increment();
    unsaved.addAndGet(-count);
    oldestMs = ageMs;
    if (wasLate) {
      late.increment();
    }
  }

  void countFailure() {
    failures.increment();
  }

  /** Entries written. */
  public long rows() {
    return rows.sum();
  }

  public long batches() {
    return batches.sum();
  }

  /** Attempts to write that failed. */
  public long failures() {
    return failures.sum();
  }

  /** Batches whose oldest entry was not durable within {@code room.flush_ms}. */
  public long late() {
    return late.sum();
  }

  /** Entries that wait. */
  public long unsaved() {
    return unsaved.get();
  }

  /** How long the oldest entry of the last batch had waited when it was durable. */
  public long lastDelayMs() {
    return oldestMs;
  }
}
