// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.redis;

import io.hongbao.model.LatencyHistogram;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one link measures.
 *
 * <p><b>Thread:</b> written by the link's loop, read by any.
 */
public final class RedisMeters {

  private final LatencyHistogram callNanos = new LatencyHistogram();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong downs = new AtomicLong();
  private volatile boolean isUp;

  /** Whether calls are sent at the moment. */
  public boolean isUp() {
    return isUp;
  }

  /** From a call to its answer. */
  public LatencyHistogram callNanos() {
    return callNanos;
  }

  /** Calls that the server answered with an error. */
  public long errors() {
    return errors.get();
  }

  /** Calls that were not sent: the link was down, or too many were under way. */
  public long unsent() {
    return unsent.get();
  }

  /** Calls that were sent and never answered. */
  public long lost() {
    return lost.get();
  }

  /** How often a link that was up went down. */
  public long downs() {
    return downs.get();
  }

  void up(boolean up) {
    isUp = up;
  }

  void answered(long nanos) {
    callNanos.record(nanos);
  }

  void countError() {
    errors.lazySet(errors.getPlain() + 1);
  }

  void countUnsent() {
    unsent.lazySet(unsent.getPlain() + 1);
  }

  void countLost(int calls) {
    lost.lazySet(lost.getPlain() + calls);
  }

  void countDown() {
    downs.lazySet(downs.getPlain() + 1);
  }
}
