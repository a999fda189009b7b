// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, on cores of its own; ends with this process or before.
 *
 * <p><b>Thread:</b> one.
 */
final class Child implements AutoCloseable {

  private static final long READY_MS = 180_000;
  private static final long KIB = 1024;
  private static final int COLLECTIONS_MAX = 8;

  // The JVM's own choice again, whatever the launcher gave: a baseline that is measured for seconds
  // would touch a large heap for the first time all the while, which halved it.
  private static final List<String> SIZES_OF_HELPERS =
      List.of(
          "-XX:+UseAdaptiveSizePolicy",
          "-XX:InitialRAMPercentage=1.5625",
          "-XX:MaxTenuringThreshold=15");

  private final Process process;
  private @Nullable BufferedReader answers;
  private final URI address;
  private final URI management;
  private final String operatorKey;

  private Child(Process process, URI address, URI management, String operatorKey) {
    this.process = process;
    this.management = management;
    this.address = address;
    this.operatorKey = operatorKey;
  }

  /** The product, as a sandbox on a directory of its own, with its documented configuration. */
  static Child server(Path directory, Cores cores, List<String> settings)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    List<String> command = new ArrayList<>(cores.server());
    command.addAll(javaOfThisProcess(List.of()));
    command.addAll(List.of("start", "--with-input", "--sandbox", "--data", directory.toString()));
    command.addAll(List.of("--http.port=0", "--management.port=0"));
    command.addAll(settings);
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Path ports = directory.resolve("hongbao.ports");
    for (long waited = 0; waited < READY_MS; waited += 20) {
      Properties read = new Properties();
      if (Files.exists(ports)) {
        read.load(new StringReader(Files.readString(ports)));
      }
      if (read.getProperty("pid", "").equals(Long.toString(pidOf(process)))) {
        return new Child(
            process,
            URI.create(read.getProperty("http.url", "")),
            URI.create(read.getProperty("management.url", "")),
            Files.readString(directory.resolve("operator.key")).strip());
      }
      if (!process.isAlive()) {
        throw new IOException("the server did not start; see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    process.destroyForcibly();
    throw new IOException("the server is not ready; see " + log);
  }

  // taskset becomes what it starts, so the process keeps its number.
  private static long pidOf(Process process) {
    return process.pid();
  }

  /** A program of this jar that says where it listens, {@code bench NAME}. */
  static Child helper(Cores cores, List<String> arguments) throws IOException {
    return helper(cores.server(), arguments);
  }

  /** The same with something before the command that says where it is to run. */
  static Child helper(List<String> place, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(place);
    command.addAll(javaOfThisProcess(SIZES_OF_HELPERS));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("listening ")) {
        int port = Integer.parseInt(line.substring("listening ".length()));
        URI helper = URI.create("http://127.0.0.1:" + port);
        Child child = new Child(process, helper, helper, "");
        child.answers = said;
        return child;
      }
    }
    throw new IOException("bench " + arguments + " ended at once");
  }

  /** Tells a helper something and waits for its answer, a line each. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    String answer = answers == null ? null : answers.readLine();
    if (answer == null) {
      throw new IOException("the helper does not answer " + line);
    }
    return answer;
  }

  URI address() {
    return address;
  }

  /** One value of the server's metrics, all its labels added up; 0 when it has none. */
  double metric(String name) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String page =
          http.send(
                  HttpRequest.newBuilder(management.resolve("/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return page.lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  String operatorKey() {
    return operatorKey;
  }

  long pid() {
    return process.pid();
  }

  /** Memory of the process that is really there; 0 where it is no Linux. */
  long rssBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          return KIB * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return 0;
  }

  /**
   * Memory that is there when what nobody uses is gone, if this JDK has the tool for that: the
   * collector gives back a part at a time.
   */
  long settledBytes() throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    long before = Long.MAX_VALUE;
    long now = rssBytes();
    for (int i = 0;
        i < COLLECTIONS_MAX && Files.isExecutable(tool) && Math.abs(before - now) > now / 200;
        i++) {
      new ProcessBuilder(tool.toString(), Long.toString(pid()), "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      TimeUnit.MILLISECONDS.sleep(300);
      before = now;
      now = rssBytes();
    }
    return now;
  }

  /** Processor time that it has used, all its threads. */
  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /** Ends it as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** The command line with which the product is started once more, up to its arguments. */
  static List<String> javaOfThisProcess(List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(more);
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":", -1))
            .map(element -> Path.of(element).toAbsolutePath().toString())
            .collect(Collectors.joining(":"));
    if (classPath.endsWith(".jar") && !classPath.contains(":")) {
      command.addAll(List.of("-jar", classPath));
    } else {
      command.addAll(List.of("-cp", classPath, "io.hongbao.cli.Cli"));
    }
    return command;
  }
}
