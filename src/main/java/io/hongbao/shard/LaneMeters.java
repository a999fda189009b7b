// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.shard;

import io.hongbao.model.LatencyHistogram;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one lane measures.
 *
 * <p><b>Thread:</b> written by the lane's, read by any.
 */
public final class LaneMeters {

  private final LatencyHistogram queueNanos = new LatencyHistogram();
  private final LatencyHistogram decideNanos = new LatencyHistogram();
  private final AtomicLong queueFull = new AtomicLong();
  private final AtomicLong turns = new AtomicLong();

  /** From being sent by another lane to being decided. */
  public LatencyHistogram queueNanos() {
    return queueNanos;
  }

  /** Deciding, encoding and applying one command. */
  public LatencyHistogram decideNanos() {
    return decideNanos;
  }

  /** Commands turned away because the queue to this lane was full. */
  public long queueFull() {
    return queueFull.get();
  }

  public long turns() {
    return turns.get();
  }

  void countQueueFull() {
    queueFull.incrementAndGet();
  }

  void countTurn() {
    turns.lazySet(turns.getPlain() + 1);
  }
}
