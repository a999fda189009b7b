// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.app.ServerStarter;
import io.hongbao.config.Nearest;
import io.hongbao.observe.Logging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * What a person at a terminal talks to: finds the command, runs it, and says in one sentence what
 * went wrong.
 *
 * <p><b>Failure:</b> never a stack trace, unless {@code --debug} asks for it.
 */
public final class Cli {

  /**
   * The table of commands, in the order in which people are shown them. A new one is a line here.
   */
  private static final List<Command> COMMANDS =
      List.of(
          DemoCommand.command(),
          PlayCommand.command(),
          StartCommand.command(),
          StopCommand.command(),
          StatusCommand.command(),
          SeedCommand.command(),
          VerifyCommand.command(),
          BackupCommand.command(),
          RestoreCommand.command(),
          ConfigCommand.command(),
          VerifyDrawCommand.command(),
          SimCommand.command(),
          CrashCommand.command(),
          SoakCommand.command(),
          BenchCommand.command());

  private static final String DEBUG = "--debug";

  private final Path workingDirectory;
  private final Host host;

  Cli(Path workingDirectory, Host host) {
    this.workingDirectory = workingDirectory;
    this.host = host;
  }

  public static void main(String[] args) {
    mainWith(args, Cli::installedServer, Cli.class);
  }

  /** The same with another server, and another main class for child processes. */
  static void mainWith(String[] args, Supplier<ServerStarter> starter, Class<?> mainClass) {
    Logging.keepUntilTheEnd();
    Termination termination = Termination.ofThisProcess();
    Cli cli = new Cli(Path.of("").toAbsolutePath(), new Host(starter, termination, mainClass));
    termination.exit(cli.run(List.of(args), System.getenv(), System.out, System.err));
  }

  /** Runs one command in this process and returns its exit code. */
  public static int run(
      String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    Host host = new Host(Cli::installedServer, new Termination(), Cli.class);
    return new Cli(Path.of("").toAbsolutePath(), host).run(List.of(args), environment, out, err);
  }

  int run(List<String> allArgs, Map<String, String> environment, PrintStream out, PrintStream err) {
    List<String> args = new ArrayList<>(allArgs);
    boolean debug = args.remove(DEBUG);
    try {
      return dispatch(args, environment, out, err);
    } catch (Exception | Error thrown) {
      Failures.Failure failure = Failures.of(thrown);
      err.println("hongbao: " + failure.sentence());
      if (debug) {
        thrown.printStackTrace(err);
      }
      return failure.exitCode();
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int dispatch(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err)
      throws Exception {
    String name = args.isEmpty() ? "" : args.getFirst();
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    return switch (name) {
      case "" -> {
        err.print(overview());
        yield ExitCode.USAGE;
      }
      case "help", "--help", "-h" -> {
        out.print(rest.isEmpty() ? overview() : named(rest.getFirst()).usage());
        yield ExitCode.OK;
      }
      case "version", "--version", "-V" -> {
        if (rest.contains("--sbom")) {
          Version.billOfMaterials(out);
        } else {
          out.println(Version.sentence());
        }
        yield ExitCode.OK;
      }
      default -> {
        Command command = named(name);
        if (rest.contains("--help") || rest.contains("-h")) {
          out.print(command.usage());
          yield ExitCode.OK;
        }
        yield command
            .body()
            .run(
                new CommandContext(
                    List.copyOf(rest), environment, workingDirectory, out, err, host));
      }
    };
  }

  /** All of them, for those who check that none escapes. */
  static List<Command> commands() {
    return COMMANDS;
  }

  private static Command named(String name) throws UsageException {
    Optional<Command> found =
        COMMANDS.stream().filter(command -> command.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> names = COMMANDS.stream().map(Command::name).toList();
      throw new UsageException(
          "unknown command \"" + name + "\"" + Nearest.hint(name, names) + " (see hongbao help)");
    }
    return found.get();
  }

  private static String overview() {
    StringBuilder text = new StringBuilder("usage: hongbao COMMAND [OPTION...]\n\n");
    for (Command command : COMMANDS) {
      text.append("  %-12s  %s%n".formatted(command.name(), command.summary()));
    }
    text.append(
        """
          help          this text, or the help of one command
          --version     the version; with --sbom what the jar is made of (CycloneDX)

        Any setting can be a flag (--http.port=9000); "hongbao config print" shows them all.
        Exit codes: 0 ok, 1 failed, 2 usage, 3 environment. --debug adds a stack trace to an error.
        """);
    return text.toString();
  }

  private static ServerStarter installedServer() {
    return ServiceLoader.load(ServerStarter.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this build has no server"));
  }
}
