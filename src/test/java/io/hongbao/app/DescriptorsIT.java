// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sockets take every file descriptor that the process may have: money goes on moving on the
 * connections that are there, and files are opened all the same.
 */
class DescriptorsIT {

  private static final int LIMIT = 400;
  private static final int SOCKETS = 600;
  private static final int USERS = 16;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;

  /** Tokens of one call take some 45 KB of journal, so a segment of 1 MiB is full after 24. */
  private static final int TOKENS = 1_000;

  private static final int MINTS = 60;

  @TempDir private Path directory;

  @Test
  void socketsThatUseUpAllDescriptorsStopNothing() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "descriptors can be counted here");
    long seed = Seeds.of("DescriptorsIT");
    Path data = directory.resolve("data");
    List<Socket> sockets = new ArrayList<>();
    try (ServerProcess server =
            ServerProcess.startUnder(
                "ulimit -n " + LIMIT,
                data,
                ServerProcess.plus(ServerProcess.SANDBOX, "--http.connections_max=5000"));
        HttpCalls calls = HttpCalls.to(server);
        // Has its connection from before, and nobody else takes it.
        HttpCalls operator = HttpCalls.to(server)) {
      Book book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
      calls.makePublicRoom(Crowd.ROOM);
      try (Crowd crowd = new Crowd(book, calls, seed, "d-").start()) {
        operator.operatorGet("/v1/operator/rooms/" + Crowd.ROOM).expect(200);
        crowd.untilAnswers(200);
        for (int i = 0; i < SOCKETS; i++) {
          sockets.add(connect(server.port()));
        }
        awaitNoDescriptors(server);

        filesAreOpenedAllTheSame(operator, data);
        crowd.untilAnswers(crowd.answers() + 300);
        assertTrue(descriptors(server) > LIMIT - 6, "all descriptors are in use");
      }
      for (Socket socket : sockets) {
        socket.close();
      }

      try (HttpCalls fresh = HttpCalls.to(server)) {
        new BookCheck(book, fresh).run();
        assertEquals(0, new BookCheck(book, fresh).happenedUnheard());
      }
      ServerProcess.Outcome outcome = server.stop();
      assertEquals(0, outcome.exitCode(), outcome::toString);
      System.out.println("DescriptorsIT: " + book);
    }
    ServerProcess.Outcome verified = Commands.run("verify", "--data", data.toString());
    assertEquals(0, verified.exitCode(), verified::toString);
  }

  // On one connection of its own that was there before: segments roll, snapshots are made.
  private static void filesAreOpenedAllTheSame(HttpCalls calls, Path data) throws Exception {
    List<Path> segmentsBefore = files(data, "journal", "archive");
    List<Path> snapshotsBefore = files(data, "snapshot");
    for (int i = 0; i < MINTS; i++) {
      JsonObject body = new JsonObject().put("first_user_id", "900001").put("count", TOKENS);
      calls.operatorPost("/v1/operator/tokens", null, body).expect(201);
    }
    for (int waitedMs = 0; !hasNew(snapshotsBefore, files(data, "snapshot")); waitedMs += 50) {
      assertTrue(waitedMs < 20_000, "no snapshot was made");
      Thread.sleep(50);
    }
    assertTrue(hasNew(segmentsBefore, files(data, "journal")), "no segment was begun");
  }

  private static boolean hasNew(List<Path> before, List<Path> now) {
    return now.stream().anyMatch(file -> !before.contains(file));
  }

  private static List<Path> files(Path data, String... folders) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> found = Files.list(data.resolve(folder))) {
        all.addAll(found.filter(file -> !file.toString().endsWith(".tmp")).toList());
      }
    }
    return all;
  }

  // What is not accepted waits in the system's queue, and then fails to connect at all.
  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    } catch (IOException full) {
      socket.close();
    }
    return socket;
  }

  private static void awaitNoDescriptors(ServerProcess server) throws Exception {
    for (int waitedMs = 0; descriptors(server) < LIMIT - 5; waitedMs += 20) {
      assertTrue(waitedMs < 20_000, "descriptors are left");
      Thread.sleep(20);
    }
  }

  private static long descriptors(ServerProcess server) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
      return open.count();
    }
  }
}
