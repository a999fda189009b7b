// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.json.JsonObject;

/** Calls each operation about people once so that it succeeds. */
final class PeopleContract {

  private static final String PASSWORD = "correct horse battery";
  private static final String CHANGED = "a new horse battery";
  private static final String PHONE = "+8613800000071";
  private static final long TWO_MINUTES_MS = 120_000;

  private final Api api;

  PeopleContract(Api api) {
    this.api = api;
  }

  void callAll() {
    JsonObject registered =
        api.post("/v1/users")
            .send(
                new JsonObject()
                    .put("user_name", "contract")
                    .put("password", PASSWORD)
                    .put("phone", PHONE)
                    .put("code", code("register")))
            .expect(201)
            .body();
    String userId = registered.getString("user_id");
    me(login(PASSWORD), userId);
    operator("PUT", "/v1/users/" + userId)
        .send(new JsonObject().put("external_id", "contract-1"))
        .expect(200);
    operator("GET", "/v1/users/" + userId).send().expect(200);
    operator("GET", "/v1/users?external_id=contract-1").send().expect(200);
    sessions(userId);
    operator("PUT", "/v1/operator/users/" + userId + "/login")
        .send(new JsonObject().put("user_name", "given").put("password", PASSWORD))
        .expect(200);
    operator("POST", "/v1/operator/users/" + userId + "/unblock").send().expect(200);
    operator("POST", "/v1/operator/users/" + userId + "/logout-everywhere").send().expect(200);
  }

  private void me(JsonObject login, String userId) {
    String token = login.getString("access_token");
    api.get("/v1/users/me").as(token).send().expect(200);
    api.call("PATCH", "/v1/users/me")
        .as(token)
        .send(new JsonObject().put("nickname", "Contract " + userId))
        .expect(200);
    api.get("/v1/users/me/sessions").as(token).send().expect(200);
    api.post("/v1/users/me/password")
        .as(token)
        .send(new JsonObject().put("old_password", PASSWORD).put("new_password", CHANGED))
        .expect(200);
  }

  private void sessions(String userId) {
    JsonObject login = login(CHANGED);
    JsonObject refreshed =
        api.post("/v1/auth/refresh")
            .send(new JsonObject().put("refresh_token", login.getString("refresh_token")))
            .expect(200)
            .body();
    String other = login(CHANGED).getString("session_id");
    String token = refreshed.getString("access_token");
    api.call("DELETE", "/v1/users/me/sessions/" + other).as(token).send().expect(200);
    api.post("/v1/auth/logout").as(token).send().expect(200);
    String again =
        api.post("/v1/auth/login-by-code")
            .send(new JsonObject().put("phone", PHONE).put("code", code("login")))
            .expect(200)
            .body()
            .getString("access_token");
    api.post("/v1/auth/logout-everywhere").as(again).send().expect(200);
    api.post("/v1/auth/password-reset")
        .send(
            new JsonObject()
                .put("phone", PHONE)
                .put("code", code("reset"))
                .put("new_password", PASSWORD + userId))
        .expect(200);
  }

  private JsonObject login(String password) {
    return api.post("/v1/auth/login")
        .send(new JsonObject().put("user_name", "contract").put("password", password))
        .expect(200)
        .body();
  }

  // A phone gets one code a minute.
  private String code(String purpose) {
    operator("POST", "/v1/sandbox/clock/advance")
        .send(new JsonObject().put("by_ms", TWO_MINUTES_MS))
        .expect(200);
    api.post("/v1/auth/sms-codes")
        .send(new JsonObject().put("phone", PHONE).put("purpose", purpose))
        .expect(202);
    return operator("GET", "/v1/sandbox/sms-messages?phone=" + PHONE.replace("+", "%2B"))
        .send()
        .expect(200)
        .body()
        .getJsonArray("items")
        .getJsonObject(0)
        .getString("code");
  }

  private Api.Call operator(String method, String path) {
    return api.call(method, path).as(api.operatorKey()).header("Hongbao-Cause", "contract");
  }
}
