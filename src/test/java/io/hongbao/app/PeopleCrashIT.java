// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SIGKILL forgives nobody and throws nobody out; hashing works from the finished jar. */
class PeopleCrashIT {

  private static final String PHONE = "+8613800000001";
  private static final String PASSWORD = "correct horse battery";
  private static final int FAILURES = 3;

  @TempDir private Path directory;

  private static HttpCalls.Reply post(HttpCalls calls, String path, JsonObject body)
      throws Exception {
    return calls.call("POST", path, "nobody", null, body);
  }

  private static HttpCalls.Reply login(HttpCalls calls, String password) throws Exception {
    return post(
        calls,
        "/v1/auth/login",
        new JsonObject().put("user_name", "anna").put("password", password));
  }

  private static JsonObject register(HttpCalls calls) throws Exception {
    JsonObject wish = new JsonObject().put("phone", PHONE).put("purpose", "register");
    post(calls, "/v1/auth/sms-codes", wish).expect(202);
    String code =
        calls
            .operatorGet("/v1/sandbox/sms-messages?phone=%2B" + PHONE.substring(1))
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("code");
    return post(
            calls,
            "/v1/users",
            new JsonObject()
                .put("user_name", "anna")
                .put("password", PASSWORD)
                .put("phone", PHONE)
                .put("code", code))
        .expect(201)
        .body();
  }

  private static HttpCalls.Reply refresh(HttpCalls calls, JsonObject pair) throws Exception {
    return post(
        calls,
        "/v1/auth/refresh",
        new JsonObject().put("refresh_token", pair.getString("refresh_token")));
  }

  @Test
  void whoIsBlockedStaysBlockedAndWhoIsLoggedInStaysIn() throws Exception {
    Path data = directory.resolve("data");
    var settings =
        ServerProcess.plus(ServerProcess.SANDBOX, "--login.failures_user_max=" + FAILURES);
    JsonObject first;
    JsonObject second;
    try (ServerProcess server = ServerProcess.start(data, settings);
        HttpCalls calls = HttpCalls.to(server)) {
      JsonObject user = register(calls);
      first = user.getJsonObject("session");
      second = refresh(calls, first).expect(200).body();
      for (int i = 0; i < FAILURES; i++) {
        assertEquals("login_failed", login(calls, "a wrong password").expect(401).code());
      }
      assertEquals("login_failed", login(calls, PASSWORD).expect(401).code());
      server.kill();
    }

    try (ServerProcess server = ServerProcess.start(data, settings);
        HttpCalls calls = HttpCalls.to(server)) {
      assertEquals("login_failed", login(calls, PASSWORD).expect(401).code());
      calls.get("/v1/users/me", second.getString("access_token")).expect(200);
      JsonObject third = refresh(calls, second).expect(200).body();
      assertEquals("refresh_reused", refresh(calls, first).expect(401).code());
      calls.get("/v1/users/me", third.getString("access_token")).expect(401);
      calls.operatorPost(
          "/v1/sandbox/clock/advance", null, new JsonObject().put("by_ms", 86_400_000));
      login(calls, PASSWORD).expect(200);
      String output = server.output();
      assertTrue(output.contains("an old refresh token came"), output);
      assertFalse(output.contains(PHONE.substring(1)), "a phone in the log");
      assertEquals(0, server.stop().exitCode());
    }

    ServerProcess.Outcome verified = ServerProcess.run(data, "verify");
    assertEquals(0, verified.exitCode(), verified::toString);
  }
}
