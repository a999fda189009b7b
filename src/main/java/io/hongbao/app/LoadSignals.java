// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.journal.JournalCounters;
import io.hongbao.ladder.Pressure;
import io.hongbao.ladder.Pressure.Signal;
import io.hongbao.shard.Lane;
import io.hongbao.shard.LaneSet;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads how near the server is to its limits, from counters that are kept anyway.
 *
 * <p><b>Thread:</b> one.
 */
final class LoadSignals {

  /**
   * A flush of that length means answers after two seconds: one that is under way, and one's own.
   * Nobody calls that served.
   */
  private static final double FLUSH_NANOS_LIMIT = 1e9;

  /** Twice that: a probe waits for the loop as well as for the disk. */
  private static final double PROBE_NANOS_LIMIT = 4e9;

  private final EngineRuntime engine;
  private final double mailboxMax;
  private final double repliesMax;
  private final double laneBytesMax;
  private final LongSupplier slowestProbeNanos;
  private long seenForceNanos;
  private long seenFlushes;

  LoadSignals(Configuration configuration, EngineRuntime engine, LongSupplier slowestProbeNanos) {
    this.engine = engine;
    this.mailboxMax = Integer.highestOneBit(configuration.engine().mailboxMax());
    this.repliesMax = configuration.engine().repliesMax();
    this.laneBytesMax = Integer.highestOneBit(configuration.journal().laneBytesMax());
    this.slowestProbeNanos = slowestProbeNanos;
  }

  /** One of each signal. */
  List<Pressure> read() {
    LaneSet lanes = engine.lanes();
    double mailbox = 0;
    double replies = 0;
    double bytes = 0;
    for (int i = 0; i < lanes.count(); i++) {
      Lane lane = lanes.lane(i);
      mailbox = Math.max(mailbox, lanes.waiting(i) / mailboxMax);
      bytes = Math.max(bytes, engine.journal().waitingBytes(i) / laneBytesMax);
      for (PartitionCore core : lane.cores()) {
        replies = Math.max(replies, core.meters().waitingReplies() / repliesMax);
      }
    }
    return List.of(
        new Pressure(Signal.MAILBOX, mailbox),
        new Pressure(Signal.REPLIES, replies),
        new Pressure(Signal.JOURNAL_BYTES, bytes),
        new Pressure(Signal.FLUSH, flush()),
        new Pressure(Signal.PROBE, slowestProbeNanos.getAsLong() / PROBE_NANOS_LIMIT));
  }

  private double flush() {
    JournalCounters counters = engine.journal().counters();
    long forceNanos = counters.forceNs();
    long flushes = counters.flushes() + counters.marks();
    double mean =
        flushes == seenFlushes
            ? 0
            : (forceNanos - seenForceNanos) / (double) (flushes - seenFlushes);
    seenForceNanos = forceNanos;
    seenFlushes = flushes;
    return mean / FLUSH_NANOS_LIMIT;
  }
}
