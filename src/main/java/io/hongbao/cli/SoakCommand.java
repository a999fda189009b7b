// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.cli;

import io.hongbao.demo.JavaCommand;
import io.hongbao.drill.DrillException;
import io.hongbao.drill.SoakDrill;
import java.util.Set;

/** Runs a server of its own at half of its rate and looks whether anything grows: {@code soak}. */
final class SoakCommand {

  private static final String USAGE =
      """
      usage: hongbao soak [--minutes N] [--seconds N] [--seed N]

      Starts a server of its own in ./data/soak-... on free ports, finds by a short ramp the rate
      that it and its read model sustain, and asks it for half of that, while six days go by on its
      clock. Heap after a collection, direct memory, threads, descriptors, queues and kept segments
      must not grow, and p99 of the last part must be within 1.5 times that of the first.

        --minutes N  how long (default 10)
        --seconds N  the same in seconds
        --seed N     chooses what is asked (default: by the clock)

      Exit code 0 when nothing grows, 1 when something does; the directory is then kept.
      """;

  private static final long MINUTES = 10;
  private static final long SECONDS_MIN = 10;
  private static final int SECONDS_PER_MINUTE = 60;

  private SoakCommand() {}

  static Command command() {
    return new Command(
        "soak", "run a server at half of its rate; nothing may grow", USAGE, SoakCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), Set.of(), Set.of("minutes", "seconds", "seed"))
            .withoutOperands();
    long minutes = Numbers.of(line, "minutes", MINUTES, 1);
    long seconds = Numbers.of(line, "seconds", minutes * SECONDS_PER_MINUTE, SECONDS_MIN);
    long seed = Numbers.of(line, "seed", System.nanoTime() & 0xFFFF_FFFFL, Long.MIN_VALUE);
    try {
      boolean isRight =
          SoakDrill.play(
              (double) seconds,
              seed,
              JavaCommand.toStay(context.host().mainClass()),
              context.workingDirectory(),
              context.out());
      return isRight ? ExitCode.OK : ExitCode.FAILED;
    } catch (DrillException failed) {
      context.err().println("hongbao: " + failed.getMessage());
      return ExitCode.FAILED;
    }
  }
}
