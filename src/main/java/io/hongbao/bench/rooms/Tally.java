// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import io.hongbao.model.LatencyHistogram;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all readers of a group have seen.
 *
 * <p><b>Thread:</b> their loop counts; any reads.
 */
final class Tally {

  final AtomicLong opened = new AtomicLong();
  final AtomicLong joined = new AtomicLong();
  final AtomicLong closed = new AtomicLong();
  final AtomicLong frames = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong entries = new AtomicLong();
  final AtomicLong gaps = new AtomicLong();
  final AtomicLong marked = new AtomicLong();

  volatile LatencyHistogram latency = new LatencyHistogram();
  volatile boolean wantsLatency;
  volatile byte @Nullable [] mark;

  // One thread counts, so an ordered store is enough, and cheaper than an exchange.
  static void add(AtomicLong to, long count) {
    to.lazySet(to.getPlain() + count);
  }

  void reset() {
    entries.set(0);
    frames.set(0);
    bytes.set(0);
    gaps.set(0);
    latency = new LatencyHistogram();
  }
}
