// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what an export loop does.
 *
 * <p><b>Thread:</b> written by the loop, read by every thread.
 */
public final class ExportMeters {

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong commitNanos = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong rebuilds = new AtomicLong();

  void countRecord() {
    records.incrementAndGet();
  }

  void countBatch(int batchRows, long nanos) {
    batches.incrementAndGet();
    rows.addAndGet(batchRows);
    commitNanos.addAndGet(nanos);
  }

  void countFailure() {
    failures.incrementAndGet();
  }

  void countRebuild() {
    rebuilds.incrementAndGet();
  }

  /** Records read; those that give no rows count. */
  public long records() {
    return records.get();
  }

  public long rows() {
    return rows.get();
  }

  public long batches() {
    return batches.get();
  }

  /** Time spent in commits, in all. */
  public long commitNanos() {
    return commitNanos.get();
  }

  public long failures() {
    return failures.get();
  }

  /** How often the target was begun anew. */
  public long rebuilds() {
    return rebuilds.get();
  }
}
