// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of the play's own: a child process on a new data directory and free ports.
 *
 * <p><b>Invariant:</b> touches only the directory that it has made and the process that it has
 * started.
 *
 * <p><b>Failure:</b> a {@link SandboxException} with one sentence, the server's own where it said
 * one.
 *
 * <p><b>Limit:</b> {@link #READY_MAX} for a start.
 */
public final class Sandbox implements SandboxServer, AutoCloseable {

  /** A start takes about a second; a machine that is busy with builds may need many. */
  static final Duration READY_MAX = Duration.ofSeconds(90);

  private static final Duration STOP_MAX = Duration.ofSeconds(40);
  private static final Duration ASK_MAX = Duration.ofSeconds(2);
  private static final long LOOK_EVERY_MS = 20;
  private static final long TELL_EVERY_MS = 5_000;
  private static final int STATUS_OK = 200;

  /** Stopped in order, and killed. */
  private static final Set<Integer> OWN_EXITS = Set.of(0, 137);

  private static final int SENTENCE_CHARS_MAX = 300;
  private static final String PREFIX = "hongbao: ";
  private static final Pattern ERROR = Pattern.compile("\\S+ ERROR ");

  private final SandboxDirectory directory;
  private final List<String> command;
  private final Page page;
  private final Thread hook = new Thread(this::endNow, "hongbao-demo-end");
  private volatile @Nullable Process process;
  private volatile @Nullable URI api;
  private volatile boolean ending;
  private @Nullable String operatorKey;

  /**
   * @param java how the product is started
   * @param settings flags for the server besides those that make it a sandbox
   */
  public Sandbox(SandboxDirectory directory, List<String> java, List<String> settings, Page page) {
    this.directory = directory;
    this.page = page;
    this.command = new ArrayList<>(java);
    command.add("start");
    // Its input is a pipe of ours, so that not even a kill of the play leaves it behind.
    command.add("--with-input");
    command.addAll(List.of("--data", directory.path().toString(), "--sandbox"));
    if (settings.stream().noneMatch(setting -> setting.startsWith("--http.port="))) {
      command.add("--http.port=0");
    }
    command.add("--management.port=0");
    // A play on a busy machine shows its lists late rather than not at all.
    command.add("--degradation.auto=false");
    command.addAll(settings);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts the server and returns once it answers. */
  public void start() throws SandboxException, InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              // Its own, so that a hongbao.properties lying about here is not meant for it.
              .directory(directory.path().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("HONGBAO_"));
      Process started = builder.start();
      process = started;
      awaitReady(started);
      operatorKey =
          Files.readString(directory.path().resolve(DataDirectory.OPERATOR_KEY_FILE)).strip();
    } catch (IOException failure) {
      throw new SandboxException("the sandbox server cannot be started: " + failure, failure);
    }
  }

  private void awaitReady(Process child)
      throws IOException, InterruptedException, SandboxException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(ASK_MAX).build()) {
      for (long waitedMs = 0; waitedMs < READY_MAX.toMillis(); waitedMs += LOOK_EVERY_MS) {
        if (child.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
          if (ending) {
            // A signal has ended both; the process goes when the hook is done, and needs no reason.
            Thread.sleep(STOP_MAX);
          }
          throw new SandboxException(
              "the sandbox server ended while starting (exit code %d): %s"
                  .formatted(child.exitValue(), lastSentence()));
        }
        Properties ports = ports();
        // A killed server leaves its file behind; the process tells whose it is.
        if (ports.getProperty("pid", "").equals(Long.toString(child.pid()))
            && isReady(http, URI.create(ports.getProperty("management.url", "") + "/ready"))) {
          api = URI.create(ports.getProperty("http.url", ""));
          return;
        }
        if ((waitedMs + LOOK_EVERY_MS) % TELL_EVERY_MS == 0) {
          page.line("still starting after %d s ...".formatted((waitedMs + LOOK_EVERY_MS) / 1_000));
        }
      }
    }
    throw new SandboxException(
        "the sandbox server was not ready within %d s: %s"
            .formatted(READY_MAX.toSeconds(), lastSentence()));
  }

  private Properties ports() throws IOException {
    Properties ports = new Properties();
    Path file = directory.path().resolve(DataDirectory.PORTS_FILE);
    if (Files.exists(file)) {
      ports.load(new StringReader(Files.readString(file)));
    }
    return ports;
  }

  private static boolean isReady(HttpClient http, URI address) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(ASK_MAX).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == STATUS_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public URI api() {
    URI address = api;
    if (address == null) {
      throw new IllegalStateException("the sandbox was never started");
    }
    return address;
  }

  @Override
  public String operatorKey() {
    String key = operatorKey;
    if (key == null) {
      throw new IllegalStateException("the sandbox was never started");
    }
    return key;
  }

  public long pid() {
    Process child = process;
    return child == null ? -1 : child.pid();
  }

  /** Whether the process that was started last still runs. */
  public boolean isAlive() {
    Process child = process;
    return child != null && child.isAlive();
  }

  Path log() {
    return directory.path().resolve(DataDirectory.LOG_FILE);
  }

  @Override
  public void kill() throws InterruptedException {
    Process child = process;
    if (child != null) {
      child.destroyForcibly().waitFor();
    }
  }

  @Override
  public void restart() throws SandboxException, InterruptedException {
    start();
  }

  @Override
  public String stop() throws InterruptedException {
    Process child = process;
    if (child == null || !child.isAlive()) {
      return "the server had ended by itself";
    }
    child.destroy();
    if (!child.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      return "the server did not stop within " + STOP_MAX.toSeconds() + " s";
    }
    return child.exitValue() == 0 ? "" : "the server stopped with exit code " + child.exitValue();
  }

  @Override
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    try {
      for (String line : logLines()) {
        if (line.startsWith(PREFIX) || ERROR.matcher(line).lookingAt()) {
          complaints.add("the server's log says: " + shortened(line));
        }
      }
    } catch (IOException unreadable) {
      complaints.add("the server's log cannot be read: " + unreadable);
    }
    Process child = process;
    if (child != null && !child.isAlive() && !OWN_EXITS.contains(child.exitValue())) {
      complaints.add("the server ended with exit code " + child.exitValue());
    }
    return complaints;
  }

  private List<String> logLines() throws IOException {
    String text = new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  // What the server said to a person, else simply the last thing that it said.
  private String lastSentence() {
    List<String> lines;
    try {
      lines = logLines();
    } catch (IOException unreadable) {
      return "its log cannot be read";
    }
    return lines.reversed().stream()
        .filter(line -> line.startsWith(PREFIX))
        .map(line -> shortened(line.substring(PREFIX.length())))
        .findFirst()
        .orElse(lines.isEmpty() ? "it said nothing" : shortened(lines.getLast()));
  }

  private static String shortened(String line) {
    return line.substring(0, Math.min(line.length(), SENTENCE_CHARS_MAX));
  }

  // A signal: the play ends here and now, and takes its server with it.
  private void endNow() {
    ending = true;
    page.close();
    Process child = process;
    if (child != null) {
      child.destroyForcibly();
      try {
        child.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    directory.removeUnlessKept();
  }

  @Override
  public void close() {
    try {
      kill();
      Runtime.getRuntime().removeShutdownHook(hook);
      directory.removeUnlessKept();
    } catch (IllegalStateException ending) {
      // The hook is at work already and does the same; the process ends when it is done.
      page.close();
    } catch (InterruptedException interrupted) {
      // The hook is still there and will do it.
      Thread.currentThread().interrupt();
    }
  }
}
