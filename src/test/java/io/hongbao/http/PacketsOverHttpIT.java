// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Red packets from the first call to the last, over HTTP, on one server for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PacketsOverHttpIT {

  private static final long ROOM = 88_001;
  private static final long FIRST_USER = 20_001;

  private TestServer server;
  private Api api;
  private List<String> users;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(FIRST_USER, 20, 100_000);
    api.publicRoom(ROOM);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aLuckyPacketIsSharedToTheLastFen() {
    JsonObject sent = api.send(users.get(0), Api.packet("lucky", 10_000, 10, ROOM));
    String id = sent.getString("id");

    long sum = 0;
    for (int i = 1; i <= 10; i++) {
      Api.Reply opened = api.open(users.get(i), id).expect(200);
      assertTrue(opened.body().getBoolean("first"));
      assertEquals(i, opened.body().getInteger("place"));
      assertTrue(opened.header("Hongbao-Position").matches("\\d+:\\d+"));
      sum += opened.body().getJsonObject("amount").getLong("amount");
    }

    assertEquals(10_000, sum);
    api.open(users.get(11), id).expect(410, "empty");
    assertFalse(api.open(users.get(3), id).expect(200).body().getBoolean("first"));
    JsonObject details =
        api.get("/v1/red-packets/" + id).as(users.get(0)).send().expect(200).body();
    assertEquals("empty", details.getString("state"));
    assertEquals(10, details.getJsonArray("shares").size());
    assertEquals(sent.getString("claim_code"), details.getString("claim_code"));
    assertEquals(sent.getString("commitment"), details.getString("commitment"));
    assertTrue(details.getJsonObject("best_luck").getBoolean("best"));
    assertEquals(200, proof(users.get(4), id).status());
  }

  private Api.Reply proof(String token, String id) {
    return api.get("/v1/red-packets/" + id + "/proof").as(token).send();
  }

  @Test
  void theSeedStaysSecretWhileThereAreShares() {
    String id = api.send(users.get(0), Api.packet("equal", 20, 2, ROOM)).getString("id");
    api.open(users.get(1), id).expect(200);

    proof(users.get(1), id).expect(409, "packet_not_closed");

    api.open(users.get(2), id).expect(200);
    JsonObject proof = proof(users.get(1), id).expect(200).body();
    assertEquals(64, proof.getString("seed").length());
    assertNull(proof.getString("nonce"));
  }

  @Test
  void aRepeatedSendHearsTheFirstAnswerAndMovesNothing() {
    String sender = users.get(15);
    long before = api.balance(sender);
    JsonObject packet = Api.packet("lucky", 1000, 5, ROOM).put("greeting", "新年快乐 🧧");

    Api.Reply first = api.post("/v1/red-packets").as(sender).key("once").send(packet).expect(201);
    Api.Reply again = api.post("/v1/red-packets").as(sender).key("once").send(packet).expect(201);

    assertNull(first.header("Idempotent-Replayed"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(first.body(), again.body());
    assertEquals(before - 1000, api.balance(sender));
    for (JsonObject other :
        List.of(
            packet.copy().put("count", 4),
            packet.copy().put("total", Api.money(1001)),
            packet.copy().put("kind", "equal"),
            packet.copy().put("greeting", "新年快乐"),
            packet.copy().put("cover", "gold"),
            packet.copy().put("grab_mode", "reserve"),
            packet.copy().put("nonce", "AAEC"),
            packet.copy().put("audience", new JsonObject().put("user_id", "7")),
            packet.copy().put("pay_with", new JsonObject().put("provider", "sim")))) {
      api.post("/v1/red-packets").as(sender).key("once").send(other).expect(409, "key_reused");
    }
    // Another user's key of the same name is another key.
    api.post("/v1/red-packets").as(users.get(16)).key("once").send(packet).expect(201);
  }

  @Test
  void refusalsOfMoneyAreKeptUnderTheirKey() {
    List<String> poor = api.users(30_001, 1, 0);
    JsonObject packet = Api.packet("lucky", 1000, 5, ROOM);

    api.post("/v1/red-packets")
        .as(poor.get(0))
        .key("k")
        .send(packet)
        .expect(409, "insufficient_funds");
    topUp(30_001, 5_000);

    Api.Reply kept =
        api.post("/v1/red-packets")
            .as(poor.get(0))
            .key("k")
            .send(packet)
            .expect(409, "insufficient_funds");
    assertEquals("true", kept.header("Idempotent-Replayed"));
    api.post("/v1/red-packets").as(poor.get(0)).key("k2").send(packet).expect(201);
  }

  private void topUp(long userId, long amountMinor) {
    api.post("/v1/operator/top-ups")
        .as(api.operatorKey())
        .header("Hongbao-Cause", "test")
        .key(api.newKey())
        .send(
            new JsonObject()
                .put("user_id", Long.toString(userId))
                .put("amount", Api.money(amountMinor)))
        .expect(201);
  }

  @Test
  void strangersHearThatThereIsNothing() {
    JsonObject packet = Api.packet("lucky", 1000, 5, ROOM);
    packet.put("audience", new JsonObject().put("user_id", Long.toString(FIRST_USER + 1)));
    JsonObject sent = api.send(users.get(0), packet);
    String id = sent.getString("id");
    String code = sent.getString("claim_code");

    api.open(users.get(2), id).expect(404, "not_found");
    api.get("/v1/red-packets/" + id).as(users.get(2)).send().expect(404, "not_found");
    proof(users.get(2), id).expect(404, "not_found");

    api.get("/v1/red-packets/" + id)
        .as(users.get(2))
        .header("Hongbao-Claim-Code", code)
        .send()
        .expect(200);
    api.post("/v1/red-packets/" + id + "/open")
        .as(users.get(2))
        .send(new JsonObject().put("claim_code", code))
        .expect(200);
    api.open(users.get(0), id).expect(403, "forbidden");
    api.open(users.get(1), id).expect(200);
  }

  @Test
  void aGrabKeepsAShare() {
    String id = api.send(users.get(0), Api.packet("lucky", 100, 1, ROOM)).getString("id");

    JsonObject grabbed = grab(users.get(1), id).expect(200).body();

    assertEquals("reserved", grabbed.getString("state"));
    Api.Reply refused = api.open(users.get(2), id).expect(409, "all_reserved");
    assertTrue(refused.body().getLong("retry_after_ms") > 0);
    assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1);
    api.open(users.get(1), id).expect(200);
    assertEquals("opened", grab(users.get(1), id).expect(200).body().getString("state"));
    grab(users.get(2), id).expect(410, "empty");

    JsonObject classic = Api.packet("lucky", 100, 1, ROOM).put("grab_mode", "classic");
    String other = api.send(users.get(0), classic).getString("id");
    assertEquals("may_open", grab(users.get(1), other).expect(200).body().getString("state"));
  }

  private Api.Reply grab(String token, String id) {
    return api.post("/v1/red-packets/" + id + "/grab").as(token).send();
  }

  @Test
  void theBooksBalance() {
    for (int i = 0; i < 5; i++) {
      String id = api.send(users.get(0), Api.packet("lucky", 500, 3, ROOM)).getString("id");
      api.open(users.get(i + 1), id).expect(200);
    }

    JsonObject balance = api.trialBalance();

    assertTrue(balance.getBoolean("balanced"), balance::encodePrettily);
    assertTrue(balance.getBoolean("exact"), balance::encodePrettily);
    assertEquals(TestServer.PARTITIONS, balance.getJsonArray("partitions").size());
  }
}
