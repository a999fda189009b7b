// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.config.Units;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells the server of a data directory to stop in order, and waits for it. */
final class StopCommand {

  private static final String USAGE =
      """
      usage: hongbao stop [--data DIR] [--timeout DURATION] [--config FILE]

        --data DIR          the data directory whose server is meant; default ./data
        --timeout DURATION  how long to wait for the end, such as 90s; default 60s

      Exit code 0 when no server runs there any more, 1 when it has not ended in time.
      """;

  private static final long TIMEOUT_MS = 60_000;
  private static final long TELL_EVERY_MS = 5_000;

  private StopCommand() {}

  static Command command() {
    return new Command("stop", "stop a running server in order", USAGE, StopCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), Set.of(), Set.of("timeout")).withoutOperands();
    long timeoutMs = timeoutMs(line.value("timeout"));
    Path directory = line.configuration(context).data().directory();

    Optional<RunningProcess> running = RunningProcess.of(directory);
    if (running.isEmpty()) {
      context.out().println("hongbao is not running on " + directory);
      return ExitCode.OK;
    }
    ProcessHandle process = running.get().process();
    if (!process.destroy()) {
      context.err().printf("hongbao: process %d must not be stopped by this user%n", process.pid());
      return ExitCode.ENVIRONMENT;
    }
    return await(context, process, timeoutMs);
  }

  private static int await(CommandContext context, ProcessHandle process, long timeoutMs)
      throws Exception {
    CompletableFuture<ProcessHandle> ended = process.onExit();
    long waitedMs = 0;
    while (waitedMs < timeoutMs) {
      long stepMs = Math.min(TELL_EVERY_MS, timeoutMs - waitedMs);
      try {
        ended.get(stepMs, TimeUnit.MILLISECONDS);
        context.out().printf("hongbao stopped, process %d%n", process.pid());
        return ExitCode.OK;
      } catch (TimeoutException stillThere) {
        waitedMs += stepMs;
        context
            .out()
            .printf("still stopping after %d s, process %d%n", waitedMs / 1_000, process.pid());
      }
    }
    context
        .err()
        .printf(
            "hongbao: process %d has not ended within %s; it goes on stopping (a kill -9 loses"
                + " nothing that was answered)%n",
            process.pid(), Units.formatDurationMs(timeoutMs));
    return ExitCode.FAILED;
  }

  private static long timeoutMs(@Nullable String text) throws UsageException {
    if (text == null) {
      return TIMEOUT_MS;
    }
    OptionalLong ms = Units.parseDurationMs(text);
    if (ms.isEmpty()) {
      throw new UsageException("--timeout takes a duration such as 90s, not \"" + text + "\"");
    }
    return ms.getAsLong();
  }
}
