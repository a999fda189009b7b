// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.Rfc3339;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What operators change is told with actor, cause, before and after; what they only try is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditOverHttpIT {

  private TestServer server;
  private Api api;
  private JsonObject finance;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    finance = key("finance");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private JsonObject key(String role, String... scopes) {
    JsonObject body = new JsonObject().put("name", "the " + role + " desk").put("role", role);
    if (scopes.length > 0) {
      body.put("scopes", new JsonArray(List.of(scopes)));
    }
    return api.post("/v1/operator/keys").as(api.operatorKey()).send(body).expect(201).body();
  }

  private Api.Call topUp(String idempotencyKey) {
    return api.post("/v1/operator/top-ups").as(finance.getString("secret")).key(idempotencyKey);
  }

  private static JsonObject credit(String userId, long amountMinor) {
    return new JsonObject().put("user_id", userId).put("amount", Api.money(amountMinor));
  }

  private List<JsonObject> audit(String query, Api.Reply after) {
    String position = String.valueOf(after.header("Hongbao-Position"));
    return items(
        api.get("/v1/operator/audit?" + query + "&min_position=" + position)
            .as(api.operatorKey())
            .send()
            .expect(200));
  }

  private static List<JsonObject> items(Api.Reply page) {
    return page.body().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void anActionIsToldWithActorCauseBeforeAndAfter() {
    topUp("a1").header("Hongbao-Cause", "first").send(credit("7001", 100)).expect(201);
    Api.Reply second =
        topUp("a2")
            .header("Hongbao-Cause", "%E8%A1%A5%E6%AC%BE")
            .send(credit("7001", 50))
            .expect(201);

    List<JsonObject> entries = audit("subject=user:7001", second);

    assertEquals(2, entries.size());
    JsonObject newest = entries.getFirst();
    assertEquals("补款", newest.getString("cause"));
    assertEquals("POST /v1/operator/top-ups", newest.getString("operation"));
    assertEquals(
        new JsonObject().put("key_id", finance.getString("id")).put("name", "the finance desk"),
        newest.getJsonObject("actor"));
    assertEquals(
        new JsonObject().put("asset", "CNY").put("balance", 100), newest.getJsonObject("before"));
    assertEquals(
        new JsonObject()
            .put("asset", "CNY")
            .put("balance", 150)
            .put("transaction_id", second.body().getString("id")),
        newest.getJsonObject("after"));
    assertEquals(second.body().getString("position"), newest.getString("position"));
  }

  @Test
  void moneyIsNotMovedWithoutACause() {
    topUp("b1").send(credit("7002", 1)).expect(400, "malformed_request");
    topUp("b1").header("Hongbao-Cause", "%zz").send(credit("7002", 1)).expect(400);
    topUp("b1").header("Hongbao-Cause", "%20").send(credit("7002", 1)).expect(400);
    topUp("b1").header("Hongbao-Cause", "x".repeat(201)).send(credit("7002", 1)).expect(400);

    Api.Reply reply = topUp("b1").send(credit("7002", 1).put("reason", "a field does")).expect(201);

    assertEquals("a field does", audit("subject=user:7002", reply).getFirst().getString("cause"));
  }

  @Test
  void whatIsRefusedOrRepeatedLeavesNoEntry() {
    topUp("c1").header("Hongbao-Cause", "once").send(credit("7003", 5)).expect(201);
    topUp("c1").header("Hongbao-Cause", "again").send(credit("7003", 5)).expect(201);
    topUp("c2").header("Hongbao-Cause", "too much").send(credit("7003", Fields.ID_MAX)).expect(409);
    Api.Reply last = topUp("c3").header("Hongbao-Cause", "end").send(credit("7003", 5)).expect(201);

    assertEquals(2, audit("subject=user:7003", last).size());
  }

  @Test
  void keysRoomsTokensAndHoldsAreTold() {
    JsonObject made = key("service", "tokens:write");
    String path = "/v1/operator/keys/" + made.getString("id");
    Api.Reply revoked =
        api.call("DELETE", path)
            .as(api.operatorKey())
            .header("Hongbao-Cause", "left the house")
            .send()
            .expect(200);
    List<JsonObject> ofKey = audit("subject=key:" + made.getString("id"), revoked);
    assertEquals(2, ofKey.size());
    assertEquals("DELETE /v1/operator/keys/{key_id}", ofKey.getFirst().getString("operation"));
    assertEquals("left the house", ofKey.getFirst().getString("cause"));
    assertNull(ofKey.getFirst().getJsonObject("after"));
    assertEquals("root", ofKey.getLast().getJsonObject("actor").getString("key_id"));
    assertEquals("tokens:write", ofKey.getLast().getJsonObject("after").getString("scopes"));

    Api.Reply room =
        api.post("/v1/operator/rooms")
            .as(api.operatorKey())
            .send(new JsonObject().put("room_id", "71").put("members", new JsonArray().add("1")))
            .expect(201);
    assertEquals(
        1,
        audit("subject=room:71", room)
            .getFirst()
            .getJsonObject("after")
            .getInteger("member_count"));

    Api.Reply topUp =
        topUp("d1").header("Hongbao-Cause", "d").send(credit("7004", 100)).expect(201);
    JsonObject hold =
        new JsonObject()
            .put("user_id", "7004")
            .put("amount", Api.money(30))
            .put("kind", "internal")
            .put("expires_at", Rfc3339.format(System.currentTimeMillis() + 600_000));
    Api.Reply held =
        api.post("/v1/operator/holds")
            .as(finance.getString("secret"))
            .key("d2")
            .header("Hongbao-Cause", "d")
            .send(hold)
            .expect(201);
    Api.Reply released =
        api.post("/v1/operator/holds/" + held.body().getString("id") + "/release")
            .as(finance.getString("secret"))
            .key("d3")
            .header("Hongbao-Cause", "d")
            .send(new JsonObject().put("user_id", "7004"))
            .expect(200);
    List<JsonObject> ofUser = audit("subject=user:7004", released);
    assertEquals(3, ofUser.size());
    assertEquals("open", ofUser.getFirst().getJsonObject("before").getString("state"));
    assertEquals("released", ofUser.getFirst().getJsonObject("after").getString("state"));
    assertEquals(201, topUp.status());
  }

  @Test
  void backendsAreToldWhereTheyOpenDoors() {
    JsonObject backend = key("service", "tokens:write");
    api.post("/v1/operator/tokens")
        .as(backend.getString("secret"))
        .send(new JsonObject().put("user_ids", new JsonArray().add("7005")))
        .expect(201);
    Api.Reply marker = topUp("e1").header("Hongbao-Cause", "e").send(credit("7005", 1)).expect(201);

    List<JsonObject> entries = audit("actor=" + backend.getString("id"), marker);

    assertEquals(1, entries.size());
    assertEquals("user:7005", entries.getFirst().getString("subject"));
  }

  @Test
  void pagesGoThroughAllEntriesOnceNewestFirst() {
    Api.Reply last = topUp("f0").header("Hongbao-Cause", "f").send(credit("7006", 1)).expect(201);
    for (int i = 1; i < 7; i++) {
      last = topUp("f" + i).header("Hongbao-Cause", "f" + i).send(credit("7006", 1)).expect(201);
    }
    String query = "/v1/operator/audit?subject=user:7006&limit=3";
    String position = String.valueOf(last.header("Hongbao-Position"));
    List<String> causes = new ArrayList<>();
    Api.Reply page =
        api.get(query + "&min_position=" + position).as(api.operatorKey()).send().expect(200);
    while (true) {
      items(page).forEach(entry -> causes.add(entry.getString("cause")));
      String next = page.body().getString("next_cursor");
      if (next == null) {
        break;
      }
      page = api.get(query + "&cursor=" + next).as(api.operatorKey()).send().expect(200);
    }

    assertEquals(List.of("f6", "f5", "f4", "f3", "f2", "f1", "f"), causes);
    JsonObject third = items(api.get(query).as(api.operatorKey()).send()).getLast();
    String from = "&from=" + third.getString("at");
    assertTrue(items(api.get(query + from).as(api.operatorKey()).send()).size() >= 3);
    String to = "&to=2020-01-01T00:00:00.000Z";
    assertEquals(0, items(api.get(query + to).as(api.operatorKey()).send()).size());
    api.get("/v1/operator/audit?actor=x").as(api.operatorKey()).send().expect(400);
    api.get("/v1/operator/audit?subject=x").as(api.operatorKey()).send().expect(400);
  }
}
