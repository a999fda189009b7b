// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time, or take too much room; on a server with short patience. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsIT {

  private static final int CONNECTIONS_MAX = 20;

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.HTTP_REQUEST_TIMEOUT, "300ms",
                Settings.HTTP_IDLE_TIMEOUT, "1s",
                Settings.HTTP_CONNECTIONS_MAX, Integer.toString(CONNECTIONS_MAX)));
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aBodyThatDoesNotComeIsTimedOut() throws Exception {
    byte[] whole =
        RawClient.request(
            "POST",
            "/v1/operator/tokens",
            "Content-Type: application/json\r\nAuthorization: Bearer "
                + server.api().operatorKey()
                + "\r\n",
            "{\"user_ids\":[\"1\"]}".getBytes(StandardCharsets.UTF_8));
    try (RawClient client = new RawClient(server.port())) {
      client.write(java.util.Arrays.copyOf(whole, whole.length - 5));

      RawClient.Answer answer = client.read();

      assertEquals(408, answer.status());
      assertTrue(answer.body().contains("request_timeout"));
      assertTrue(client.isClosedByPeer(5_000));
    }
  }

  @Test
  void aBodyThatDripsInChunksIsTimedOut() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.write(
          "POST /v1/operator/tokens HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\nAuthorization: Bearer "
              + server.api().operatorKey()
              + "\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        client.writeIfOpen("1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
        LockSupport.parkNanos(50_000_000);
      }

      assertEquals(408, client.read().status());
      assertTrue(client.isClosedByPeer(5_000));
    }
  }

  /** Before its body is read a request is refused already; what follows must not be waited for. */
  @Test
  void aRefusedRequestWhoseBodyDripsIsCutOff() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.write(
          "POST /v1/operator/tokens HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000\r\n\r\n");
      assertEquals(401, client.read().status());
      for (int i = 0; i < 25; i++) {
        client.writeIfOpen(new byte[] {' '});
        LockSupport.parkNanos(100_000_000);
      }

      assertTrue(client.isClosedByPeer(1_000));
    }
  }

  @Test
  void aHeaderThatDripsIsCutOff() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.write("GET /v1/assets HTTP/1.1\r\nHost: t\r\nX: ");
      for (int i = 0; i < 30; i++) {
        client.writeIfOpen(new byte[] {'x'});
        LockSupport.parkNanos(100_000_000);
      }
      assertTrue(client.isClosedByPeer(100));
    }
  }

  @Test
  void aSilentConnectionIsClosed() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertTrue(client.isClosedByPeer(5_000));
    }
  }

  @Test
  void oneConnectionTooManyIsClosedAtOnceAndTheOthersAreServed() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      int served = 0;
      for (int i = 0; i < CONNECTIONS_MAX + 10; i++) {
        RawClient client = new RawClient(server.port());
        clients.add(client);
        served += isServed(client) ? 1 : 0;
      }
      assertTrue(served <= CONNECTIONS_MAX && served > CONNECTIONS_MAX / 2, "served " + served);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    for (int i = 0; i < 100 && !isServed(); i++) {
      LockSupport.parkNanos(20_000_000);
    }
    assertTrue(isServed(), "places are given back");
  }

  private boolean isServed() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return isServed(client);
    }
  }

  private static boolean isServed(RawClient client) throws Exception {
    try {
      client.writeIfOpen(
          "GET /v1/time HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return client.read().status() == 200;
    } catch (java.io.EOFException | java.net.SocketException closed) {
      return false;
    }
  }

  /** Asks for much and reads nothing: must neither fill the heap nor keep its place for ever. */
  @Test
  void aPeerThatReadsNothingIsHeldBack() throws Exception {
    byte[] ask =
        "GET /openapi.yaml HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = new RawClient(server.port())) {
      // Some 70 KB each; what the sockets take in between is a few megabytes.
      for (int i = 0; i < 500; i++) {
        client.writeIfOpen(ask);
      }
      LockSupport.parkNanos(2_500_000_000L);
      assertTrue(client.isClosedByPeer(10_000));
    }
  }
}
