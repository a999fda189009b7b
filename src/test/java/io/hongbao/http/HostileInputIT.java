// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a client should not send: the right status each time, and never a 500. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {

  private static final long ROOM = 88_001;
  private static final String GOOD =
      "{'kind':'lucky','total':{'asset':'CNY','amount':100},'count':3,"
          + "'audience':{'room_id':'88001'}}";

  private TestServer server;
  private Api api;
  private List<String> users;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(20_001, 3, 1_000_000);
    api.publicRoom(ROOM);
  }

  @AfterAll
  void stop() throws Exception {
    // Whatever was thrown at it: it still serves, and its books balance.
    api.send(users.get(0), new JsonObject(GOOD.replace('\'', '"')));
    assertTrue(api.trialBalance().getBoolean("balanced"));
    server.close();
  }

  @Test
  void keysArePrintableAscii() throws IOException {
    api.post("/v1/red-packets")
        .as(users.get(0))
        .send(new JsonObject(GOOD.replace('\'', '"')))
        .expect(400, "key_missing");
    api.post("/v1/red-packets")
        .as(users.get(0))
        .key("k".repeat(129))
        .send(new JsonObject(GOOD.replace('\'', '"')))
        .expect(400, "key_malformed");
    byte[] body = GOOD.replace('\'', '"').getBytes(UTF_8);
    for (String key : List.of("schlüssel", "a\tb", "红包", "")) {
      RawClient.Answer answer = raw("POST", "/v1/red-packets", "Idempotency-Key: " + key, body);
      assertEquals(400, answer.status(), answer.body());
    }
    // Of the year 1970, and of the year 10889.
    for (String key :
        List.of("00000000-0000-7000-8000-000000000000", "ffffffff-ffff-7fff-bfff-ffffffffffff")) {
      api.post("/v1/red-packets")
          .as(users.get(0))
          .key(key)
          .send(new JsonObject(GOOD.replace('\'', '"')))
          .expect(409);
    }
  }

  private RawClient.Answer raw(String method, String path, String header, byte[] body)
      throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.writeIfOpen(
          RawClient.request(
              method,
              path,
              "Content-Type: application/json\r\nAuthorization: Bearer "
                  + users.get(0)
                  + "\r\n"
                  + header
                  + "\r\n",
              body));
      return client.read();
    }
  }

  @Test
  void brokenUtf8IsRefused() throws IOException {
    byte[] good = GOOD.replace("lucky", "lucky\u00ff").replace('\'', '"').getBytes(ISO_8859_1);
    byte[] overlong = ("{\"kind\":\"" + "\u00c0\u00af" + "\"}").getBytes(ISO_8859_1);
    for (byte[] body : List.of(good, overlong)) {
      RawClient.Answer answer = raw("POST", "/v1/red-packets", "Idempotency-Key: u", body);
      assertEquals(400, answer.status(), answer.body());
    }
  }

  @Test
  void bodiesMustBeJsonByTheirName() {
    for (String type :
        List.of("text/plain", "application/jsonp", "application/json; charset=latin1", "json")) {
      api.post("/v1/red-packets")
          .as(users.get(0))
          .key("t")
          .header("Content-Type", type)
          .sendText("{}")
          .expect(415, "unsupported_media_type");
    }
    api.post("/v1/red-packets").as(users.get(0)).key("t").sendText("{}").expect(415);
    api.post("/v1/red-packets")
        .as(users.get(0))
        .key("t")
        .header("Content-Encoding", "gzip")
        .send(new JsonObject())
        .expect(415);
    api.post("/v1/red-packets")
        .as(users.get(0))
        .key(api.newKey())
        .header("Content-Type", "Application/JSON; charset=\"UTF-8\"")
        .sendText(GOOD.replace('\'', '"'))
        .expect(201);
  }

  @Test
  void largeBodiesAreRefusedAndTheConnectionGoesOn() throws IOException {
    byte[] large = new byte[70 * 1024];
    Arrays.fill(large, (byte) ' ');
    String headers =
        "Content-Type: application/json\r\nAuthorization: Bearer " + users.get(0) + "\r\n";
    try (RawClient client = new RawClient(server.port())) {
      client.write(RawClient.request("POST", "/v1/red-packets", headers, large));
      assertEquals(413, client.read().status());
      client.write(RawClient.request("GET", "/v1/accounts/me", headers, new byte[0]));
      assertEquals(200, client.read().status());
      // The same, without saying so beforehand.
      client.write(
          "POST /v1/red-packets HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n"
              + headers
              + "\r\n");
      for (int i = 0; i < 5; i++) {
        client.write("4000\r\n" + " ".repeat(0x4000) + "\r\n");
      }
      assertEquals(413, client.read().status());
      client.write("0\r\n\r\n");
      client.write(RawClient.request("GET", "/v1/accounts/me", headers, new byte[0]));
      assertEquals(200, client.read().status());
    }
  }

  @Test
  void endlessBodiesAreCutOff() throws IOException {
    byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
    for (String method : List.of("GET", "POST")) {
      try (RawClient client = new RawClient(server.port())) {
        client.write(
            method + " /v1/accounts/me HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 400; i++) {
          client.writeIfOpen(chunk);
        }
        assertTrue(client.isClosedByPeer(10_000), method);
      }
    }
  }

  @Test
  void clientsThatAskBeforeTheySendAreTold() throws IOException {
    String headers =
        "Expect: 100-continue\r\nContent-Type: application/json\r\nIdempotency-Key: e\r\n"
            + "Authorization: Bearer "
            + users.get(0)
            + "\r\n";
    byte[] body = GOOD.replace('\'', '"').getBytes(UTF_8);
    byte[] request = RawClient.request("POST", "/v1/red-packets", headers, body);
    int headLength = request.length - body.length;
    try (RawClient client = new RawClient(server.port())) {
      client.write(Arrays.copyOf(request, headLength));
      assertEquals(100, client.read().status());
      client.write(body);
      assertEquals(201, client.read().status());
    }
  }

  @Test
  void pathsAndMethodsThatAreNotThere() throws IOException {
    for (String path :
        List.of(
            "/",
            "/v2/assets",
            "/v1",
            "/v1/red-packets/1/2/3",
            "/v1/operator",
            "/favicon.ico",
            "/docs/../operator.key",
            "/docs/%2e%2e/operator.key",
            "/v1/red-packetsx")) {
      assertEquals(404, raw("GET", path, "A: b", new byte[0]).status(), path);
    }
    for (String path : List.of("/%zz", "/v1/operator/holds/%f", "/v1/assets?x=%zz")) {
      assertEquals(400, raw("GET", path, "A: b", new byte[0]).status(), path);
    }
    RawClient.Answer refused = raw("DELETE", "/v1/red-packets", "A: b", new byte[0]);
    assertEquals(405, refused.status());
    assertTrue(refused.head().toLowerCase(java.util.Locale.ROOT).contains("allow: options, post"));
    assertEquals(405, raw("PROPFIND", "/v1/assets", "A: b", new byte[0]).status());
    assertEquals(204, raw("OPTIONS", "/v1/assets", "A: b", new byte[0]).status());
    assertEquals(400, raw("GET", "/v1/assets?nope=1", "A: b", new byte[0]).status());
  }

  @Test
  void longLinesAndFloodsOfHeadersAreRefused() throws IOException {
    assertEquals(400, raw("GET", "/v1/assets?" + "x".repeat(5000), "A: b", new byte[0]).status());
    assertEquals(400, raw("GET", "/v1/assets", "A: " + "x".repeat(20_000), new byte[0]).status());
    String flood = "A: b\r\n".repeat(5000) + "B: c";
    assertEquals(400, raw("GET", "/v1/assets", flood, new byte[0]).status());
    assertEquals(400, raw("GET", "/v1/assets", "Content-Length: 5", new byte[0]).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\u0016\u0003\u0001\u0002abc",
        "GET /v1/assets HTTP/1.1\r\nHost: t\r\nBad Header\r\n\r\n",
        "POST /v1/red-packets HTTP/1.1\r\nHost: t\r\nContent-Length: -5\r\n\r\n",
        "POST /v1/red-packets HTTP/1.1\r\nHost: t\r\nContent-Length: abc\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void whatIsNoHttpIsRefused(String bytes) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.write(bytes);
      client.write("\r\n\r\n");
      int status = client.read().status();
      // 501 is the decoder's word for a version of HTTP that nobody speaks.
      assertTrue(status == 400 || status == 405 || status == 501, bytes + " gives " + status);
    }
  }

  @Test
  void aHundredRequestsInOneWriteAreAnsweredInTheirOrder() throws IOException {
    var requests = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      requests
          .append("GET /v1/accounts/me HTTP/1.1\r\nHost: t\r\nX-Request-Id: r")
          .append(i)
          .append("\r\nAuthorization: Bearer ")
          .append(users.get(i % 2))
          .append("\r\n\r\n");
    }
    try (RawClient client = new RawClient(server.port())) {
      client.write(requests.toString());
      for (int i = 0; i < 100; i++) {
        RawClient.Answer answer = client.read();
        assertEquals(200, answer.status());
        assertTrue(answer.head().contains("r" + i + "\r\n"), () -> "answer of its own: " + answer);
      }
    }
  }

  @Test
  void peersThatLeaveInTheMiddleHurtNobody() throws IOException {
    byte[] whole =
        RawClient.request(
            "POST",
            "/v1/red-packets",
            "Content-Type: application/json\r\nIdempotency-Key: gone\r\nAuthorization: Bearer "
                + users.get(0)
                + "\r\n",
            GOOD.replace('\'', '"').getBytes(UTF_8));
    for (int length = 1; length <= whole.length; length += 7) {
      RawClient client = new RawClient(server.port());
      client.write(Arrays.copyOf(whole, length));
      client.abort();
    }
    assertEquals(200, api.get("/v1/accounts/me").as(users.get(0)).send().status());
  }

  /** Any bytes changed anywhere in a good request: refused or carried out, but never a 500. */
  @Test
  void mutatedRequestsNeverBreakTheServer() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    byte[] good =
        RawClient.request(
            "POST",
            "/v1/red-packets",
            "Content-Type: application/json\r\nIdempotency-Key: fuzz\r\nAuthorization: Bearer "
                + users.get(0)
                + "\r\nConnection: close\r\n",
            GOOD.replace('\'', '"').getBytes(UTF_8));
    Set<Integer> seen = new HashSet<>();
    for (int round = 0; round < 400; round++) {
      byte[] bytes = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int status = statusOf(bytes);
      seen.add(status);
      assertTrue(status != 500, "seed " + seed + " round " + round);
    }
    assertTrue(seen.contains(400) && seen.contains(401), () -> "statuses " + seen);
  }

  // 0 when the server waits for more, or closed without a word: both are fair.
  private int statusOf(byte[] bytes) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.writeIfOpen(bytes);
      client.patience(300);
      return client.read().status();
    } catch (java.net.SocketTimeoutException | java.io.EOFException | java.net.SocketException e) {
      return 0;
    }
  }
}
