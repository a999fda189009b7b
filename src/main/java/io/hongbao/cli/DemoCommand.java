// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.cli;

import io.hongbao.demo.Demo;
import io.hongbao.demo.DemoOptions;
import io.hongbao.demo.SandboxException;
import io.hongbao.time.SecureRandomness;
import java.io.Console;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows a newcomer real red packets on a server of their own: {@code demo}. */
final class DemoCommand {

  private static final String USAGE =
      """
      usage: hongbao demo [--users N] [--seed N] [--keep] [--quiet]

        --users N  how many people play, %d to %d; default %d
        --seed N   chooses the people, the packets and the moment of the kill; default by chance
        --keep     leave the sandbox where it is; otherwise it goes, unless something is wrong
        --quiet    only what is wrong, and the last line

      Starts a server of its own in ./data/demo-... on free ports, and plays over its HTTP API:
      packets of every kind opened by many at once, a payment, a day gone by, a kill -9.
      Exit code 0 when all books are right, 1 when something differs, 3 when it cannot start.
      """
          .formatted(DemoOptions.USERS_MIN, DemoOptions.USERS_MAX, DemoOptions.USERS_DEFAULT);

  /** Seeds that are short enough to be typed again. */
  private static final int SEED_BOUND = 1_000_000;

  private static final Set<String> SWITCHES = Set.of("keep", "quiet");
  private static final Set<String> OPTIONS = Set.of("keep", "quiet", "users", "seed");

  private DemoCommand() {}

  static Command command() {
    return new Command("demo", "play red packets on a server of its own", USAGE, DemoCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), SWITCHES, Set.of("users", "seed")).withoutOperands();
    refuseSettings(context.args());
    long users = number(line.value("users"), "users", DemoOptions.USERS_DEFAULT);
    if (users < DemoOptions.USERS_MIN || users > DemoOptions.USERS_MAX) {
      throw new UsageException(
          "--users takes %d to %d".formatted(DemoOptions.USERS_MIN, DemoOptions.USERS_MAX));
    }
    long chance = Long.remainderUnsigned(new SecureRandomness().nextLong(), SEED_BOUND);
    DemoOptions options =
        new DemoOptions(
            (int) users,
            line.has("keep"),
            line.has("quiet"),
            number(line.value("seed"), "seed", chance));
    try {
      boolean ok =
          Demo.play(
              options,
              context.workingDirectory(),
              context.environment(),
              isAtTerminal(context),
              context.out(),
              context.host().mainClass());
      return ok ? ExitCode.OK : ExitCode.FAILED;
    } catch (SandboxException failed) {
      context.err().println("hongbao: " + failed.getMessage());
      return ExitCode.ENVIRONMENT;
    }
  }

  // What an older or newer JDK gives without a terminal is null, or a console that says so.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isAtTerminal(CommandContext context) {
    @Nullable Console console = System.console();
    return context.out().equals(System.out) && console != null && console.isTerminal();
  }

  // The sandbox is a world of its own: a setting would be taken for one of the server at hand.
  private static void refuseSettings(List<String> args) throws UsageException {
    for (String arg : args) {
      String name = arg.replaceFirst("=.*", "");
      if (name.startsWith("--") && !OPTIONS.contains(name.substring(2))) {
        throw new UsageException("demo takes no " + name + " (see hongbao help demo)");
      }
    }
  }

  private static long number(@Nullable String value, String option, long otherwise)
      throws UsageException {
    if (value == null) {
      return otherwise;
    }
    // So many digits at most that every such number is a long.
    if (!value.matches("[0-9]{1,18}")) {
      throw new UsageException("--" + option + " takes a number, not \"" + value + "\"");
    }
    return Long.parseLong(value);
  }
}
