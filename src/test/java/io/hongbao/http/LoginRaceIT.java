// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Logins".
package io.hongbao.http;

import io.hongbao.config.PeopleCatalogue;
import io.hongbao.config.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins with the old password beside a change of it. A login that was checked before the change
 * and opened after it was ended by nobody: whoever had stolen the password stayed in.
 */
class LoginRaceIT {

  private static final String PHONE = "+8613800000001";
  private static final String OLD = "correct horse battery";
  private static final int LOGINS = 10;
  private static final long LOGIN_EVERY_MS = 25;

  @Test
  void whoKnewTheOldPasswordIsOutWhenTheNewOneIsTold(@TempDir Path directory) throws Exception {
    try (TestServer server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                PeopleCatalogue.LOGIN_FAILURES_USER_MAX, "1000",
                PeopleCatalogue.LOGIN_FAILURES_ADDRESS_MAX, "1000",
                PeopleCatalogue.SESSION_DEVICES_MAX, "50",
                PeopleCatalogue.PASSWORD_THREADS, "1",
                PeopleCatalogue.PASSWORD_MEMORY, "32MiB",
                PeopleCatalogue.PASSWORD_ITERATIONS, "2"))) {
      Api api = server.api();
      change(api, register(api));
    }
  }

  // One thread hashes: the logins that come while it makes the new hash are checked after that,
  // against the old one.
  private static void change(Api api, String token) throws InterruptedException {
    CompletableFuture<Api.Reply> changed =
        CompletableFuture.supplyAsync(
            () ->
                api.post("/v1/users/me/password")
                    .as(token)
                    .send(json("old_password", OLD, "new_password", "another horse")));
    List<CompletableFuture<Api.Reply>> logins = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      Thread.sleep(LOGIN_EVERY_MS);
      logins.add(CompletableFuture.supplyAsync(() -> login(api)));
    }

    changed.join().expect(200);
    for (CompletableFuture<Api.Reply> login : logins) {
      Api.Reply reply = login.join();
      if (reply.status() == 200) {
        String access = reply.body().getString("access_token");
        api.get("/v1/users/me").as(access).send().expect(401, "unauthenticated");
      }
    }
    api.get("/v1/users/me").as(token).send().expect(200);
  }

  private static Api.Reply login(Api api) {
    return api.post("/v1/auth/login").send(json("user_name", "anna", "password", OLD));
  }

  private static JsonObject json(String... pairs) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(pairs[i], pairs[i + 1]);
    }
    return object;
  }

  private static String register(Api api) {
    api.post("/v1/auth/sms-codes").send(json("phone", PHONE, "purpose", "register")).expect(202);
    String phone = URLEncoder.encode(PHONE, StandardCharsets.UTF_8);
    JsonArray sent =
        api.get("/v1/sandbox/sms-messages?phone=" + phone)
            .as(api.operatorKey())
            .send()
            .body()
            .getJsonArray("items");
    JsonObject person =
        json("user_name", "anna", "phone", PHONE, "password", OLD)
            .put("code", sent.getJsonObject(0).getString("code"));
    return api.post("/v1/users")
        .send(person)
        .expect(201)
        .body()
        .getJsonObject("session")
        .getString("access_token");
  }
}
