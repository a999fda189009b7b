// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ladder on a real server: what is switched off is refused, and money never is. */
class DegradationIT {

  private static final String PATH = "/v1/operator/degradation";

  @TempDir private Path directory;
  private TestServer server;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Api.Reply switchTo(JsonObject modes) {
    return api.call("PUT", PATH)
        .as(api.operatorKey())
        .send(new JsonObject().put("modes", modes).put("cause", "a test"));
  }

  private static JsonObject allRefused() {
    return new JsonObject()
        .put("analytics", "refused")
        .put("lists", "refused")
        .put("details", "refused")
        .put("chat", "refused");
  }

  private JsonObject step(int index) {
    JsonArray steps =
        api.get(PATH).as(api.operatorKey()).send().expect(200).body().getJsonArray("steps");
    return steps.getJsonObject(index);
  }

  @Test
  void moneyGoesOnWhateverIsRefused() throws Exception {
    List<String> users = api.users(10_001, 3, 10_000);
    api.publicRoom(7);
    String before = api.send(users.get(0), Api.packet("equal", 20, 2, 7)).getString("id");

    switchTo(allRefused()).expect(200);

    api.get("/v1/red-packets/" + before).as(users.get(0)).send().expect(503, "degraded");
    Api.Reply list = api.get("/v1/red-packets/sent?year=2026").as(users.get(0)).send();
    list.expect(503, "degraded");
    assertEquals("5", list.header("Retry-After"));
    api.get("/v1/accounts/me/statement").as(users.get(0)).send().expect(503, "degraded");
    api.get("/v1/operator/trial-balance").as(api.operatorKey()).send().expect(503, "degraded");
    String id = api.send(users.get(0), Api.packet("equal", 20, 2, 7)).getString("id");
    api.post("/v1/red-packets/" + id + "/grab").as(users.get(1)).send().expect(200);
    api.open(users.get(1), id).expect(200);
    api.open(users.get(2), before).expect(200);
    assertTrue(api.balance(users.get(1)) > 0);
    api.post("/v1/operator/top-ups")
        .as(api.operatorKey())
        .key("t")
        .send(
            new JsonObject().put("user_id", "10001").put("amount", Api.money(5)).put("reason", "r"))
        .expect(201);
    assertTrue(step(1).getLong("refusals") > 0);

    server.close();
    server = TestServer.sandbox(directory);
    api = server.api();

    assertTrue(step(2).getBoolean("refused"), "the switch survives a restart");
    api.get("/v1/red-packets/" + id).as(users.get(0)).send().expect(503, "degraded");
    switchTo(new JsonObject()).expect(200);
    api.get("/v1/red-packets/" + id).as(users.get(0)).send().expect(200);
    api.get("/v1/operator/trial-balance").as(api.operatorKey()).send().expect(200);
  }

  @Test
  void whoSwitchedWhatStandsInTheAudit() throws Exception {
    switchTo(new JsonObject().put("chat", "refused")).expect(200);

    JsonObject line = new JsonObject();
    for (int i = 0; i < 200 && line.isEmpty(); i++) {
      // The audit is not waited for by the answer, and is read from the read model.
      TimeUnit.MILLISECONDS.sleep(20);
      JsonArray found =
          api.get("/v1/operator/audit?subject=server:degradation")
              .as(api.operatorKey())
              .send()
              .expect(200)
              .body()
              .getJsonArray("items");
      line = found.isEmpty() ? line : found.getJsonObject(0);
    }

    assertEquals("a test", line.getString("cause"), line::encode);
    assertTrue(line.encode().contains("refused"), line::encode);
  }

  @Test
  void takesOnlyWordsThatMeanSomething() {
    switchTo(new JsonObject().put("lists", "perhaps")).expect(400, "malformed_request");
    switchTo(new JsonObject().put("money", "refused")).expect(400, "unknown_field");
    api.call("PUT", PATH)
        .as(api.operatorKey())
        .send(new JsonObject().put("modes", new JsonObject()).put("cause", " "))
        .expect(400, "malformed_request");
    String user = api.users(10_010, 1, 0).getFirst();
    api.call("PUT", PATH).as(user).send(new JsonObject()).expect(403, "forbidden");
    assertFalse(step(0).getBoolean("refused"));
  }
}
