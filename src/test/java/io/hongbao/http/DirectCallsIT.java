// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.RawClient.Answer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Opens and grabs that go past Vert.x: the same answers, in the same order, as through it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectCallsIT {

  private static final long ROOM = 77_001;
  private static final int USERS = 120;

  /** Sends a connection to Vert.x for good, and means nothing else to us. */
  private static final String THROUGH_VERTX = "TE: trailers\r\n";

  private TestServer server;
  private Api api;
  private List<String> users;
  private int nextUser;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(20_001, USERS, 1_000_000);
    api.publicRoom(ROOM);
  }

  @AfterAll
  void stop() throws Exception {
    assertTrue(api.trialBalance().getBoolean("balanced"));
    server.close();
  }

  private String packet(int count) {
    return api.send(users.get(0), Api.packet("lucky", 100L * count, count, ROOM)).getString("id");
  }

  private String user() {
    return users.get(nextUser++ % USERS);
  }

  private static String auth(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  private static byte[] open(String packetId, String headers, String body) {
    return RawClient.request(
        "POST", "/v1/red-packets/" + packetId + "/open", headers, body.getBytes(UTF_8));
  }

  private long credited(String packetId) {
    return api
        .get("/v1/red-packets/" + packetId)
        .as(users.get(0))
        .send()
        .expect(200)
        .body()
        .getJsonArray("shares")
        .stream()
        .filter(share -> ((JsonObject) share).getBoolean("credited"))
        .count();
  }

  private static void until(BooleanSupplier condition) {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(20_000_000);
    }
    assertTrue(condition.getAsBoolean(), "came true in time");
  }

  private record Case(String what, String path, String headers, String body) {

    byte[] bytes(String more) {
      return RawClient.request("POST", path, headers + more, body.getBytes(UTF_8));
    }
  }

  private List<Case> cases() {
    String id = packet(3);
    String openPath = "/v1/red-packets/" + id + "/open";
    String opener = auth(user());
    api.open(opener.substring("Authorization: Bearer ".length()).strip(), id).expect(200);
    // For whom the gateway asks: a first open has a position, its repetitions have none.
    api.open(users.get(0), id).expect(200);
    // What is opened is credited a moment later, and the answers say whether it is.
    until(() -> credited(id) == 2);
    String json = "Content-Type: application/json\r\n";
    String gateway = auth(api.keyOf("gateway", "packets:open"));
    List<Case> all = new ArrayList<>();
    all.add(new Case("opened before", openPath, opener, ""));
    all.add(new Case("with an empty object", openPath, opener + json, "{}"));
    all.add(new Case("own request id", openPath, opener + "X-Request-Id: my-id\r\n", ""));
    all.add(new Case("wild request id", openPath, opener + "X-Request-Id: a b\"\r\n", ""));
    all.add(new Case("nobody", openPath, "", ""));
    all.add(new Case("bad token", openPath, auth("nonsense"), ""));
    all.add(new Case("other scheme", openPath, "Authorization: Basic eDp5\r\n", ""));
    all.add(new Case("root key", openPath, auth(api.operatorKey()), ""));
    all.add(new Case("gateway for nobody", openPath, gateway, ""));
    all.add(new Case("gateway", openPath, gateway + "Hongbao-User: 20001\r\n", ""));
    all.add(new Case("gateway, bad user", openPath, gateway + "Hongbao-User: x\r\n", ""));
    all.add(new Case("another's user", openPath, opener + "Hongbao-User: 20099\r\n", ""));
    all.add(new Case("forwarded", openPath, "X-Forwarded-For: 192.0.2.7\r\n", ""));
    all.add(new Case("origin", openPath, opener + "Origin: https://a.example\r\n", ""));
    all.add(new Case("no type", openPath, opener, "{}"));
    all.add(new Case("wrong type", openPath, opener + "Content-Type: text/plain\r\n", "{}"));
    all.add(new Case("packed", openPath, opener + json + "Content-Encoding: gzip\r\n", "{}"));
    all.add(new Case("no JSON", openPath, opener + json, "{"));
    all.add(new Case("unknown field", openPath, opener + json, "{\"a\":1}"));
    all.add(new Case("short claim code", openPath, opener + json, "{\"claim_code\":\"AA\"}"));
    all.add(new Case("never issued", "/v1/red-packets/1234567890123456789/open", opener, ""));
    all.add(new Case("no id", "/v1/red-packets/9999999999999999999/open", opener, ""));
    all.add(new Case("grab", "/v1/red-packets/" + id + "/grab", opener, ""));
    all.add(new Case("grab, nobody", "/v1/red-packets/" + id + "/grab", "", ""));
    return all;
  }

  @Test
  void everyAnswerIsTheOneThatVertxGives() throws Exception {
    for (Case each : cases()) {
      long before = server.direct();
      Answer direct;
      try (RawClient client = new RawClient(server.port())) {
        client.write(each.bytes(""));
        direct = client.read();
      }
      assertEquals(before + 1, server.direct(), each.what() + ": went through Vert.x");
      Answer through;
      try (RawClient client = new RawClient(server.port())) {
        client.write(each.bytes(THROUGH_VERTX));
        through = client.read();
      }
      assertEquals(before + 1, server.direct(), each.what() + ": did not go through Vert.x");

      assertEquals(through.status(), direct.status(), each.what());
      assertEquals(statusLine(through), statusLine(direct), each.what());
      assertEquals(comparable(through), comparable(direct), each.what());
      assertEquals(withoutId(through), withoutId(direct), each.what());
    }
  }

  private static String statusLine(Answer answer) {
    return answer.head().substring(0, answer.head().indexOf('\r'));
  }

  private static Map<String, List<String>> comparable(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers());
    if (!headers.getOrDefault("X-Request-Id", List.of("")).get(0).equals("my-id")) {
      assertTrue(headers.remove("X-Request-Id") != null);
    }
    // Ids differ in length, and quotas fill up while time goes by.
    headers.remove("content-length");
    headers.remove("Content-Length");
    headers.remove("RateLimit");
    return headers;
  }

  private static String withoutId(Answer answer) {
    return answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  @Test
  void aConnectionMayGoToAndFro() throws Exception {
    String id = packet(4);
    long before = server.direct();
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 3; i++) {
        client.write(open(id, auth(user()), ""));
        assertEquals(200, client.read().status());
        client.write(RawClient.request("GET", "/v1/red-packets/" + id, auth(user()), new byte[0]));
        assertEquals(200, client.read().status());
      }
      assertEquals(before + 3, server.direct());

      // From here on it is Vert.x'.
      client.write(open(id, auth(user()) + THROUGH_VERTX, ""));
      assertEquals(200, client.read().status());
      client.write(open(id, auth(user()), ""));
      assertEquals("empty", new JsonObject(client.read().body()).getString("code"));
    }
    assertEquals(before + 3, server.direct());
  }

  @Test
  void whatComesBehindAnOpenIsAnsweredBehindIt() throws Exception {
    for (int apart = 0; apart < 2; apart++) {
      String id = packet(3);
      List<byte[]> requests =
          List.of(
              open(id, auth(user()) + "X-Request-Id: first\r\n", ""),
              RawClient.request(
                  "GET", "/v1/accounts/me", auth(user()) + "X-Request-Id: second\r\n", new byte[0]),
              open(id, auth(user()) + "X-Request-Id: third\r\n", ""),
              open(id, "X-Request-Id: fourth\r\n", ""),
              open(id, auth(user()) + "X-Request-Id: fifth\r\n", ""));
      try (RawClient client = new RawClient(server.port())) {
        var all = new ByteArrayOutputStream();
        for (byte[] request : requests) {
          if (apart == 1) {
            client.write(request);
          } else {
            all.writeBytes(request);
          }
        }
        client.write(all.toByteArray());
        for (String which : List.of("first", "second", "third", "fourth", "fifth")) {
          Answer answer = client.read();
          assertEquals(List.of(which), answer.headers().get("X-Request-Id"));
          assertEquals(which.equals("fourth") ? 401 : 200, answer.status(), which);
        }
      }
    }
  }

  @Test
  void aRequestThatComesInPiecesIsAnsweredAllTheSame() throws Exception {
    String id = packet(60);
    byte[] request = open(id, auth(user()) + "Content-Type: application/json\r\n", "{}");
    for (int i = 1; i < request.length; i += 7) {
      try (RawClient client = new RawClient(server.port())) {
        client.write(java.util.Arrays.copyOfRange(request, 0, i));
        TimeUnit.MILLISECONDS.sleep(2);
        client.write(java.util.Arrays.copyOfRange(request, i, request.length));
        assertEquals(200, client.read().status(), "divided at " + i);
        client.write(open(id, auth(user()), ""));
        assertEquals(200, client.read().status(), "behind one divided at " + i);
      }
    }
  }

  @Test
  void aBehaviourOfManyRequestsAtOnceIsHeldBack() throws Exception {
    String id = packet(1);
    int count = 2_000;
    byte[] one = open(id, "", "");
    try (RawClient client = new RawClient(server.port())) {
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < count; i++) {
                      try {
                        client.write(one);
                      } catch (java.io.IOException gone) {
                        return;
                      }
                    }
                  });
      for (int i = 0; i < count; i++) {
        int status = client.read().status();
        assertTrue(status == 401 || status == 429, "answer " + i + ": " + status);
      }
      writer.join();
    }
    assertFalse(server.underWay() > 1);
  }

  @Test
  void aPeerThatIsGoneLeavesNothingBehind() throws Exception {
    String id = packet(50);
    for (int i = 0; i < 40; i++) {
      try (RawClient client = new RawClient(server.port())) {
        client.write(open(id, auth(user()), ""));
      }
    }
    for (int waited = 0; server.underWay() > 0 && waited < 5_000; waited += 5) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertEquals(0, server.underWay());
  }
}
