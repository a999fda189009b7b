// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.PeopleCatalogue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who come from another system, on a server that is no sandbox. */
class GivenLoginsIT {

  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER = "a new horse battery";
  private static final long OWN_IDS_MIN = 1L << 52;

  private static TestServer server;
  private static Api api;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                PeopleCatalogue.LOGIN_FAILURES_ADDRESS_MAX, "1000",
                PeopleCatalogue.PASSWORD_THREADS, "1",
                PeopleCatalogue.PASSWORD_QUEUE_MAX, "2",
                PeopleCatalogue.PASSWORD_MEMORY, "8MiB",
                PeopleCatalogue.PASSWORD_ITERATIONS, "1"));
    api = server.api();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Api.Call giving(String userId) {
    return api.call("PUT", "/v1/operator/users/" + userId + "/login").as(api.operatorKey());
  }

  private static Api.Reply give(String userId, String userName, String password) {
    return giving(userId).header("Hongbao-Cause", "moved here").send(login(userName, password));
  }

  private static JsonObject login(String userName, String password) {
    return new JsonObject().put("user_name", userName).put("password", password);
  }

  private static Api.Reply logIn(String userName, String password) {
    return api.post("/v1/auth/login").send(login(userName, password));
  }

  private static Api.Reply me(Api.Reply login) {
    return api.get("/v1/users/me").as(login.body().getString("access_token")).send();
  }

  private static String minted(String userId) {
    return api.post("/v1/operator/tokens")
        .as(api.operatorKey())
        .header("Hongbao-Cause", "test")
        .send(new JsonObject().put("user_ids", new JsonArray().add(userId)).put("ttl_s", 60))
        .expect(201)
        .body()
        .getJsonArray("tokens")
        .getJsonObject(0)
        .getString("token");
  }

  private static List<JsonObject> audit(String userId, Api.Reply after) {
    String path =
        "/v1/operator/audit?subject=user:%s&min_position=%s"
            .formatted(userId, after.header("Hongbao-Position"));
    long patienceMs = System.currentTimeMillis() + 20_000;
    Api.Reply reply = api.get(path).as(api.operatorKey()).send();
    // The read model of a server that has just been started may take its time.
    while (reply.status() == 503 && System.currentTimeMillis() < patienceMs) {
      reply = api.get(path).as(api.operatorKey()).send();
    }
    JsonArray items = reply.expect(200).body().getJsonArray("items");
    return items.stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void aUserOfTheBackendLogsInWithWhatHeWasGiven() {
    api.call("PUT", "/v1/users/20001")
        .as(api.operatorKey())
        .send(new JsonObject().put("external_id", "crm-1").put("nickname", "Anna"))
        .expect(200);

    JsonObject user = give("20001", "Anna.Lin", PASSWORD).expect(200).body();

    assertEquals("Anna.Lin", user.getString("user_name"));
    assertEquals("crm-1", user.getString("external_id"));
    assertTrue(user.getBoolean("has_password"));
    assertEquals(0, user.getInteger("sessions_closed"));
    assertFalse(user.containsKey("phone"));
    Api.Reply session = logIn("anna.lin", PASSWORD).expect(200);
    assertEquals("20001", session.body().getString("user_id"));
    assertEquals("Anna.Lin", me(session).expect(200).body().getString("user_name"));
    logIn("anna.lin", "a wrong password").expect(401, "login_failed");
    api.post("/v1/users/me/password")
        .as(session.body().getString("access_token"))
        .send(new JsonObject().put("old_password", PASSWORD).put("new_password", OTHER))
        .expect(200);
    logIn("anna.lin", OTHER).expect(200);
  }

  // The claim of the external id had a line of its own, without a word of what changed.
  @Test
  void anExternalIdThatChangesHasOneLine() {
    api.call("PUT", "/v1/users/20010")
        .as(api.operatorKey())
        .header("Hongbao-Cause", "first")
        .send(new JsonObject().put("external_id", "crm-10"))
        .expect(200);
    Api.Reply second =
        api.call("PUT", "/v1/users/20010")
            .as(api.operatorKey())
            .header("Hongbao-Cause", "second")
            .send(new JsonObject().put("external_id", "crm-11"))
            .expect(200);

    List<JsonObject> lines = audit("20010", second);

    assertEquals(2, lines.size());
    assertEquals("second", lines.getFirst().getString("cause"));
    assertEquals("crm-10", lines.getFirst().getJsonObject("before").getString("external_id"));
    assertEquals("crm-11", lines.getFirst().getJsonObject("after").getString("external_id"));
  }

  @Test
  void whoeverWasInIsOutAndTheOldNameIsFree() {
    give("20002", "bert", PASSWORD).expect(200);
    Api.Reply session = logIn("bert", PASSWORD).expect(200);
    String minted = minted("20002");

    JsonObject user = give("20002", "bertram", OTHER).expect(200).body();

    assertEquals(2, user.getInteger("sessions_closed"));
    me(session).expect(401, "unauthenticated");
    api.get("/v1/users/me").as(minted).send().expect(401, "unauthenticated");
    api.post("/v1/auth/refresh")
        .send(new JsonObject().put("refresh_token", session.body().getString("refresh_token")))
        .expect(401);
    logIn("bert", PASSWORD).expect(401, "login_failed");
    logIn("bertram", PASSWORD).expect(401, "login_failed");
    logIn("bertram", OTHER).expect(200);
    give("20003", "bert", PASSWORD).expect(200);
  }

  @Test
  void nobodyGetsAnothersName() {
    give("20004", "carla", PASSWORD).expect(200);

    give("20005", "CARLA", PASSWORD).expect(409, "name_taken");

    api.get("/v1/users/20005").as(api.operatorKey()).send().expect(404, "not_found");
    assertEquals("20004", logIn("carla", PASSWORD).expect(200).body().getString("user_id"));
  }

  @Test
  void aRepeatChangesNothingAndIsNotToldTwice() {
    Api.Reply first = give("20006", "dora", PASSWORD).expect(200);
    Api.Reply session = logIn("dora", PASSWORD).expect(200);

    Api.Reply again = give("20006", "dora", PASSWORD).expect(200);

    assertEquals(first.body().put("sessions_closed", 1), again.body());
    me(session).expect(401, "unauthenticated");
    List<JsonObject> lines = audit("20006", again);
    assertEquals(2, lines.size(), "the login that was given, the session that ended");
    assertEquals("1", lines.getFirst().getJsonObject("before").getValue("logins").toString());
    give("20006", "dora", PASSWORD).expect(200);
    Api.Reply last = give("20006", "dora", OTHER).expect(200);
    assertEquals(3, audit("20006", last).size());
  }

  @Test
  void theAuditTellsBothNamesAndNeverAPassword() {
    give("20007", "emil", PASSWORD).expect(200);
    Api.Reply second = give("20007", "emilio", OTHER).expect(200);

    List<JsonObject> lines = audit("20007", second);

    assertEquals(2, lines.size());
    JsonObject line = lines.getFirst();
    assertEquals("PUT /v1/operator/users/{user_id}/login", line.getString("operation"));
    assertEquals("moved here", line.getString("cause"));
    assertEquals("emil", line.getJsonObject("before").getString("user_name"));
    assertEquals("emilio", line.getJsonObject("after").getString("user_name"));
    assertEquals("", lines.getLast().getJsonObject("before").getString("user_name"));
    assertEquals("false", lines.getLast().getJsonObject("before").getString("has_password"));
    assertFalse(lines.toString().contains("horse") || lines.toString().contains("argon2"));
    String events = api.get("/v1/events?types=user.*").as(api.operatorKey()).send().text();
    assertTrue(events.contains("user.login_given"), events);
    assertFalse(events.contains("emil") || events.contains("argon2"), events);
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnythingChanges() {
    giving("20008").send(login("fred", PASSWORD)).expect(400, "malformed_request");
    give("20008", "fred", "fred's own horse").expect(409, "password_unsuitable");
    give("20008", "fred", "aaaaaaaaaa").expect(409, "password_unsuitable");
    give("20008", "2fred", PASSWORD).expect(400, "malformed_request");
    give(Long.toString(OWN_IDS_MIN + 77), "fred", PASSWORD).expect(404, "not_found");

    api.get("/v1/users/20008").as(api.operatorKey()).send().expect(404, "not_found");
  }

  // One thread and two places: the rest is told to come again, and no name is lost by it.
  @Test
  void tooManyAtOnceAreToldToComeAgain() {
    List<CompletableFuture<Api.Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String id = Integer.toString(21_000 + i);
      replies.add(CompletableFuture.supplyAsync(() -> give(id, "many-" + id, PASSWORD)));
    }

    List<Integer> refused = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      Api.Reply reply = replies.get(i).join();
      if (reply.status() != 200) {
        reply.expect(503, "overloaded");
        assertNotNull(reply.header("Retry-After"));
        refused.add(21_000 + i);
      }
    }

    assertFalse(refused.isEmpty(), "a full queue refuses");
    give("22000", "many-" + refused.getFirst(), PASSWORD).expect(200);
  }
}
