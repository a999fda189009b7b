// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.model.LatencyHistogram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long a start takes with much in memory, and what a round of snapshots at that size does to
 * those who are served meanwhile.
 */
final class RecoveryBench {

  private static final long BALANCE_MINOR = 10_000_000;
  private static final int SHARES = 20;

  /** A start replays what was journaled after the snapshot: as much as here. */
  private static final int OPENED_AFTER = 1;

  private static final double P999 = 0.999;

  private final BenchOptions options;
  private final Path directory;

  RecoveryBench(BenchOptions options) {
    this.options = options;
    this.directory = options.directory().resolve("recovery");
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    String size = options.accounts() + " accounts, " + options.packets() + " live packets";
    make();
    double[] seconds = new double[options.rounds()];
    for (int i = 0; i < seconds.length; i++) {
      long begin = System.nanoTime();
      EngineRig rig = new EngineRig(directory, RigOptions.remembering(options.loops()));
      seconds[i] = (System.nanoTime() - begin) / 1e9;
      options.progress().accept("recovered in " + seconds[i] + " s");
      if (i == seconds.length - 1) {
        snapshots(rig, size, lines);
      }
      rig.close();
    }
    lines.addFirst(
        new BenchLine(
            "recovery: " + size,
            Rounds.median(seconds),
            "s",
            Double.NaN,
            Double.NaN,
            seconds.length,
            java.util.Arrays.stream(seconds).min().orElse(0),
            java.util.Arrays.stream(seconds).max().orElse(0),
            options.loops()));
    return lines;
  }

  private void make() throws Exception {
    try (EngineRig rig = new EngineRig(directory, RigOptions.remembering(options.loops()))) {
      EngineLoad load =
          new EngineLoad(
              rig,
              new EngineLoad.Options(
                  options.accounts(),
                  options.packets(),
                  SHARES,
                  options.window(),
                  1,
                  Shape.UNIFORM,
                  true));
      long begin = System.nanoTime();
      rig.fill(options.accounts(), BALANCE_MINOR);
      load.sendPackets();
      TimeUnit.SECONDS.sleep(1);
      rig.saveAll();
      // The tail that a start finds behind its snapshots.
      load.openEach(OPENED_AFTER);
      options.progress().accept("made in " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
    }
  }

  // Somebody asks a partition after the other once a millisecond, with and without a round of
  // snapshots beside; how late the partition looks is its pause.
  private void snapshots(EngineRig rig, String size, List<BenchLine> lines) throws Exception {
    LatencyHistogram quiet = new LatencyHistogram();
    AtomicBoolean goOn = new AtomicBoolean(true);
    Thread stop =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    TimeUnit.NANOSECONDS.sleep((long) (options.seconds() * 1e9));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  goOn.set(false);
                });
    ask(rig, goOn, quiet);
    stop.join();

    LatencyHistogram beside = new LatencyHistogram();
    AtomicBoolean building = new AtomicBoolean(true);
    long begin = System.nanoTime();
    Thread round =
        Thread.ofPlatform()
            .name("hongbao-bench-snapshots")
            .start(
                () -> {
                  try {
                    rig.keeper().round(() -> true);
                  } catch (Exception e) {
                    rig.onFailure(e);
                  }
                  building.set(false);
                });
    ask(rig, building, beside);
    round.join();
    rig.check();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double pauseMs = beside.quantileNanos(P999) / 1e6;
    double quietMs = quiet.quantileNanos(P999) / 1e6;
    lines.add(
        new BenchLine(
            "snapshot: p99.9 pause of a partition while built",
            pauseMs,
            "ms",
            quietMs,
            pauseMs / quietMs,
            1,
            pauseMs / quietMs,
            pauseMs / quietMs,
            options.loops()));
    lines.add(BenchLine.alone("snapshot: a round, " + size, seconds, "s", options.loops()));
  }

  private static void ask(EngineRig rig, AtomicBoolean goOn, LatencyHistogram pauses)
      throws InterruptedException {
    int partition = 0;
    while (goOn.get()) {
      long asked = System.nanoTime();
      rig.lanes().run(partition, core -> pauses.recordShared(System.nanoTime() - asked));
      partition = (partition + 1) % rig.options().partitions();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
