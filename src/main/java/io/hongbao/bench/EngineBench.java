// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Durable opens in process, beside the barest thinkable state machine. */
final class EngineBench {

  private static final long BALANCE_MINOR = 10_000_000;

  private final BenchOptions options;

  EngineBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    Path directory = options.directory().resolve("engine");
    try (EngineRig rig = new EngineRig(directory, RigOptions.usual(options.loops()))) {
      EngineLoad load = new EngineLoad(rig, loadOptions(true));
      rig.fill(options.accounts(), BALANCE_MINOR);
      load.sendPackets();
      BareGrabs bare = new BareGrabs((int) options.accounts(), options.packets(), options.shares());
      load.start();
      measure(load, options.seconds());
      bare.run(options.seconds() / 4);
      lines.add(
          Rounds.compare(
              "engine: durable, credited opens",
              "opens/s",
              options.rounds(),
              options.loops(),
              () -> told(measure(load, options.seconds())).perSecond(),
              () -> bare.run(options.seconds() / 4)));
      Sample sample = measure(load, options.seconds());
      lines.add(
          BenchLine.alone(
              "engine: processor time of an open", sample.cpuMicros(), "µs", options.loops()));
      lines.add(
          BenchLine.alone("engine: credit after open", sample.lagMs(), "ms", options.loops()));
      lines.add(
          BenchLine.alone(
              "engine: records of a flush", sample.recordsPerFlush(), "records", options.loops()));
      load.stop();
    }
    return lines;
  }

  private Sample told(Sample sample) {
    options.progress().accept("engine: " + sample.describe());
    return sample;
  }

  private EngineLoad.Options loadOptions(boolean creditCounts) {
    return new EngineLoad.Options(
        options.accounts(),
        options.packets(),
        options.shares(),
        options.window(),
        options.batch(),
        options.shape(),
        creditCounts);
  }

  /** What happened in some seconds. */
  record Sample(double perSecond, double cpuMicros, double lagMs, double recordsPerFlush) {

    String describe() {
      return String.format(
          Locale.ROOT,
          "%.0f/s, %.2f µs each, credit after %.1f ms, %.0f records a flush",
          perSecond,
          cpuMicros,
          lagMs,
          recordsPerFlush);
    }
  }

  static Sample measure(EngineLoad load, double seconds) throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    EngineRig rig = load.rig();
    long doneBefore = load.done();
    long lagBefore = rig.credits().lagMs();
    long creditsBefore = rig.credits().count();
    long flushesBefore = rig.journal().counters().flushes();
    long recordsBefore = rig.journal().counters().records();
    long cpuBefore = system.getProcessCpuTime();
    long begin = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    long done = load.done() - doneBefore;
    double passed = (System.nanoTime() - begin) / 1e9;
    long credits = rig.credits().count() - creditsBefore;
    rig.check();
    return new Sample(
        done / passed,
        (system.getProcessCpuTime() - cpuBefore) / 1e3 / Math.max(1, done),
        (rig.credits().lagMs() - lagBefore) / (double) Math.max(1, credits),
        (rig.journal().counters().records() - recordsBefore)
            / (double) Math.max(1, rig.journal().counters().flushes() - flushesBefore));
  }
}
