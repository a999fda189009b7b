// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The finished jar as a process of its own, on a directory of the test and free ports.
 *
 * <p><b>Limit:</b> whatever takes longer than {@link #SECONDS_MAX} is killed and fails.
 */
final class ServerProcess implements AutoCloseable {

  /** Generous: the machine may be busy with other builds. */
  static final int SECONDS_MAX = 60;

  /** Small files and frequent snapshots, so that both happen while a test looks on. */
  static final List<String> SMALL =
      List.of(
          "--engine.partitions=20",
          "--engine.loops=2",
          "--journal.segment_bytes=1MiB",
          "--snapshot.every_bytes=1MiB",
          "--snapshot.every=1s");

  /** The same on a sandbox. */
  static final List<String> SANDBOX = plus(SMALL, "--sandbox");

  private static final Pattern READY = Pattern.compile("hongbao ready on http://[^:]+:(\\d+)");

  private final Path data;
  private final Process process;
  private final Path out;
  private final Path err;
  private int port;

  /** What a process left behind. */
  record Outcome(int exitCode, String out, String err) {}

  private ServerProcess(Path data, List<String> command) throws IOException {
    this.data = data;
    // Not beside the data: that disk may be full.
    this.out = Files.createTempFile("hongbao-out", ".txt");
    this.err = Files.createTempFile("hongbao-err", ".txt");
    out.toFile().deleteOnExit();
    err.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(data.getParent().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HONGBAO_"));
    this.process = builder.start();
  }

  static List<String> plus(List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return all;
  }

  /** Starts a server with these settings and waits until it is ready. */
  static ServerProcess start(Path data, List<String> settings) throws Exception {
    return started(data, java(startArgs(data, settings))).awaitReady();
  }

  /** Starts a server under a shell that first says something, such as {@code ulimit -n 400}. */
  static ServerProcess startUnder(String shell, Path data, List<String> settings) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell + "; exec \"$@\"", "sh"));
    command.addAll(java(startArgs(data, settings)));
    return started(data, command).awaitReady();
  }

  /** Starts a server that is expected to end by itself. */
  static Outcome startAndFail(Path data, List<String> settings) throws Exception {
    return started(data, java(startArgs(data, settings))).awaitEnd();
  }

  /** Runs a command on the directory to its end. */
  static Outcome run(Path data, String command, String... options) throws Exception {
    List<String> args = new ArrayList<>(List.of(command, "--data", data.toString()));
    args.addAll(List.of(options));
    return started(data, java(args)).awaitEnd();
  }

  private static ServerProcess started(Path data, List<String> command) throws IOException {
    return new ServerProcess(data, command);
  }

  private static List<String> startArgs(Path data, List<String> settings) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "start",
                "--data",
                data.toString(),
                "--http.port=0",
                "--management.port=0",
                "--degradation.auto=false"));
    args.addAll(settings);
    return args;
  }

  private static List<String> java(List<String> args) {
    String jar = System.getProperty("hongbao.jar");
    assertNotNull(jar, "the property hongbao.jar names the finished jar");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                // Short lives: what the second compiler learns would come too late.
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-jar",
                jar));
    command.addAll(args);
    return command;
  }

  private ServerProcess awaitReady() throws Exception {
    for (int waitedMs = 0; waitedMs < SECONDS_MAX * 1000; waitedMs += 10) {
      Matcher ready = READY.matcher(Files.readString(out));
      if (ready.find()) {
        port = Integer.parseInt(ready.group(1));
        return this;
      }
      if (!process.isAlive()) {
        fail("the server did not start: " + awaitEnd());
      }
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    close();
    return fail("the server is not ready: " + output());
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path data() {
    return data;
  }

  String operatorKey() throws IOException {
    return Files.readString(data.resolve("operator.key")).strip();
  }

  String output() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  /** SIGKILL: no hook runs, nothing is flushed. */
  void kill() throws Exception {
    process.destroyForcibly();
    assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "a killed process ends");
  }

  /** SIGTERM, without waiting. */
  void signal() {
    process.destroy();
  }

  /** SIGTERM, and what came of it. */
  Outcome stop() throws Exception {
    signal();
    return awaitEnd();
  }

  Outcome awaitEnd() throws Exception {
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      close();
    }
    Outcome outcome =
        new Outcome(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
    assertTrue(ended, () -> "still running after " + SECONDS_MAX + " s: " + outcome);
    return outcome;
  }

  /** Leaves nothing running, whatever the test did. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
