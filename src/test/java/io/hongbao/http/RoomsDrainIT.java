// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.GatewayCatalogue;
import io.hongbao.config.Settings;
import io.hongbao.gateway.WsClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops sends its readers away over some time, and each back at another time. */
class RoomsDrainIT {

  private static final long ROOM = 79_001;
  private static final int READERS = 80;
  private static final long DRAIN_MS = 1_000;
  private static final int OPCODE_CLOSE = 8;

  /** The close that one reader was sent. */
  private record Told(int code, long afterMs, long atNanos) {}

  @Test
  void readersAreSentAwayAndBackAtDifferentTimes(@TempDir Path directory) throws Exception {
    TestServer server =
        TestServer.start(
            directory,
            Map.of(Settings.DATA_SANDBOX, "true", GatewayCatalogue.DRAIN_OVER, DRAIN_MS + "ms"));
    boolean isStopped = false;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.api().publicRoom(ROOM);
      List<Future<Told>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        WsClient client = WsClient.open(server.port(), "/v1/rooms/ws");
        client.say("{\"op\":\"join\",\"room\":\"" + ROOM + "\"}");
        client.json("joined");
        readers.add(threads.submit(() -> untilClosed(client)));
      }
      CountDownLatch hasJoined = new CountDownLatch(1);
      Future<String> events = threads.submit(() -> stream(server.port(), hasJoined));
      assertTrue(hasJoined.await(10, TimeUnit.SECONDS));

      isStopped = true;
      server.close();

      TreeSet<Long> comeBackMs = new TreeSet<>();
      TreeSet<Long> toldNanos = new TreeSet<>();
      for (Future<Told> reader : readers) {
        Told told = reader.get(10, TimeUnit.SECONDS);
        assertEquals(1001, told.code());
        comeBackMs.add(told.afterMs());
        toldNanos.add(told.atNanos());
      }
      assertTrue(comeBackMs.size() >= READERS / 4, () -> "come back at " + comeBackMs);
      assertTrue(comeBackMs.first() >= 500, () -> "too soon: " + comeBackMs);
      long spreadMs = (toldNanos.last() - toldNanos.first()) / 1_000_000;
      assertTrue(spreadMs >= DRAIN_MS / 2, () -> "all were told within " + spreadMs + " ms");
      assertEquals("0", events.get(10, TimeUnit.SECONDS), "the stream ended in order");
    } finally {
      if (!isStopped) {
        server.close();
      }
    }
  }

  private static Told untilClosed(WsClient client) throws Exception {
    try (client) {
      WsClient.Got got = client.next();
      while (got.opcode() != OPCODE_CLOSE) {
        got = client.next();
      }
      long now = System.nanoTime();
      byte[] payload = got.payload();
      String reason = new String(payload, 2, payload.length - 2, StandardCharsets.US_ASCII);
      assertTrue(reason.startsWith("after_ms="), reason);
      return new Told(got.closeCode(), Long.parseLong(reason.substring(9)), now);
    }
  }

  // The last line before the end: the chunk of no bytes.
  private static String stream(int port, CountDownLatch hasJoined) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ("GET /v1/rooms/" + ROOM + "/stream HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String last = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("event: joined")) {
          hasJoined.countDown();
        }
        last = line.isEmpty() ? last : line;
      }
      return last;
    }
  }
}
