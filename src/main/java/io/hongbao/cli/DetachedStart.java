// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the server as a child that stays, and waits until it is ready or has failed. */
final class DetachedStart {

  private static final long LOOK_EVERY_MS = 50;
  private static final long TELL_EVERY_MS = 10_000;
  private static final String PREFIX = "hongbao: ";

  private final CommandContext context;
  private final Path directory;

  DetachedStart(CommandContext context, Configuration wanted) {
    this.context = context;
    this.directory = wanted.data().directory();
  }

  int run() throws Exception {
    // Before the log is made there, so that nobody else's directory gets one.
    DataDirectory.prepare(directory);
    Path log = directory.resolve(DataDirectory.LOG_FILE);
    long logBytesBefore = Files.exists(log) ? Files.size(log) : 0;
    Process child =
        new ProcessBuilder(command())
            .directory(context.workingDirectory().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return await(child, log, logBytesBefore);
  }

  private int await(Process child, Path log, long logBytesBefore) throws Exception {
    long waitedMs = 0;
    while (!child.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
      Optional<PortsFile> ports = PortsFile.read(directory);
      if (ports.isPresent() && ports.get().pid() == child.pid()) {
        context
            .out()
            .printf(
                "hongbao ready on %s (management %s), process %d, data in %s, log in %s%n",
                ports.get().apiUrl(), ports.get().managementUrl(), child.pid(), directory, log);
        return ExitCode.OK;
      }
      waitedMs += LOOK_EVERY_MS;
      if (waitedMs % TELL_EVERY_MS == 0) {
        context
            .out()
            .printf(
                "still starting after %d s, process %d, log in %s%n",
                waitedMs / 1_000, child.pid(), log);
      }
    }
    context.err().println(reason(log, logBytesBefore));
    return child.exitValue() == ExitCode.OK ? ExitCode.FAILED : child.exitValue();
  }

  // The child has said it in one sentence, as it would have at a terminal.
  private static String reason(Path log, long logBytesBefore) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = (int) Math.min(logBytesBefore, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(PREFIX))
        .reduce((first, second) -> second)
        .orElse(PREFIX + "the server ended while starting; see " + log);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    // Out of this terminal's session: closing the terminal must not end the server.
    setsid().ifPresent(command::add);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String classPath = System.getProperty("java.class.path");
    if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
      command.add("-jar");
      command.add(Path.of(classPath).toAbsolutePath().toString());
    } else {
      command.add("-cp");
      command.add(classPath);
      command.add(context.host().mainClass().getName());
    }
    command.add("start");
    context.args().stream().filter(arg -> !arg.equals("--detach")).forEach(command::add);
    return command;
  }

  private static Optional<String> setsid() {
    return List.of("/usr/bin/setsid", "/bin/setsid").stream()
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }
}
