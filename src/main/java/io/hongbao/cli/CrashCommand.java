// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.cli;

import io.hongbao.demo.JavaCommand;
import io.hongbao.drill.CrashDrill;
import io.hongbao.drill.DrillException;
import java.util.Set;

/** Kills a server of its own under load, again and again, and compares: {@code crash}. */
final class CrashCommand {

  private static final String USAGE =
      """
      usage: hongbao crash [--rounds N] [--seed N] [--answers N]

      Starts a server of its own in ./data/crash-... on free ports. In each round people send and
      open packets, transfer, hold and top up over HTTP; then comes SIGKILL, at a moment drawn from
      the seed and sometimes once more during the start. After the restart every answer that was
      given is asked for again and read again, and all books are added up.

        --rounds N   kills (default 20)
        --seed N     chooses what is asked and when SIGKILL comes (default: by the clock)
        --answers N  most answers of one round (default 1500)

      Exit code 0 when nothing differs, 1 when something does; the directory is then kept.
      """;

  private static final long ROUNDS = 20;
  private static final long ANSWERS = 1_500;

  private CrashCommand() {}

  static Command command() {
    return new Command(
        "crash", "kill a server under load again and again", USAGE, CrashCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), Set.of(), Set.of("rounds", "seed", "answers"))
            .withoutOperands();
    CrashDrill.Options options =
        new CrashDrill.Options(
            (int) Numbers.of(line, "rounds", ROUNDS, 1),
            Numbers.of(line, "seed", System.nanoTime() & 0xFFFF_FFFFL, Long.MIN_VALUE),
            (int) Numbers.of(line, "answers", ANSWERS, 1));
    try {
      boolean isRight =
          CrashDrill.play(
              options,
              JavaCommand.ofThisProcess(context.host().mainClass()),
              context.workingDirectory(),
              context.out());
      return isRight ? ExitCode.OK : ExitCode.FAILED;
    } catch (DrillException failed) {
      context.err().println("hongbao: " + failed.getMessage());
      return ExitCode.FAILED;
    }
  }
}
