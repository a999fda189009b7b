// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;

/** Calls what the open room of a sandbox and /ops have, once each with success. */
final class PlayContract {

  private static final String KEY = "hbk_3KpX0q2uVb7cR9nT5mW1yZ8dF4gH6jL0";

  private final Api api;

  PlayContract(Api api) {
    this.api = api;
  }

  private Api.Call operator(String method, String path) {
    return api.call(method, path).as(api.operatorKey()).header("Hongbao-Cause", "contract");
  }

  void callAll() {
    guest();
    link();
    report();
    operator("POST", "/v1/play/kill").send(new JsonObject()).expect(202);
    String metrics = operator("GET", "/v1/operator/metrics").send().expect(200).text();
    assertTrue(metrics.contains("hongbao_http_connections"), metrics);
  }

  private void guest() {
    assertEquals("88", api.get("/v1/play").send().expect(200).body().getString("room_id"));
    JsonObject guest =
        api.call("POST", "/v1/play/guests")
            .send(new JsonObject().put("nickname", "Wei"))
            .expect(201)
            .body();
    JsonObject names =
        api.get("/v1/play/names?ids=" + guest.getString("user_id") + ",10001")
            .as(guest.getString("token"))
            .send()
            .expect(200)
            .body();
    assertEquals("Wei", names.getJsonArray("names").getJsonObject(0).getString("nickname"));
    JsonObject account =
        api.get("/v1/accounts/me").as(guest.getString("token")).send().expect(200).body();
    assertEquals(20_000, account.getJsonArray("balances").getJsonObject(0).getLong("balance"));
  }

  // Good once: whoever sees the link later, in a history or over a shoulder, has nothing.
  private void link() {
    String code =
        operator("POST", "/v1/play/ops-links")
            .send(new JsonObject().put("key", KEY))
            .expect(201)
            .body()
            .getString("code");
    JsonObject wish = new JsonObject().put("code", code);
    JsonObject key = api.call("POST", "/v1/play/ops-links/redeem").send(wish).expect(200).body();
    assertEquals(KEY, key.getString("key"));
    api.call("POST", "/v1/play/ops-links/redeem").send(wish).expect(404);
  }

  private void report() {
    assertEquals(
        0, operator("GET", "/v1/play/report").send().expect(200).body().getInteger("kills"));
    JsonObject report =
        new JsonObject()
            .put("kills", 1)
            .put("killed_at", "2026-02-16T12:00:00.000Z")
            .put("down_ms", 2140)
            .put("acknowledged", 7)
            .put("found", 7)
            .put("ledger_sum", 0)
            .put("balanced", true);
    operator("PUT", "/v1/play/report").send(report).expect(200);
    assertEquals(report, operator("GET", "/v1/play/report").send().expect(200).body());
  }
}
