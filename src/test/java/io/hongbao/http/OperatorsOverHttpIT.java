// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What operators do, over HTTP, on one server for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsOverHttpIT {

  private TestServer server;
  private Api api;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private Api.Call post(String path) {
    return api.post(path).as(api.operatorKey()).header("Hongbao-Cause", "test");
  }

  private Api.Call get(String path) {
    return api.get(path).as(api.operatorKey());
  }

  @Test
  void tokensAreGoodAtOnceAndDifferEachTime() {
    JsonObject range = new JsonObject().put("first_user_id", "1001").put("count", 50);

    JsonArray tokens =
        post("/v1/operator/tokens").send(range).expect(201).body().getJsonArray("tokens");
    JsonArray again =
        post("/v1/operator/tokens")
            .send(new JsonObject().put("user_ids", new JsonArray().add("1007")).put("ttl_s", 60))
            .expect(201)
            .body()
            .getJsonArray("tokens");

    Set<String> seen = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      JsonObject token = tokens.getJsonObject(i);
      assertEquals(Long.toString(1001 + i), token.getString("user_id"));
      assertTrue(seen.add(token.getString("token")));
      String me =
          api.get("/v1/accounts/me")
              .as(token.getString("token"))
              .send()
              .expect(200)
              .body()
              .getString("user_id");
      assertEquals(token.getString("user_id"), me);
    }
    assertNotEquals(
        tokens.getJsonObject(6).getString("token"), again.getJsonObject(0).getString("token"));
  }

  @Test
  void tokensActForTheirUserAndOnRoutesOfUsersOnly() {
    String token = api.users(1101, 1, 0).getFirst();

    api.get("/v1/accounts/me").send().expect(401, "unauthenticated");
    api.get("/v1/accounts/me").as("hb_nobody").send().expect(401, "unauthenticated");
    api.get("/v1/accounts/me").as(api.operatorKey()).send().expect(403, "forbidden");
    api.get("/v1/operator/trial-balance").as(token).send().expect(403, "forbidden");
    api.get("/v1/operator/trial-balance").send().expect(401, "unauthenticated");
    Api.Reply basic =
        api.get("/v1/accounts/me").header("Authorization", "Basic Zm9vOmJhcg==").send();
    assertEquals("Bearer", basic.expect(401).header("WWW-Authenticate"));
  }

  @Test
  void aTopUpIsReversedOnce() {
    JsonObject topUp =
        new JsonObject().put("user_id", "1201").put("amount", Api.money(7000)).put("reason", "r");

    Api.Reply booked = post("/v1/operator/top-ups").key("t1").send(topUp).expect(201);
    Api.Reply again = post("/v1/operator/top-ups").key("t1").send(topUp).expect(201);

    assertEquals(booked.body(), again.body());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(7000, booked.body().getLong("balance_after"));
    JsonObject reversal =
        new JsonObject()
            .put("user_id", "1201")
            .put("transaction_id", booked.body().getString("id"))
            .put("reason", "paid in twice");
    Api.Reply reversed = post("/v1/operator/reversals").key("r1").send(reversal).expect(201);
    assertEquals(-7000, reversed.body().getJsonObject("amount").getLong("amount"));
    assertEquals(booked.body().getString("id"), reversed.body().getString("reverses"));
    post("/v1/operator/reversals").key("r2").send(reversal).expect(409, "already_reversed");
    post("/v1/operator/reversals")
        .key("r3")
        .send(reversal.copy().put("transaction_id", "17:90400"))
        .expect(404, "transaction_not_found");
    post("/v1/operator/top-ups")
        .key("t2")
        .send(topUp.copy().put("amount", new JsonObject().put("asset", "NONE").put("amount", 1)))
        .expect(409, "unknown_asset");
    post("/v1/operator/top-ups").send(topUp).expect(400, "key_missing");
    post("/v1/operator/top-ups")
        .key("t3")
        .send(topUp.copy().put("amount", Api.money(JsonRequest.INTEGER_MAX)))
        .expect(409);
  }

  @Test
  void aHoldIsTakenInPartsAndReleased() {
    String token = api.users(1301, 1, 10_000).getFirst();
    JsonObject wanted =
        new JsonObject()
            .put("user_id", "1301")
            .put("amount", Api.money(4000))
            .put("kind", "external")
            .put("expires_at", "2099-01-01T00:00:00Z");
    post("/v1/operator/holds").key("h0").send(wanted).expect(400, "malformed_request");
    wanted.put("expires_at", tomorrow());

    JsonObject hold = post("/v1/operator/holds").key("h1").send(wanted).expect(201).body();

    String path = "/v1/operator/holds/" + hold.getString("id");
    assertEquals("open", hold.getString("state"));
    assertEquals(6000, balances(token).getLong("available"));
    JsonObject part = new JsonObject().put("user_id", "1301").put("amount", 1000);
    post(path + "/post").key("h2").send(part).expect(200);
    assertEquals(9000, balances(token).getLong("balance"));
    post(path + "/post").key("h3").send(part.copy().put("amount", 9999)).expect(409, "hold_amount");
    JsonObject user = new JsonObject().put("user_id", "1301");
    post(path + "/release").key("h4").send(user).expect(409, "hold_outcome_unknown");
    Api.Reply released =
        post(path + "/release").key("h5").send(user.put("receipt", "letter 7")).expect(200);
    assertEquals("released", released.body().getString("state"));
    assertEquals(1000, released.body().getJsonObject("posted_amount").getLong("amount"));
    assertEquals(9000, balances(token).getLong("available"));
    post(path + "/release").key("h6").send(user).expect(409, "hold_closed");
    get(path + "?user_id=1301").send().expect(200);
    get(path + "?user_id=1302").send().expect(404, "hold_not_found");
    get("/v1/operator/holds/none?user_id=1301").send().expect(404, "hold_not_found");
    get(path).send().expect(400, "malformed_request");
  }

  private String tomorrow() {
    String now = api.get("/v1/time").send().expect(200).body().getString("now");
    return java.time.Instant.parse(now).plusSeconds(86_400).toString();
  }

  private JsonObject balances(String token) {
    return api.get("/v1/accounts/me")
        .as(token)
        .send()
        .expect(200)
        .body()
        .getJsonArray("balances")
        .getJsonObject(0);
  }

  @Test
  void aRoomTakesAndLosesMembers() {
    JsonObject room =
        new JsonObject().put("room_id", "501").put("members", new JsonArray().add("1").add("2"));

    Api.Reply created = post("/v1/operator/rooms").send(room).expect(201);
    Api.Reply again = post("/v1/operator/rooms").send(room).expect(200);

    assertEquals(2, created.body().getLong("member_count"));
    assertEquals(created.body(), again.body());
    assertTrue(created.header("Hongbao-Position").matches("\\d+:\\d+"));
    JsonObject change =
        new JsonObject()
            .put("add", new JsonArray().add("2").add("3"))
            .put("remove", new JsonArray().add("1").add("9"));
    JsonObject changed = post("/v1/operator/rooms/501/members").send(change).expect(200).body();
    assertEquals(1, changed.getLong("added_count"));
    assertEquals(1, changed.getLong("removed_count"));
    assertEquals(2, changed.getLong("member_count"));
    get("/v1/operator/rooms/501").send().expect(200);
    get("/v1/operator/rooms/502").send().expect(404, "room_not_found");
    post("/v1/operator/rooms")
        .send(new JsonObject().put("room_id", "501").put("public", true))
        .expect(409, "room_exists");
    post("/v1/operator/rooms/501/members")
        .send(change.copy().put("remove", new JsonArray().add("3")))
        .expect(400, "malformed_request");
    post("/v1/operator/rooms/501/members").send(new JsonObject()).expect(400);
    JsonArray crowd = new JsonArray();
    for (int i = 0; i < 600; i++) {
      crowd.add(Integer.toString(1000 + i));
    }
    post("/v1/operator/rooms/501/members")
        .send(new JsonObject().put("add", crowd))
        .expect(409, "room_full");
  }

  @Test
  void onlyMembersSendIntoARoomAndSeeItsPackets() {
    var users = api.users(1401, 3, 10_000);
    post("/v1/operator/rooms")
        .send(
            new JsonObject()
                .put("room_id", "601")
                .put("members", new JsonArray().add("1401").add("1402")))
        .expect(201);
    JsonObject packet = Api.packet("equal", 20, 2, 601);

    api.post("/v1/red-packets").as(users.get(2)).key("x").send(packet).expect(409, "not_a_member");
    String id = api.send(users.get(0), packet).getString("id");
    api.open(users.get(1), id).expect(200);
    api.open(users.get(2), id).expect(404, "not_found");
    post("/v1/operator/rooms/601/members")
        .send(new JsonObject().put("add", new JsonArray().add("1403")))
        .expect(200);
    api.open(users.get(2), id).expect(200);
  }

  @Test
  void accountsShowOnlyWhatWasEverHeld() {
    assertTrue(
        get("/v1/operator/accounts/99999")
            .send()
            .expect(200)
            .body()
            .getJsonArray("balances")
            .isEmpty());
    api.users(1501, 1, 5);
    JsonObject account = get("/v1/operator/accounts/1501").send().expect(200).body();
    assertEquals(1, account.getJsonArray("balances").size());
    get("/v1/operator/accounts/0").send().expect(400, "malformed_request");
    get("/v1/operator/accounts/9007199254740992").send().expect(400, "malformed_request");
  }

  @Test
  void seedingTwiceFundsOnce() {
    api.users(1601, 3, 500);
    String token = api.users(1601, 3, 500).get(1);

    assertEquals(500, api.balance(token));
  }

  @Test
  void aNormalDirectoryHasNoSandbox(@TempDir Path directory) throws Exception {
    try (TestServer normal = TestServer.start(directory, java.util.Map.of())) {
      Api other = normal.api();

      JsonObject time = other.get("/v1/time").send().expect(200).body();
      assertFalse(time.getBoolean("sandbox"));
      Api.Reply unknown =
          other.post("/v1/sandbox/users").as(other.operatorKey()).send(new JsonObject());
      unknown.expect(404, "not_found");
      assertNull(unknown.header("Allow"));
      other.get("/v1/sandbox/users").send().expect(404, "not_found");
    }
  }
}
