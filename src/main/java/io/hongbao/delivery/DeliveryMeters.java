// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.model.LatencyHistogram;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What deliveries measure, over all webhooks.
 *
 * <p><b>Thread:</b> any.
 */
public final class DeliveryMeters {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder paused = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LatencyHistogram tookNanos = new LatencyHistogram();

  public long accepted() {
    return accepted.sum();
  }

  public long failed() {
    return failed.sum();
  }

  /** Times that a webhook was paused since it failed for too long. */
  public long paused() {
    return paused.sum();
  }

  public int inFlight() {
    return inFlight.get();
  }

  /** From sending to the answer, or to giving up. */
  public LatencyHistogram tookNanos() {
    return tookNanos;
  }

  void countBegun() {
    inFlight.incrementAndGet();
  }

  void countDone(boolean isAccepted, long nanos) {
    inFlight.decrementAndGet();
    tookNanos.recordShared(nanos);
    (isAccepted ? accepted : failed).increment();
  }

  void countPaused() {
    paused.increment();
  }
}
