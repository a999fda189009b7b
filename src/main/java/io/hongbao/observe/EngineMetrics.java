// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.observe;

import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.PartitionMeters;
import io.hongbao.engine.journal.JournalCounters;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.model.LatencyHistogram;
import io.hongbao.shard.Lane;
import io.hongbao.shard.LaneSet;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Shows what the engine counts: queue, decide, journal, reply, transfers, each with its limit.
 *
 * <p>The engine counts in fields of its own and knows no registry; these meters read them when
 * somebody asks.
 *
 * <p><b>Thread:</b> set up by the starter's; read on the management server's.
 */
public final class EngineMetrics {

  private static final double[] QUANTILES = {0.5, 0.99, 0.999};
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;

  public EngineMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  public void bind(LaneSet lanes) {
    for (int i = 0; i < lanes.count(); i++) {
      Lane lane = lanes.lane(i);
      String name = Integer.toString(i);
      gauge(
          "hongbao.lane.mailbox",
          "letters waiting for the lane",
          lane,
          name,
          one -> lanes.waiting(one.index()));
      counter(
          "hongbao.lane.queue.full",
          "commands turned away at a full queue",
          lane,
          name,
          one -> one.meters().queueFull());
      counter("hongbao.lane.turns", "turns of the lane", lane, name, one -> one.meters().turns());
      quantiles(
          "hongbao.stage.queue",
          "from another lane's hands to being decided",
          name,
          lane.meters().queueNanos());
      quantiles(
          "hongbao.stage.decide",
          "deciding, encoding and applying one command",
          name,
          lane.meters().decideNanos());
      bindPartitions(lane, name);
    }
  }

  private void bindPartitions(Lane lane, String name) {
    gauge(
        "hongbao.replies.waiting",
        "answers that wait to become durable",
        lane,
        name,
        one -> sum(one, PartitionMeters::waitingReplies));
    gauge(
        "hongbao.transfers.in_flight",
        "transfers not yet acknowledged",
        lane,
        name,
        one -> sum(one, PartitionMeters::inFlight));
    counter(
        "hongbao.records",
        "records appended",
        lane,
        name,
        one -> sum(one, PartitionMeters::records));
    counter(
        "hongbao.refusals",
        "commands refused by a rule",
        lane,
        name,
        one -> sum(one, PartitionMeters::refusals));
    counter(
        "hongbao.overloaded",
        "commands turned away at a limit",
        lane,
        name,
        one -> sum(one, PartitionMeters::overloaded));
    counter(
        "hongbao.repeats",
        "repeats answered from the stored keys",
        lane,
        name,
        one -> sum(one, PartitionMeters::repeats));
    counter(
        "hongbao.transfers.taken",
        "transfers taken from other partitions",
        lane,
        name,
        one -> sum(one, PartitionMeters::transfersTaken));
  }

  /** Shows how near the idempotency keys of any partition are to their limit. */
  public void bindKeys(LaneSet lanes) {
    Gauge.builder("hongbao.keys", lanes, EngineMetrics::keys)
        .description("idempotency keys remembered")
        .register(registry);
    Gauge.builder("hongbao.keys.fullest", lanes, EngineMetrics::fullestKeys)
        .description("share of its room for idempotency keys that the fullest partition uses")
        .register(registry);
  }

  private static double keys(LaneSet lanes) {
    double sum = 0;
    for (int i = 0; i < lanes.count(); i++) {
      sum += sum(lanes.lane(i), PartitionMeters::keys);
    }
    return sum;
  }

  private static double fullestKeys(LaneSet lanes) {
    double fullest = 0;
    for (int i = 0; i < lanes.count(); i++) {
      for (PartitionCore core : lanes.lane(i).cores()) {
        fullest = Math.max(fullest, core.keysShare());
      }
    }
    return fullest;
  }

  /** Shows how much waits for somebody who settles it. */
  public void bindSuspense(LaneSet lanes) {
    Gauge.builder("hongbao.suspense.entries", lanes, EngineMetrics::suspenseEntries)
        .description("entries in suspense that nobody has settled yet")
        .register(registry);
  }

  private static double suspenseEntries(LaneSet lanes) {
    long sum = 0;
    for (int i = 0; i < lanes.count(); i++) {
      for (PartitionCore core : lanes.lane(i).cores()) {
        sum += core.state().parts().suspense().openCount();
      }
    }
    return sum;
  }

  /** Shows the money between partitions, by asset. */
  public void bindInFlight(LaneSet lanes, int assetNumber, String assetCode) {
    Gauge.builder("hongbao.money.in_flight", lanes, all -> inFlightMinor(all, assetNumber))
        .description("money that left one partition and is not known to be in another, minor units")
        .tag("asset", assetCode)
        .register(registry);
  }

  private static double inFlightMinor(LaneSet lanes, int assetNumber) {
    long sum = 0;
    for (int i = 0; i < lanes.count(); i++) {
      for (PartitionCore core : lanes.lane(i).cores()) {
        sum += core.state().parts().outbox().inFlightMinor(assetNumber);
      }
    }
    return sum;
  }

  private static double sum(Lane lane, ToLongFunction<PartitionMeters> meter) {
    long sum = 0;
    for (PartitionCore core : lane.cores()) {
      sum += meter.applyAsLong(core.meters());
    }
    return sum;
  }

  public void bind(LocalJournal journal, int laneCount) {
    JournalCounters counters = journal.counters();
    for (JournalCounters.Trigger trigger : JournalCounters.Trigger.values()) {
      FunctionCounter.builder("hongbao.journal.flushes", counters, c -> c.flushes(trigger))
          .description("flushes, by what started them")
          .tag("trigger", trigger.name().toLowerCase(java.util.Locale.ROOT))
          .register(registry);
    }
    plain("hongbao.journal.records", "records made durable", counters, JournalCounters::records);
    plain("hongbao.journal.bytes", "bytes made durable", counters, JournalCounters::bytes);
    plain("hongbao.journal.rolls", "segments begun", counters, JournalCounters::rolls);
    plain(
        "hongbao.journal.archived",
        "segments archived",
        counters,
        JournalCounters::segmentsArchived);
    plain(
        "hongbao.journal.background.failures",
        "preparing or archiving a segment failed and will be tried again",
        counters,
        JournalCounters::backgroundFailures);
    for (double quantile : QUANTILES) {
      Gauge.builder(
              "hongbao.stage.journal",
              counters,
              c -> c.flushNsQuantile(quantile) / NANOS_PER_SECOND)
          .description("one write and force, in seconds")
          .tag("quantile", Double.toString(quantile))
          .register(registry);
      Gauge.builder("hongbao.journal.batch", counters, c -> c.flushRecordsQuantile(quantile))
          .description("records in one flush")
          .tag("quantile", Double.toString(quantile))
          .register(registry);
    }
    for (int lane = 0; lane < laneCount; lane++) {
      int index = lane;
      gauge(
          "hongbao.journal.waiting.bytes",
          "bytes that wait to become durable",
          journal,
          Integer.toString(lane),
          one -> one.waitingBytes(index));
    }
  }

  /** Shows a histogram of nanoseconds as quantiles in seconds. */
  public void quantiles(String name, String text, String lane, LatencyHistogram histogram) {
    for (double quantile : QUANTILES) {
      Gauge.builder(name, histogram, h -> h.quantileNanos(quantile) / NANOS_PER_SECOND)
          .description(text + ", in seconds")
          .tag("lane", lane)
          .tag("quantile", Double.toString(quantile))
          .register(registry);
    }
  }

  /** Shows a value without labels. */
  public <T> void value(String name, String text, T source, ToDoubleFunction<T> reading) {
    Gauge.builder(name, source, reading).description(text).strongReference(true).register(registry);
  }

  /** Shows a value of one lane. */
  public <T> void laneValue(
      String name, String text, String lane, T source, ToDoubleFunction<T> reading) {
    gauge(name, text, source, lane, reading);
  }

  /** Shows something that one lane counts. */
  public <T> void laneCount(
      String name, String text, String lane, T source, ToDoubleFunction<T> reading) {
    counter(name, text, source, lane, reading);
  }

  private <T> void gauge(
      String name, String text, T source, String lane, ToDoubleFunction<T> reading) {
    Gauge.builder(name, source, reading).description(text).tag("lane", lane).register(registry);
  }

  private <T> void counter(
      String name, String text, T source, String lane, ToDoubleFunction<T> reading) {
    FunctionCounter.builder(name, source, reading)
        .description(text)
        .tag("lane", lane)
        .register(registry);
  }

  private <T> void plain(String name, String text, T source, ToDoubleFunction<T> reading) {
    FunctionCounter.builder(name, source, reading).description(text).register(registry);
  }
}
