// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.app.RunningServer;
import io.hongbao.config.Configuration;
import io.hongbao.config.Units;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.datadir.DataDirectoryException;
import io.hongbao.observe.Logging;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the server in this process until it is told to stop, or in a child with {@code --detach}.
 *
 * <p>Order: configuration, data directory (lock, manifest, keys), server, ports file, the line that
 * says "ready"; at the end the reverse.
 */
final class StartCommand {

  private static final String USAGE =
      """
      usage: hongbao start [--detach | --with-input] [--config FILE] [SETTING...]

        --data DIR     the data directory (data.dir), made when there is none; default ./data
        --port PORT    the public API's port (http.port), 0 for a free one; default 8080
        --sandbox      make a new data directory a sandbox (data.sandbox): its clock can be advanced
        --detach       run in the background: output goes to hongbao.log in the data directory
        --with-input   stop in order when standard input ends, for a parent that may be killed
        --config FILE  read this file instead of hongbao.properties
        --KEY=VALUE    any other setting; "hongbao config print" shows them all

      Says "ready" once requests are answered. SIGTERM or Ctrl-C stops it in order: what was
      accepted is answered first. A kill -9 loses nothing that was answered.
      """;

  private static final String WITH_INPUT = "with-input";

  private StartCommand() {}

  static Command command() {
    return new Command("start", "run the server", USAGE, StartCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), Set.of("detach", WITH_INPUT), Set.of()).withoutOperands();
    Configuration wanted = line.configuration(context);
    if (line.has("detach") && line.has(WITH_INPUT)) {
      throw new UsageException("--detach has no input to end with");
    }
    if (line.has(WITH_INPUT)) {
      endWithInput(context.host().termination());
    }
    return line.has("detach")
        ? new DetachedStart(context, wanted).run()
        : inForeground(context, wanted);
  }

  // The pipe from a parent ends when that ends, however it does; nothing else tells a child.
  private static void endWithInput(Termination termination) {
    Thread.ofPlatform()
        .daemon()
        .name("hongbao-input")
        .start(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException broken) {
                // It has ended, one way or the other.
              }
              termination.request();
            });
  }

  private static int inForeground(CommandContext context, Configuration wanted) throws Exception {
    CompletableFuture<Void> end = context.host().termination().claim();
    Logging.configure(wanted.server().logLevel(), wanted.server().logJson(), context.err());
    long nowMs = new SystemTime().nowMs();
    DataDirectory directory = DataDirectory.openOrCreate(wanted, nowMs, new SecureRandomness());
    try {
      directory.writePidFile();
      return serve(context, directory, directory.effective(wanted), end);
    } finally {
      directory.close();
    }
  }

  private static int serve(
      CommandContext context,
      DataDirectory directory,
      Configuration configuration,
      CompletableFuture<Void> end)
      throws Exception {
    RunningServer server = context.host().starter().get().start(configuration, directory);
    CompletableFuture<Throwable> failure = server.failure().toCompletableFuture();
    int code = ExitCode.OK;
    try {
      announce(context, directory, configuration, server);
      CompletableFuture.anyOf(end, failure).join();
      if (failure.isDone()) {
        Failures.Failure told = Failures.of(failure.join());
        context.err().println("hongbao: stopped serving: " + told.sentence());
        code = told.exitCode() == ExitCode.OK ? ExitCode.FAILED : told.exitCode();
      } else {
        context.out().println("hongbao is stopping");
      }
    } finally {
      stop(server, configuration.server().stopDeadlineMs());
    }
    if (code == ExitCode.OK) {
      context.out().println("hongbao stopped");
    }
    return code;
  }

  private static void announce(
      CommandContext context,
      DataDirectory directory,
      Configuration configuration,
      RunningServer server)
      throws DataDirectoryException {
    PortsFile ports = PortsFile.of(configuration, server);
    if (directory.isOperatorKeyOpenToOthers()) {
      context
          .err()
          .printf(
              "hongbao: others can read %s; take that right away%n", directory.operatorKeyFile());
    }
    context
        .out()
        .printf(
            "hongbao ready on %s (management %s), data in %s%s, operator key in %s%n",
            ports.apiUrl(),
            ports.managementUrl(),
            directory.path(),
            configuration.data().sandbox() ? " (sandbox)" : "",
            directory.operatorKeyFile());
    context.out().flush();
    // Comes last: whoever finds the file may expect everything else to be there.
    directory.writePortsFile(ports.toText());
  }

  // On a thread of its own, so that one that hangs cannot outlive its deadline.
  private static void stop(RunningServer server, long deadlineMs) throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("hongbao-stop")
        .start(
            () -> {
              try {
                server.stop();
                stopped.complete(null);
              } catch (Exception | Error failure) {
                stopped.completeExceptionally(failure);
              }
            });
    try {
      stopped.get(deadlineMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new StopTimeoutException(
          "did not stop in order within %s (server.stop_deadline) and was cut off; nothing that"
                  .formatted(Units.formatDurationMs(deadlineMs))
              + " was answered is lost");
    }
  }
}
