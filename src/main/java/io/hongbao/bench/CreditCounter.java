// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts shares whose credit is durable in the opener's partition, as their packets hear of it.
 *
 * <p><b>Thread:</b> {@link #add} for the loop of that lane only, so that it needs no lock; sums for
 * any.
 */
final class CreditCounter {

  /** Longs from one lane's place to the next: two cache lines. */
  private static final int STRIDE = 16;

  private final AtomicLongArray counts;
  private final int lanes;

  CreditCounter(int lanes) {
    this.lanes = lanes;
    this.counts = new AtomicLongArray((lanes + 1) * STRIDE);
  }

  void add(int lane, long lagMs) {
    int at = (lane + 1) * STRIDE;
    counts.lazySet(at, counts.getPlain(at) + 1);
    counts.lazySet(at + 1, counts.getPlain(at + 1) + lagMs);
  }

  /** Shares credited so far. */
  long count() {
    return sum(0);
  }

  /** Milliseconds from open to credit, added up. */
  long lagMs() {
    return sum(1);
  }

  private long sum(int column) {
    long sum = 0;
    for (int lane = 0; lane < lanes; lane++) {
      sum += counts.get((lane + 1) * STRIDE + column);
    }
    return sum;
  }
}
