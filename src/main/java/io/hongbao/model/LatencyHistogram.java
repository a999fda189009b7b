// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.model;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets a quarter of a power of two wide: quantiles to within 19 %.
 *
 * <p><b>Thread:</b> one writer (or any by {@link #recordShared}), any readers; recording takes no
 * lock and allocates nothing.
 */
public final class LatencyHistogram {

  private static final int STEPS = 4;
  private static final int BUCKETS = 64 * STEPS;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  public void record(long nanos) {
    int bucket = bucket(Math.max(1, nanos));
    counts.lazySet(bucket, counts.getPlain(bucket) + 1);
  }

  /** The same for several writers; costs a locked instruction. */
  public void recordShared(long nanos) {
    counts.incrementAndGet(bucket(Math.max(1, nanos)));
  }

  private static int bucket(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(nanos);
    int step = power < 2 ? 0 : (int) (nanos >>> (power - 2)) & STEPS - 1;
    return power * STEPS + step;
  }

  public long count() {
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /**
   * Upper bound of the bucket in which the quantile lies; 0 when nothing was recorded.
   *
   * @param quantile 0 to 1
   */
  public long quantileNanos(double quantile) {
    long total = count();
    if (total == 0) {
      return 0;
    }
    long rank = (long) Math.ceil(quantile * total);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts.get(i);
      if (seen >= Math.max(1, rank)) {
        return upperNanos(i);
      }
    }
    return upperNanos(BUCKETS - 1);
  }

  /** How many durations lie in buckets that end at or below a bound. */
  public long countUpTo(long nanos) {
    long sum = 0;
    for (int i = 0; i < BUCKETS && upperNanos(i) <= nanos; i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  private static long upperNanos(int bucket) {
    int power = bucket / STEPS;
    long base = 1L << Math.min(power, 62);
    return power < 2 ? base * 2 : base + (base >>> 2) * (bucket % STEPS + 1);
  }
}
