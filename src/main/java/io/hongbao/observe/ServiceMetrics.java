// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.observe;

import io.hongbao.engine.journal.Journal;
import io.hongbao.ladder.Ladder;
import io.hongbao.ladder.Pressure;
import io.hongbao.ladder.Rung;
import io.hongbao.probe.ProbeListener;
import io.hongbao.probe.Prober;
import io.hongbao.shard.BackgroundSnapshots;
import io.hongbao.shard.SnapshotKeeper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how well the server serves: what the prober finds, and what is refused so that money goes
 * on.
 *
 * <p><b>Thread:</b> set up by the starter's; read on the management server's.
 */
public final class ServiceMetrics {

  /** From a good disk to a client's patience; what lies between two of them is not told apart. */
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1)
  };

  private final MeterRegistry registry;

  public ServiceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows the prober; what comes back hears what it finds. */
  public ProbeListener bind(Prober prober) {
    Counter total = counter("hongbao.probes", "verdicts of the prober");
    Counter good = counter("hongbao.probes.good", "verdicts that were good");
    Timer reads = timer("read");
    Timer writes = timer("write");
    Gauge.builder("hongbao.probe.partitions.failing", prober, one -> one.failing().size())
        .description("partitions that did not answer the last probe in time")
        .register(registry);
    return new ProbeListener() {
      @Override
      public void verdict(boolean isGood) {
        total.increment();
        if (isGood) {
          good.increment();
        }
      }

      @Override
      public void answered(boolean isWrite, long nanos) {
        (isWrite ? writes : reads).record(Duration.ofNanos(nanos));
      }
    };
  }

  private Counter counter(String name, String text) {
    return Counter.builder(name).description(text).register(registry);
  }

  private Timer timer(String kind) {
    return Timer.builder("hongbao.probe")
        .description("from a probe to its answer, in seconds")
        .tag("kind", kind)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  /** Shows the ladder, and how near the limits are. */
  public void bind(Ladder ladder, Supplier<List<Pressure>> pressures) {
    for (Rung rung : Rung.all()) {
      Gauge.builder("hongbao.degraded", ladder, one -> one.isRefused(rung) ? 1 : 0)
          .description("1 while the step is refused")
          .tag("step", rung.wireName())
          .register(registry);
      Gauge.builder("hongbao.degraded.by.load", ladder, one -> one.isAskedByLoad(rung) ? 1 : 0)
          .description("1 while load asks for refusing the step")
          .tag("step", rung.wireName())
          .register(registry);
      FunctionCounter.builder("hongbao.degraded.refusals", ladder, one -> one.refusals(rung))
          .description("requests turned away at the step")
          .tag("step", rung.wireName())
          .register(registry);
    }
    for (Pressure.Signal signal : Pressure.Signal.values()) {
      Gauge.builder("hongbao.pressure", pressures, now -> share(now.get(), signal))
          .description("share of a limit that is used; 1 is the limit")
          .tag("signal", signal.wireName())
          .strongReference(true)
          .register(registry);
    }
  }

  /** Shows the volume on which the data lies; both in bytes. */
  public void bindDisk(LongSupplier freeBytes, LongSupplier totalBytes) {
    value("hongbao.disk.free.bytes", "free on the data directory's volume", freeBytes);
    value("hongbao.disk.total.bytes", "size of the data directory's volume", totalBytes);
  }

  /** Shows the background snapshots. */
  public void bind(SnapshotKeeper keeper, BackgroundSnapshots rounds, Journal journal) {
    FunctionCounter.builder("hongbao.snapshot.rounds", keeper, SnapshotKeeper::rounds)
        .description("rounds of snapshots that succeeded")
        .register(registry);
    FunctionCounter.builder("hongbao.snapshot.failures", rounds, BackgroundSnapshots::failures)
        .description("rounds of snapshots that failed and are tried again")
        .register(registry);
    value(
        "hongbao.snapshot.behind.bytes",
        "journaled since the last round: what a start replays",
        () -> journal.durableLogPosition() - keeper.lastRoundLogPosition());
  }

  private void value(String name, String text, LongSupplier reading) {
    Gauge.builder(name, reading, LongSupplier::getAsLong)
        .description(text)
        .strongReference(true)
        .register(registry);
  }

  private static double share(List<Pressure> pressures, Pressure.Signal signal) {
    return pressures.stream()
        .filter(one -> one.signal() == signal)
        .mapToDouble(Pressure::share)
        .findFirst()
        .orElse(0);
  }
}
