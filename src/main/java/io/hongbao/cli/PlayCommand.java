// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.cli;

import io.hongbao.demo.Page;
import io.hongbao.demo.SandboxException;
import io.hongbao.observe.Logging;
import io.hongbao.play.Play;
import io.hongbao.play.PlayOptions;
import io.hongbao.play.QrText;
import io.hongbao.time.SecureRandomness;
import java.io.Console;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens a live room with a crowd in it, to be looked at in a browser: {@code play}. */
final class PlayCommand {

  private static final String USAGE =
      """
      usage: hongbao play [--users N] [--port PORT] [--lan] [--seed N] [--keep]

        --users N    simulated viewers, %d to %d; default %d
        --port PORT  of the page; default %d, or a free one when that is taken
        --lan        let others in the local network come, and show a QR code for their phones
        --seed N     chooses what the viewers do; default by chance
        --keep       leave the sandbox where it is; otherwise it goes

      Starts a server of its own in ./data/demo-... and prints two links: the room, into which
      everybody may come as a guest with play money, and /ops for its operator, good once. There the
      server can be killed with SIGKILL; it is started again, and must find all that it had
      acknowledged. Ctrl-C ends it.
      """
          .formatted(
              PlayOptions.VIEWERS_MIN,
              PlayOptions.VIEWERS_MAX,
              PlayOptions.VIEWERS_DEFAULT,
              PlayOptions.PORT_DEFAULT);

  private static final int PORT_MAX = 65_535;
  private static final int SEED_BOUND = 1_000_000;
  private static final Set<String> SWITCHES = Set.of("lan", "keep");
  private static final Set<String> VALUES = Set.of("users", "port", "seed");

  private PlayCommand() {}

  static Command command() {
    return new Command(
        "play", "a live room with a crowd, in your browser", USAGE, PlayCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line = CommandLine.parse(context.args(), SWITCHES, VALUES).withoutOperands();
    refuseSettings(context.args());
    long chance = Long.remainderUnsigned(new SecureRandomness().nextLong(), SEED_BOUND);
    PlayOptions options =
        new PlayOptions(
            (int) number(line, "users", PlayOptions.VIEWERS_DEFAULT, 0, PlayOptions.VIEWERS_MAX),
            (int) number(line, "port", 0, 0, PORT_MAX),
            line.has("lan"),
            line.has("keep"),
            number(line, "seed", chance, 0, Long.MAX_VALUE));
    Logging.configure("error", false, context.err());
    boolean isTerminal = isAtTerminal(context);
    Page page =
        new Page(
            context.out(),
            Page.Style.of(false, isTerminal, context.out().charset(), context.environment()));
    try (Play play =
        Play.of(options, context.workingDirectory(), page, context.host().mainClass())) {
      page.title("Hongbao play: %d viewers, seed %d".formatted(options.viewers(), options.seed()));
      Play.Doors doors = play.start();
      page.heading("The room     " + doors.room());
      page.title("For the operator, once     " + doors.ops());
      if (options.lan()) {
        page.line("");
        QrText.lines(doors.room(), isTerminal).forEach(page::line);
      }
      page.line("Ctrl-C ends it");
      play.supervise();
      return ExitCode.OK;
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

  private static void refuseSettings(List<String> args) throws UsageException {
    for (String arg : args) {
      String name = arg.replaceFirst("=.*", "");
      boolean isOurs =
          name.startsWith("--")
              && (SWITCHES.contains(name.substring(2)) || VALUES.contains(name.substring(2)));
      if (name.startsWith("--") && !isOurs) {
        throw new UsageException("play takes no " + name + " (see hongbao help play)");
      }
    }
  }

  private static long number(CommandLine line, String option, long otherwise, long min, long max)
      throws UsageException {
    String value = line.value(option);
    if (value == null) {
      return otherwise;
    }
    // So many digits at most that every such number is a long.
    long number = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
    if (number < min || number > max) {
      throw new UsageException("--" + option + " takes " + min + " to " + max);
    }
    return number;
  }
}
