// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The read model's process".
package io.hongbao.process;

import io.hongbao.time.Randomness;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A database in a process of its own, which ends with this one, however this one ends.
 *
 * <p>It is reached over the loopback interface, on free ports, by whoever knows the key; the key is
 * drawn at each start and handed over by a pipe. Two ports: whoever writes waits for an idle core,
 * whoever reads has a tenth of a busy one.
 *
 * <p><b>Thread:</b> any; {@link #address} blocks while the process starts, some tenths of a second.
 *
 * <p><b>Failure:</b> a process that has ended is started again by the next {@link #address}.
 */
public final class DatabaseProcess implements AutoCloseable {

  /** What {@link DatabaseMain} says once it can be reached, before the two ports. */
  static final String READY = "ready ";

  /** Linux weighs this as a tenth of an ordinary thread. */
  private static final int NICE = 10;

  private static final List<String> OPTIONS_OF_THE_SERVER =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  private static final int KEY_BYTES = 32;
  private static final long END_MS_MAX = 2_000;

  private final Path database;
  private final long heapBytes;
  private final Randomness random;
  private volatile @Nullable Process process;
  private volatile boolean isClosed;
  private String key = "";
  private List<String> ports = List.of();
  private final AtomicLong starts = new AtomicLong();

  /**
   * Starts nothing yet.
   *
   * @param database its file without suffix, absolute
   * @param heapBytes most memory for rows, pages and statements; the process takes some 100 MB more
   * @param random the source of keys
   */
  public DatabaseProcess(Path database, long heapBytes, Randomness random) {
    this.random = random;
    this.database = database;
    this.heapBytes = heapBytes;
  }

  /**
   * Where the database is reached: what stands behind {@code jdbc:h2:}. Starts the process when it
   * does not run.
   *
   * @throws IOException if it does not start; its own words are in this process's log
   */
  public synchronized String address(boolean isForReading) throws IOException {
    if (!isAlive()) {
      start();
    }
    return "tcp://127.0.0.1:" + ports.get(isForReading ? 1 : 0) + "/" + key;
  }

  /** How often it was started; above one it had ended by itself. */
  public long starts() {
    return starts.get();
  }

  /** Whether it runs now. */
  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Its number for the system; -1 before the first start. */
  long pid() {
    Process running = process;
    return running == null ? -1 : running.pid();
  }

  private void start() throws IOException {
    if (isClosed) {
      throw new IOException("the process of the read model's database was ended");
    }
    byte[] drawn = new byte[KEY_BYTES];
    random.nextBytes(drawn);
    key = HexFormat.of().formatHex(drawn);
    Process begun = begin();
    process = begun;
    if (isClosed) {
      begun.destroyForcibly();
    }
    starts.incrementAndGet();
    // Both stay open: the one ends the process, the other would stop it if it were full.
    BufferedWriter to = begun.outputWriter(StandardCharsets.UTF_8);
    to.write(database + "\n" + key + "\n");
    to.flush();
    BufferedReader from = begun.inputReader(StandardCharsets.UTF_8);
    String line = from.readLine();
    while (line != null && !line.startsWith(READY)) {
      // A warning of the JVM.
      line = from.readLine();
    }
    if (line == null) {
      begun.destroyForcibly();
      throw new IOException("the process of the read model's database ended while starting");
    }
    ports = List.of(line.substring(READY.length()).split(" ", 2));
  }

  // By a thread that gives way, since the process takes after the thread that starts it.
  private Process begin() throws IOException {
    CompletableFuture<Process> begun = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              LinuxScheduler.ofThisSystem().nice(LinuxScheduler.CALLER, NICE);
              try {
                ProcessBuilder builder = new ProcessBuilder(command());
                // Meant for the server: an agent would take its port a second time.
                builder.environment().keySet().removeAll(OPTIONS_OF_THE_SERVER);
                begun.complete(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
              } catch (IOException | RuntimeException e) {
                begun.completeExceptionally(e);
              }
            },
            "hongbao-database-start");
    starter.start();
    try {
      return begun.get();
    } catch (ExecutionException e) {
      throw new IOException("the process of the read model's database does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a process started", e);
    }
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // One thread works there; a parallel collector would take cores from the event loops.
        "-XX:+UseSerialGC",
        "-Xms32m",
        "-Xmx" + heapBytes,
        // A new one is better than one that fails now and then.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+UseCompactObjectHeaders",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        DatabaseMain.class.getName());
  }

  /**
   * Ends it. Whoever wants the database closed, not left as a crash leaves it, closes the
   * connections before.
   */
  @Override
  public void close() throws IOException {
    isClosed = true;
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // The pipe of a process that has ended.
    }
    try {
      if (!running.waitFor(END_MS_MAX, TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
