// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.cli;

import io.hongbao.sim.Fault;
import io.hongbao.sim.SimFailure;
import io.hongbao.sim.Simulator;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Plays seeds of the simulator. */
final class SimCommand {

  private static final String USAGE =
      """
      usage: hongbao sim [--seed N] [--steps M] [--seeds COUNT] [--minutes T]

      Plays the engine (partitions, journal, snapshots, transfers, timers, recovery) in one thread
      over a disk, a network and clocks that fail as the seed has it, and checks every answer
      against an independent book. The same seed and steps give the same hash on every machine.

        --seed N       first seed (default: taken from the clock, and printed)
        --steps M      actions per seed (default 20000)
        --seeds COUNT  how many seeds, counted upwards (default 1)
        --minutes T    goes on with further seeds until that time is over

      Exit code 0 when all is right, 1 with the seed and the command that runs it again.
      """;

  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private SimCommand() {}

  static Command command() {
    return new Command("sim", "play the engine under faults, by seed", USAGE, SimCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), Set.of(), Set.of("seed", "steps", "seeds", "minutes"))
            .withoutOperands();
    long begunNanos = System.nanoTime();
    long begunCpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long seed = Numbers.of(line, "seed", begunNanos & 0xFFFF_FFFFL, Long.MIN_VALUE);
    long steps = Numbers.of(line, "steps", 20_000, 1);
    long minutes = Numbers.of(line, "minutes", 0, 0);
    long count = minutes > 0 ? Long.MAX_VALUE : Numbers.of(line, "seeds", 1, 1);
    long endNanos = begunNanos + TimeUnit.MINUTES.toNanos(minutes);
    Map<Fault, Long> kinds = new TreeMap<>();
    long faults = 0;
    long answers = 0;
    long hash = 0;
    long played = 0;
    long progressNanos = begunNanos + PROGRESS_NANOS;
    while (played < count && (minutes == 0 || System.nanoTime() < endNanos)) {
      Simulator.Result result;
      try {
        result = Simulator.run(seed + played, steps);
      } catch (SimFailure e) {
        context.out().println("sim failed: " + e.getMessage());
        context.out().println("again: hongbao sim --seed " + (seed + played) + " --steps " + steps);
        return ExitCode.FAILED;
      }
      played++;
      result.marks().counts().forEach((fault, times) -> kinds.merge(fault, times, Long::sum));
      faults += result.marks().all();
      answers += result.answers();
      hash = hash * 31 + result.hash();
      if (System.nanoTime() > progressNanos) {
        progressNanos = System.nanoTime() + PROGRESS_NANOS;
        context.err().println("… " + played + " seeds, " + answers + " answers, all right");
      }
    }
    kinds.forEach(
        (fault, times) ->
            context.out().println("  " + fault.name().toLowerCase(Locale.ROOT) + " " + times));
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    // What one core does: the time that other processes had is not counted.
    double cpuSeconds =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begunCpuNanos) / 1e9;
    context
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "sim ok seed=%d seeds=%d steps=%d answers=%d faults=%d hash=%016x seconds=%.1f"
                    + " steps_per_core_s=%.0f",
                seed,
                played,
                played * steps,
                answers,
                faults,
                hash,
                seconds,
                played * steps / cpuSeconds));
    return ExitCode.OK;
  }
}
