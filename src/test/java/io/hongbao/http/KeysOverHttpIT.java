// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys from their making to their end, and what acting for a user means. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysOverHttpIT {

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

  private JsonObject make(String role, String... scopes) {
    JsonObject body = new JsonObject().put("name", role + " of a test").put("role", role);
    if (scopes.length > 0) {
      body.put("scopes", new JsonArray(List.of(scopes)));
    }
    return api.post("/v1/operator/keys").as(api.operatorKey()).send(body).expect(201).body();
  }

  private Api.Call rotate(JsonObject key) {
    return api.post("/v1/operator/keys/" + key.getString("id") + "/rotate").as(api.operatorKey());
  }

  private Api.Call revoke(JsonObject key) {
    return api.call("DELETE", "/v1/operator/keys/" + key.getString("id")).as(api.operatorKey());
  }

  private JsonObject listed(JsonObject key) {
    return api
        .get("/v1/operator/keys")
        .as(api.operatorKey())
        .send()
        .expect(200)
        .body()
        .getJsonArray("keys")
        .stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("id").equals(key.getString("id")))
        .findFirst()
        .orElse(null);
  }

  private Api.Reply books(JsonObject key) {
    return api.get("/v1/operator/trial-balance").as(key.getString("secret")).send();
  }

  @Test
  void aKeyIsShownOnceAndListedWithoutItsSecret() {
    JsonObject key = make("support");

    assertTrue(key.getString("secret").matches("hbk_[A-Za-z0-9_-]{43}"));
    assertEquals(new JsonArray().add("*"), key.getJsonArray("scopes"));
    JsonObject listed = listed(key);
    assertNull(listed.getString("secret"));
    assertNull(listed.getString("last_used_at"));
    books(key).expect(200);
    assertNotNull(listed(key).getString("last_used_at"));
  }

  @Test
  void rotationLetsTheSecretBeforeLiveForItsGrace() {
    JsonObject key = make("support");
    JsonObject second = rotate(key).send().expect(200).body();

    assertNotEquals(key.getString("secret"), second.getString("secret"));
    assertNotNull(second.getString("previous_secret_ends_at"));
    books(key).expect(200);
    books(second).expect(200);

    JsonObject third = rotate(key).send(new JsonObject().put("grace_s", 0)).expect(200).body();

    books(key).expect(401, "unauthenticated");
    books(second).expect(401, "unauthenticated");
    books(third).expect(200);
  }

  @Test
  void aRevokedKeyIsGoneWhenTheAnswerComes() {
    JsonObject key = make("support");
    JsonObject second = rotate(key).send().expect(200).body();

    revoke(key).send().expect(200);

    books(key).expect(401, "unauthenticated");
    books(second).expect(401, "unauthenticated");
    assertNull(listed(key));
    revoke(key).send().expect(404, "not_found");
    rotate(key).send().expect(404, "not_found");
  }

  @Test
  void aKeyNeedsItsRoleAndItsScope() {
    JsonObject narrow = make("support", "accounts:read");
    JsonObject backend = make("service", "*");

    books(narrow).expect(403, "forbidden");
    books(backend).expect(403, "forbidden");
    api.get("/v1/operator/accounts/77").as(narrow.getString("secret")).send().expect(200);
    api.get("/v1/operator/accounts/77").as(backend.getString("secret")).send().expect(200);
  }

  @Test
  void backendsNameTheirScopesAndNobodyGivesMoreThanTheyHave() {
    JsonObject nameless = new JsonObject().put("name", "x").put("role", "service");
    api.post("/v1/operator/keys").as(api.operatorKey()).send(nameless).expect(400);

    String narrow = make("admin", "keys:write").getString("secret");
    JsonObject wide = new JsonObject().put("name", "x").put("role", "admin");
    api.post("/v1/operator/keys").as(narrow).send(wide).expect(403, "forbidden");
    api.post("/v1/operator/keys")
        .as(narrow)
        .send(wide.copy().put("scopes", new JsonArray().add("keys:write")))
        .expect(201);

    // A new secret of a key that may more would be more as well.
    JsonObject mighty = make("admin", "keys:write", "books:read");
    String path = "/v1/operator/keys/" + mighty.getString("id") + "/rotate";
    api.post(path).as(narrow).send(new JsonObject()).expect(403, "forbidden");
    books(mighty).expect(200);
    api.post(path).as(mighty.getString("secret")).send(new JsonObject()).expect(200);
  }

  @Test
  void aBackendActsForTheUserWhomItNames() {
    String user = api.users(5001, 1, 500).getFirst();
    String backend = make("service", "accounts:read", "packets:send").getString("secret");

    JsonObject his =
        api.get("/v1/accounts/me").as(backend).header("Hongbao-User", "5001").send().body();
    assertEquals(api.get("/v1/accounts/me").as(user).send().body(), his);
    api.get("/v1/accounts/me").as(backend).send().expect(400, "malformed_request");
    api.get("/v1/accounts/me").as(backend).header("Hongbao-User", "0").send().expect(400);

    api.publicRoom(5);
    api.post("/v1/red-packets")
        .as(backend)
        .header("Hongbao-User", "5001")
        .key(api.newKey())
        .send(Api.packet("lucky", 100, 2, 5))
        .expect(201);
    assertEquals(400, api.balance(user));
    api.get("/v1/red-packets/sent")
        .as(backend)
        .header("Hongbao-User", "5001")
        .send()
        .expect(403, "forbidden");
  }

  @Test
  void aUserNeverActsForAnother() {
    String user = api.users(5101, 1, 0).getFirst();

    api.get("/v1/accounts/me").as(user).header("Hongbao-User", "5101").send().expect(200);
    api.get("/v1/accounts/me").as(user).header("Hongbao-User", "5102").send().expect(403);
  }

  @Test
  void anExpiredKeyOpensNothingAndStaysInTheList() {
    JsonObject body =
        new JsonObject()
            .put("name", "short")
            .put("role", "support")
            .put("expires_at", Rfc3339.format(System.currentTimeMillis() + 3_600_000));
    JsonObject key =
        api.post("/v1/operator/keys").as(api.operatorKey()).send(body).expect(201).body();
    books(key).expect(200);
    assertFalse(listed(key).getBoolean("expired"));

    api.post("/v1/sandbox/clock/advance")
        .as(api.operatorKey())
        .send(new JsonObject().put("by_ms", 3_600_000))
        .expect(200);

    books(key).expect(401, "unauthenticated");
    assertTrue(listed(key).getBoolean("expired"));
  }
}
