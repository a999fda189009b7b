// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The real server as a child process, on a directory of the drill and free ports.
 *
 * <p><b>Invariant:</b> ends with this process, however that ends: its input is a pipe of ours.
 *
 * <p><b>Thread:</b> one, but {@link #port} any.
 *
 * <p><b>Limit:</b> {@link #READY_S_MAX} for a start, {@link #STOP_S_MAX} for a stop.
 */
final class DrillServer implements AutoCloseable {

  /** A start takes about a second; a machine that is busy with builds may need many. */
  static final int READY_S_MAX = 90;

  static final int STOP_S_MAX = 60;

  private static final int LOOK_EVERY_MS = 10;
  private static final int SENTENCES_MAX = 5;
  private static final int NEVER = -1;

  private final Launch launch;
  private volatile @Nullable Process process;
  private volatile int port;
  private volatile String management = "";

  /**
   * How the server is started.
   *
   * @param before what stands before Java on the command line, such as a tracer
   * @param java Java, its flags, and the product
   * @param environment variables besides this process's
   */
  record Launch(
      Path data,
      List<String> before,
      List<String> java,
      List<String> settings,
      Map<String, String> environment) {

    Launch {
      before = List.copyOf(before);
      java = List.copyOf(java);
      settings = List.copyOf(settings);
      environment = Map.copyOf(environment);
    }

    /** The same with something before Java. */
    Launch under(String... tool) {
      return new Launch(data, List.of(tool), java, settings, environment);
    }

    /** The same with a variable. */
    Launch with(String name, String value) {
      return new Launch(data, before, java, settings, Map.of(name, value));
    }

    Path log() {
      return data.resolveSibling(data.getFileName() + ".log");
    }
  }

  DrillServer(Launch launch) {
    this.launch = launch;
  }

  /** Begins a start and does not wait for it. */
  void begin() throws IOException {
    List<String> command = new ArrayList<>(launch.before());
    command.addAll(launch.java());
    command.addAll(List.of("start", "--with-input", "--data", launch.data().toString()));
    command.addAll(List.of("--http.port=0", "--management.port=0"));
    command.addAll(launch.settings());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("HONGBAO_"));
    builder.environment().putAll(launch.environment());
    process = builder.start();
  }

  /** Waits until a start that was begun is over. */
  void awaitReady() throws IOException, InterruptedException, DrillException {
    Process child = child();
    for (int waitedMs = 0; waitedMs < READY_S_MAX * 1_000; waitedMs += LOOK_EVERY_MS) {
      if (child.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        throw new DrillException(
            "the server ended while starting (exit code %d): %s"
                .formatted(child.exitValue(), lastSentences()));
      }
      Properties ports = ports();
      // A killed server leaves its file behind; the process tells whose it is. Under a tracer it
      // is a descendant.
      if (isOurs(child, ports.getProperty("pid", ""))) {
        port = URI.create(ports.getProperty("http.url", "")).getPort();
        management = ports.getProperty("management.url", "");
        if (isReady()) {
          return;
        }
      }
    }
    throw new DrillException(
        "the server was not ready within %d s: %s".formatted(READY_S_MAX, lastSentences()));
  }

  void start() throws IOException, InterruptedException, DrillException {
    begin();
    awaitReady();
  }

  private static boolean isOurs(Process child, String pid) {
    return pid.equals(Long.toString(child.pid()))
        || child.descendants().anyMatch(one -> pid.equals(Long.toString(one.pid())));
  }

  private Properties ports() throws IOException {
    Properties ports = new Properties();
    Path file = launch.data().resolve(DataDirectory.PORTS_FILE);
    if (Files.exists(file)) {
      ports.load(new StringReader(Files.readString(file)));
    }
    return ports;
  }

  private boolean isReady() {
    try (Wire wire = new Wire(() -> URI.create(management).getPort())) {
      return wire.get("/ready", "").isOk();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Process child() {
    Process child = process;
    if (child == null) {
      throw new IllegalStateException("the server was never started");
    }
    return child;
  }

  int port() {
    return port;
  }

  /** Where health and metrics are. */
  String management() {
    return management;
  }

  /** The process that serves, which under a tracer is not our child. */
  long pid() throws IOException {
    return Long.parseLong(ports().getProperty("pid", Integer.toString(NEVER)));
  }

  boolean isAlive() {
    Process child = process;
    return child != null && child.isAlive();
  }

  Launch launch() {
    return launch;
  }

  String operatorKey() throws IOException {
    return Files.readString(launch.data().resolve(DataDirectory.OPERATOR_KEY_FILE)).strip();
  }

  /** SIGKILL: no hook runs, nothing is flushed. */
  void kill() throws InterruptedException {
    Process child = process;
    if (child != null) {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.destroyForcibly().waitFor();
    }
  }

  /** SIGTERM; returns the exit code, or a negative number when it did not end in time. */
  int stop() throws InterruptedException {
    child().destroy();
    return awaitEnd();
  }

  /** Waits for an end that comes by itself. */
  int awaitEnd() throws InterruptedException {
    Process child = child();
    return child.waitFor(STOP_S_MAX, TimeUnit.SECONDS) ? child.exitValue() : NEVER;
  }

  /** Runs another command on the directory and returns its exit code. */
  int run(String command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(launch.java());
    line.addAll(List.of(command, "--data", launch.data().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("HONGBAO_"));
    return builder.start().waitFor();
  }

  /** What the server said to people, of all its lives. */
  List<String> lines() throws IOException {
    try (var lines = Files.lines(launch.log())) {
      return lines.filter(line -> !line.isBlank()).toList();
    }
  }

  private String lastSentences() throws IOException {
    List<String> lines = lines();
    return String.join(
        " | ", lines.subList(Math.max(0, lines.size() - SENTENCES_MAX), lines.size()));
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
