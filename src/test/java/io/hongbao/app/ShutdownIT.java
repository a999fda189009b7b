// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.datadir.DataDirectory;
import io.hongbao.inspect.Findings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load, and with connections that say nothing. */
class ShutdownIT {

  private static final int USERS = 40;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;
  private static final int PARTITIONS = 20;

  /** What a stop may take here; a machine of its own needs a tenth of it. */
  private static final long UNDER_LOAD_MS_MAX = 15_000;

  private static final long IDLE_MS_MAX = 8_000;

  private static final Pattern RECOVERED = Pattern.compile("recovered ([0-9,]+) records");

  @TempDir private Path directory;

  @Test
  void aSignalUnderLoadEndsInOrderAndLosesNothing() throws Exception {
    long seed = Seeds.of("ShutdownIT");
    Path data = directory.resolve("data");
    Book book;
    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
      calls.makePublicRoom(Crowd.ROOM);
      stopUnderLoad(server, book, calls, seed);
    }
    assertEquals(PARTITIONS, partitionsWithSnapshot(data), "partitions with a snapshot");

    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      Matcher recovered = RECOVERED.matcher(server.output());
      assertTrue(recovered.find(), server::toString);
      int records = Integer.parseInt(recovered.group(1).replace(",", ""));
      assertTrue(records < 1_000, () -> "snapshots leave little to replay, not " + records);

      BookCheck check = new BookCheck(book, calls);
      check.run();
      assertEquals(0, check.happenedUnheard(), "accepted, and yet not answered");
      stopWithSilentConnections(server);
    }

    try (DataDirectory stopped = DataDirectory.openExisting(data, "verify")) {
      Findings findings = DirectoryVerification.run(stopped, step -> {});
      assertTrue(findings.isOk(), () -> String.join("\n", findings.differences()));
    }
  }

  // What was asked and not answered is asked again after the restart, so nothing stays unknown.
  private static void stopUnderLoad(ServerProcess server, Book book, HttpCalls calls, long seed)
      throws Exception {
    long stopMs;
    ServerProcess.Outcome outcome;
    try (Crowd crowd = new Crowd(book, calls, seed, "s-").start()) {
      crowd.untilAnswers(1_200);
      long startNanos = System.nanoTime();
      outcome = server.stop();
      stopMs = (System.nanoTime() - startNanos) / 1_000_000;
    }
    System.out.println("ShutdownIT: under load " + stopMs + " ms, " + lastLine(outcome) + book);

    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertClean(outcome);
    assertTrue(stopMs < UNDER_LOAD_MS_MAX, () -> "stopped in " + stopMs + " ms: " + outcome);
  }

  private static void stopWithSilentConnections(ServerProcess server) throws Exception {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }
    // Begins a request and never ends it.
    silent
        .getFirst()
        .getOutputStream()
        .write(
            "POST /v1/operator/top-ups HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII));

    long startNanos = System.nanoTime();
    ServerProcess.Outcome outcome = server.stop();
    long stopMs = (System.nanoTime() - startNanos) / 1_000_000;
    for (Socket socket : silent) {
      socket.close();
    }
    System.out.println("ShutdownIT: idle " + stopMs + " ms, " + lastLine(outcome));

    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertClean(outcome);
    assertTrue(stopMs < IDLE_MS_MAX, () -> "stopped in " + stopMs + " ms: " + outcome);
  }

  private static void assertClean(ServerProcess.Outcome outcome) {
    assertFalse(outcome.err().contains("ERROR"), outcome::toString);
    assertFalse(outcome.err().contains("WARN"), outcome::toString);
    assertTrue(outcome.out().endsWith("hongbao stopped\n"), outcome::toString);
  }

  private static String lastLine(ServerProcess.Outcome outcome) {
    return outcome.err().lines().reduce("", (first, second) -> second) + " ";
  }

  private static int partitionsWithSnapshot(Path data) throws IOException {
    Set<String> partitions = new HashSet<>();
    try (Stream<Path> files = Files.list(data.resolve("snapshot"))) {
      files.forEach(file -> partitions.add(file.getFileName().toString().substring(0, 5)));
    }
    return partitions.size();
  }
}
