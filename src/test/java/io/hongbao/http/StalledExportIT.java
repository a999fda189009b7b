// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import static io.hongbao.http.LedgerApi.item;
import static io.hongbao.http.LedgerApi.leg;
import static io.hongbao.http.LedgerApi.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers of a large statement who stop reading, over real sockets: they are cut off, and what they
 * kept is there for others.
 */
class StalledExportIT {

  private static final long PAYER = 1_171;
  private static final long PAYEE = 1_181;

  /** 5.7 MB of lines: the system takes 4 MiB for a reader who stops (net.ipv4.tcp_wmem). */
  private static final int TRANSFERS = 300;

  private static final int LEGS = 100;

  /** A header, the money that came in, and what was paid. */
  private static final long LINES = 2 + TRANSFERS * LEGS;

  private static final long STALL_MS = 2_000;
  private static final int PATIENCE_MS = 20_000;
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void whoeverStopsReadingIsCutOffAndItsPlaceIsGivenBack(@TempDir Path directory)
      throws Exception {
    try (TestServer server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                // One loop, so that the test knows how many places there are.
                Settings.ENGINE_LOOPS, "1",
                Settings.HTTP_STALL_TIMEOUT, STALL_MS + "ms"))) {
      LedgerApi ledger = new LedgerApi(server.api());
      String path = "/v1/accounts/" + PAYER + "/statement/export?asset=CNY";
      book(ledger);
      Api.Call export = server.api().get(path).as(ledger.service());
      assertEquals(LINES, lines(export));

      List<Socket> stalled = new ArrayList<>();
      try {
        for (int i = 0; i < StatementExportRoutes.EXPORTS_MAX; i++) {
          stalled.add(stalled(server.port(), path, ledger.service()));
        }
        export.send().expect(503, "overloaded");

        await(server);

        assertEquals(StatementExportRoutes.EXPORTS_MAX, server.stalledExports());
        assertEquals(LINES, lines(export));
        for (Socket socket : stalled) {
          assertFalse(isWhole(socket), "a file that was cut off must not look whole");
        }
      } finally {
        for (Socket socket : stalled) {
          socket.close();
        }
      }
    }
  }

  private static void book(LedgerApi ledger) {
    ledger.fund(PAYER, 10_000_000);
    JsonObject[] legs = new JsonObject[LEGS];
    Arrays.setAll(legs, i -> leg(PAYER, PAYEE, 1 + i % 7));
    JsonArray commands = new JsonArray();
    for (int i = 0; i < TRANSFERS; i++) {
      // As long as references may be.
      commands.add(
          item("transfer", transfer(legs))
              .put("idempotency_key", "stalled-" + i)
              .put("reference", "r".repeat(64)));
    }
    ledger
        .post("/v1/bulk")
        .key("stalled")
        .send(new JsonObject().put("policy", "best_effort").put("commands", commands))
        .expect(200);
  }

  // The read model follows at its own pace.
  private static long lines(Api.Call export) {
    long untilNanos = System.nanoTime() + PATIENCE_MS * 1_000_000L;
    long lines = 0;
    while (lines != LINES && System.nanoTime() < untilNanos) {
      LockSupport.parkNanos(200_000_000);
      Api.Reply reply = export.send();
      lines = reply.status() == 200 ? reply.text().lines().count() : 0;
    }
    return lines;
  }

  // Reads the beginning, and then no more.
  private static Socket stalled(int port, String path, String token) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    String head =
        "GET " + path + " HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    byte[] begin = socket.getInputStream().readNBytes(15);
    assertEquals("HTTP/1.1 200 OK", new String(begin, StandardCharsets.US_ASCII));
    return socket;
  }

  private static void await(TestServer server) {
    long untilNanos = System.nanoTime() + PATIENCE_MS * 1_000_000L;
    while (server.underWay() > 0 && System.nanoTime() < untilNanos) {
      LockSupport.parkNanos(20_000_000);
    }
    assertEquals(0, server.underWay(), "nothing is under way any more");
  }

  private static boolean isWhole(Socket socket) throws IOException {
    var heard = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      in.transferTo(heard);
    } catch (SocketException reset) {
      // Cut off is cut off.
    }
    byte[] bytes = heard.toByteArray();
    int from = Math.max(0, bytes.length - LAST_CHUNK.length);
    assertTrue(bytes.length > 0, "something had been sent");
    return Arrays.equals(Arrays.copyOfRange(bytes, from, bytes.length), LAST_CHUNK);
  }
}
