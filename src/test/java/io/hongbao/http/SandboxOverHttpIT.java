// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes days: expiry, payments that come late, packets that have left memory, lists. */
class SandboxOverHttpIT {

  private static final long ROOM = 88_001;
  private static final long DAY_MS = 86_400_000;

  private TestServer server;
  private Api api;
  private List<String> users;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(20_001, 5, 100_000);
    api.publicRoom(ROOM);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void advance(long byMs) {
    api.post("/v1/sandbox/clock/advance")
        .as(api.operatorKey())
        .send(new JsonObject().put("by_ms", byMs))
        .expect(200);
  }

  private static void until(BooleanSupplier condition) {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(20_000_000);
    }
    assertTrue(condition.getAsBoolean(), "came true in time");
  }

  private JsonObject details(String token, String id) {
    return api.get("/v1/red-packets/" + id).as(token).send().expect(200).body();
  }

  @Test
  void theClockMovesForwardOnly() {
    Instant before = Instant.parse(api.get("/v1/time").send().body().getString("now"));

    advance(DAY_MS);

    Instant after = Instant.parse(api.get("/v1/time").send().body().getString("now"));
    assertTrue(after.toEpochMilli() >= before.toEpochMilli() + DAY_MS);
    for (long by : new long[] {0, -1}) {
      api.post("/v1/sandbox/clock/advance")
          .as(api.operatorKey())
          .send(new JsonObject().put("by_ms", by))
          .expect(409, "clock_backward");
    }
  }

  @Test
  void theRestOfAnExpiredPacketReturnsAndEverythingStaysReadableForEver() {
    String sender = users.get(0);
    long before = api.balance(sender);
    JsonObject sent = api.send(sender, Api.packet("lucky", 1000, 4, ROOM));
    String id = sent.getString("id");
    long opened =
        api.open(users.get(1), id).expect(200).body().getJsonObject("amount").getLong("amount");

    advance(DAY_MS);

    until(() -> api.balance(sender) == before - opened);
    // That the share's credit arrived is learnt by the packet's partition in its own time.
    until(() -> details(sender, id).getJsonArray("shares").getJsonObject(0).getBoolean("credited"));
    api.open(users.get(2), id).expect(410, "expired");
    JsonObject inMemory = details(sender, id);
    assertEquals("expired", inMemory.getString("state"));
    assertEquals(1000 - opened, inMemory.getJsonObject("refunded_amount").getLong("amount"));
    JsonObject proof = proof(id);

    // Three days later it is in the read model only. What is not exported yet would stay longer.
    awaitReadModel();
    advance(4 * DAY_MS);
    until(() -> evicted(inMemory));

    JsonObject old = details(sender, id);
    assertEquals(inMemory.getJsonArray("shares"), old.getJsonArray("shares"));
    assertEquals(inMemory.getString("commitment"), old.getString("commitment"));
    assertEquals(inMemory.getString("claim_code"), old.getString("claim_code"));
    assertEquals(proof, proof(id));
    assertFalse(api.open(users.get(1), id).expect(200).body().getBoolean("first"));
    api.open(users.get(2), id).expect(410, "expired");
    api.post("/v1/red-packets/" + id + "/grab").as(users.get(2)).send().expect(410, "expired");
    JsonObject grabbed =
        api.post("/v1/red-packets/" + id + "/grab").as(users.get(1)).send().expect(200).body();
    assertEquals("opened", grabbed.getString("state"));
    assertTrue(api.trialBalance().getBoolean("balanced"));
  }

  private void awaitReadModel() {
    JsonArray partitions = api.trialBalance().getJsonArray("partitions");
    for (int i = 0; i < partitions.size(); i++) {
      String position = partitions.getJsonObject(i).getString("position");
      get(users.get(0), "/v1/red-packets/sent?min_position=" + position);
    }
  }

  // The position of an evicted packet is that of its last change; that it is answered at all is
  // what counts, so this waits for the partition to have written the eviction down.
  private boolean evicted(JsonObject inMemory) {
    JsonArray partitions = api.trialBalance().getJsonArray("partitions");
    int partition = Integer.parseInt(inMemory.getString("position").replaceAll(":.*", ""));
    String position = partitions.getJsonObject(partition).getString("position");
    long now = Long.parseLong(position.replaceAll(".*:", ""));
    return now > Long.parseLong(inMemory.getString("position").replaceAll(".*:", ""));
  }

  private JsonObject proof(String id) {
    return api.get("/v1/red-packets/" + id + "/proof").as(users.get(1)).send().expect(200).body();
  }

  @Test
  void listsAndSumsShowWhatHappened() {
    String sender = users.get(0);
    JsonObject last = new JsonObject();
    for (int i = 0; i < 3; i++) {
      last = api.send(sender, Api.packet("equal", 20, 2, ROOM).put("greeting", "no " + i));
    }
    Api.Reply opened = api.open(users.get(1), last.getString("id")).expect(200);
    String position = opened.header("Hongbao-Position");

    JsonObject page = get(users.get(1), "/v1/red-packets/received?min_position=" + position);
    JsonObject first = get(sender, "/v1/red-packets/sent?limit=2&min_position=" + position);
    JsonObject rest =
        get(sender, "/v1/red-packets/sent?limit=2&cursor=" + first.getString("next_cursor"));

    assertEquals(1, page.getJsonArray("items").size());
    assertEquals(2, first.getJsonArray("items").size());
    assertEquals(1, rest.getJsonArray("items").size());
    assertNull(rest.getString("next_cursor"));
    assertEquals(
        last.getString("id"), first.getJsonArray("items").getJsonObject(0).getString("id"));
    JsonObject sums = get(sender, "/v1/red-packets/sent/summary");
    assertEquals(3, sums.getLong("count"));
    assertEquals(60, sums.getJsonArray("totals").getJsonObject(0).getLong("amount"));
    assertEquals(1, get(users.get(1), "/v1/red-packets/received/summary").getLong("count"));
    assertEquals(0, get(sender, "/v1/red-packets/sent/summary?year=2001").getLong("count"));
    api.get("/v1/red-packets/sent?cursor=AAAA").as(sender).send().expect(400);
    api.get("/v1/red-packets/sent?min_position=3:9999999")
        .as(sender)
        .send()
        .expect(503, "read_model_behind");
  }

  private JsonObject get(String token, String path) {
    return api.get(path).as(token).send().expect(200).body();
  }

  @Test
  void aStatementAddsUpToTheBalance() {
    String sender = users.get(0);
    Api.Reply sent =
        api.post("/v1/red-packets").as(sender).key("s").send(Api.packet("equal", 20, 2, ROOM));
    String position = sent.expect(201).header("Hongbao-Position");

    JsonObject statement =
        get(sender, "/v1/accounts/me/statement?asset=CNY&min_position=" + position);

    JsonArray items = statement.getJsonArray("items");
    assertEquals(2, items.size());
    assertEquals(-20, items.getJsonObject(0).getLong("amount"));
    assertEquals("red_packet_sent", items.getJsonObject(0).getString("kind"));
    assertEquals(99_980, items.getJsonObject(0).getLong("balance_after"));
    assertEquals("top_up", items.getJsonObject(1).getString("kind"));
    String firstPosition = items.getJsonObject(1).getString("position");
    assertEquals(
        100_000,
        get(sender, "/v1/accounts/me/balance?asset=CNY&position=" + firstPosition)
            .getLong("balance"));
    assertEquals(99_980, get(sender, "/v1/accounts/me/balance?asset=CNY").getLong("balance"));
    assertEquals(
        0,
        get(sender, "/v1/accounts/me/balance?asset=CNY&at=2001-01-01T00:00:00Z")
            .getLong("balance"));
    api.get("/v1/accounts/me/balance?asset=CNY&at=2001-01-01T00:00:00Z&position=1:1")
        .as(sender)
        .send()
        .expect(400);
    api.get("/v1/accounts/me/statement?asset=NOPE").as(sender).send().expect(409, "unknown_asset");
    api.get("/v1/accounts/me/statement").as(sender).send().expect(400);
  }

  private JsonObject order(String key) {
    return api.post("/v1/red-packets")
        .as(users.get(0))
        .key(key)
        .send(
            Api.packet("equal", 20, 2, ROOM)
                .put("pay_with", new JsonObject().put("provider", "sim")))
        .expect(201)
        .body();
  }

  private void script(JsonObject script) {
    api.call("PUT", "/v1/sandbox/providers/sim/script")
        .as(api.operatorKey())
        .send(script)
        .expect(200);
  }

  @Test
  void anOrderOpensWhenItsProviderSaysThatItIsPaid() {
    script(
        new JsonObject()
            .put("pay_after_ms", 10)
            .put(
                "notices",
                new JsonArray().add(new JsonObject().put("after_ms", 20).put("copies", 2))));

    JsonObject order = order("o1");

    String id = order.getString("id");
    assertEquals("unpaid", order.getString("state"));
    assertNotNull(order.getString("pay_before"));
    assertNull(order.getString("claim_code"));
    until(() -> details(users.get(0), id).getString("state").equals("open"));
    api.open(users.get(1), id).expect(200);
    JsonObject again = order("o1");
    assertEquals("open", again.getString("state"));
    assertNotNull(again.getString("claim_code"));
    assertEquals(100_000, api.balance(users.get(0)));
  }

  @Test
  void anOrderNeverPaidIsCancelled() {
    script(new JsonObject("{\"pay_after_ms\":null,\"notices\":[]}"));
    String id = order("o2").getString("id");
    JsonObject unpaid = details(users.get(0), id);
    assertEquals("unpaid", unpaid.getString("state"));
    assertEquals("sim", unpaid.getJsonObject("payment").getString("provider"));
    api.get("/v1/red-packets/" + id).as(users.get(1)).send().expect(404, "not_found");
    api.open(users.get(0), id).expect(404, "not_found");

    advance(16 * 60_000);

    until(() -> details(users.get(0), id).getString("state").equals("cancelled"));
    assertEquals("cancelled", order("o2").getString("state"));
    api.call("PUT", "/v1/sandbox/providers/nobody/script")
        .as(api.operatorKey())
        .send(new JsonObject())
        .expect(404, "not_found");
  }

  @Test
  void forgedNoticesAreRefused() {
    String notices = "/v1/providers/sim/notices";
    JsonObject body =
        new JsonObject()
            .put("notice_id", "n-1")
            .put("provider", "sim")
            .put("order_id", "1204540170000042318")
            .put("provider_txn", "t")
            .put("amount", Api.money(5000))
            .put("status", "paid")
            .put("paid_at", "2026-02-16T12:00:05.000Z");

    api.post(notices).send(body).expect(401, "notice_forged");
    api.post(notices)
        .header("Hongbao-Notice-Signature", "t=1771243200000,v1=" + "0".repeat(64))
        .send(body)
        .expect(401, "notice_forged");
    api.post("/v1/providers/nobody/notices").send(body).expect(404, "not_found");
    api.post(notices).sendText("x".repeat(20_000)).expect(413, "body_too_large");
  }
}
