// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Logins".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.PeopleCatalogue;
import io.hongbao.config.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People as their apps meet them: register, log in, refresh, log out, forget the password. */
class PeopleOverHttpIT {

  private static final String PASSWORD = "correct horse battery";
  private static final int FAILURES = 3;

  private static TestServer server;
  private static Api api;
  private static int phones;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                PeopleCatalogue.LOGIN_FAILURES_USER_MAX, Integer.toString(FAILURES),
                PeopleCatalogue.LOGIN_FAILURES_ADDRESS_MAX, "1000",
                Settings.HTTP_TRUSTED_PROXIES, "127.0.0.0/8",
                PeopleCatalogue.PASSWORD_MEMORY, "8MiB",
                PeopleCatalogue.PASSWORD_ITERATIONS, "1"));
    api = server.api();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static synchronized String newPhone() {
    return "+86138" + (10_000_000 + phones++);
  }

  private static JsonObject json(Object... pairs) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  private static String code(String phone, String purpose) {
    api.post("/v1/auth/sms-codes").send(json("phone", phone, "purpose", purpose)).expect(202);
    return sent(phone).getJsonObject(0).getString("code");
  }

  private static JsonArray sent(String phone) {
    return api.get(
            "/v1/sandbox/sms-messages?phone=" + URLEncoder.encode(phone, StandardCharsets.UTF_8))
        .as(api.operatorKey())
        .send()
        .expect(200)
        .body()
        .getJsonArray("items");
  }

  private static JsonObject register(String name, String phone) {
    return api.post("/v1/users")
        .send(
            json(
                "user_name", name,
                "password", PASSWORD,
                "phone", phone,
                "code", code(phone, "register"),
                "device", "first"))
        .expect(201)
        .body();
  }

  private static Api.Reply login(String name, String password) {
    return api.post("/v1/auth/login")
        .send(json("user_name", name, "password", password, "device", "next"));
  }

  private static Api.Reply refresh(String token) {
    return api.post("/v1/auth/refresh").send(json("refresh_token", token));
  }

  private static Api.Reply me(String token) {
    return api.get("/v1/users/me").as(token).send();
  }

  private static String access(JsonObject pair) {
    return pair.getString("access_token");
  }

  private static void advance(long byMs) {
    api.post("/v1/sandbox/clock/advance")
        .as(api.operatorKey())
        .send(json("by_ms", byMs))
        .expect(200);
  }

  @Test
  void aNewUserIsLoggedInAndShownMasked() {
    String phone = newPhone();

    JsonObject user = register("anna", phone);

    assertTrue(Long.parseLong(user.getString("user_id")) >= RegisterRoutes.OWN_IDS_MIN);
    String masked = phone.substring(0, 6) + "****" + phone.substring(10);
    assertEquals(masked, user.getString("phone"));
    JsonObject me = me(access(user.getJsonObject("session"))).expect(200).body();
    assertEquals("anna", me.getString("user_name"));
    assertEquals(masked, me.getString("phone"));
    // Money waits for him as for everybody.
    assertEquals(0, api.balance(access(user.getJsonObject("session"))));
  }

  @Test
  void nameAndPhoneAreNewOrRefusedAndTheOtherOneStaysFree() {
    String phone = newPhone();
    register("carl", phone);
    String other = newPhone();
    JsonObject wish =
        json("user_name", "CARL", "password", PASSWORD, "phone", other)
            .put("code", code(other, "register"));

    api.post("/v1/users").send(wish).expect(409, "name_taken");

    api.post("/v1/users").send(wish).expect(401, "code_wrong");
    advance(61_000);
    register("carla", other);
    advance(61_000);
    api.post("/v1/users")
        .send(
            json("user_name", "dora", "password", PASSWORD, "phone", phone)
                .put("code", code(phone, "register")))
        .expect(409, "phone_taken");
    register("dora", newPhone());
  }

  @Test
  void aWrongNameAndAWrongPasswordLookTheSame() {
    register("erik", newPhone());

    Api.Reply wrongName = login("nobody-here", "whatever it is").expect(401, "login_failed");
    Api.Reply wrongWord = login("erik", "whatever it is").expect(401, "login_failed");

    wrongName.body().remove("request_id");
    wrongWord.body().remove("request_id");
    assertEquals(wrongName.body(), wrongWord.body());
    assertEquals(wrongName.headers().keySet(), wrongWord.headers().keySet());
  }

  @Test
  void twoAtOnceGetTheSamePairAndAnOldOneClosesTheSession() {
    JsonObject first = register("fred", newPhone()).getJsonObject("session");
    String token = first.getString("refresh_token");

    var one = CompletableFuture.supplyAsync(() -> refresh(token).expect(200).body());
    var two = CompletableFuture.supplyAsync(() -> refresh(token).expect(200).body());

    JsonObject pair = one.join();
    assertEquals(pair, two.join());
    assertNotEquals(access(first), access(pair));
    me(access(first)).expect(200);
    JsonObject third = refresh(pair.getString("refresh_token")).expect(200).body();
    refresh(token).expect(401, "refresh_reused");
    me(access(third)).expect(401, "unauthenticated");
    refresh(third.getString("refresh_token")).expect(401, "unauthenticated");
    refresh("hbr_AAAA").expect(401, "unauthenticated");
  }

  @Test
  void theReplacedTokenIsGoodForTenSecondsOnly() {
    JsonObject first = register("gina", newPhone()).getJsonObject("session");
    refresh(first.getString("refresh_token")).expect(200);

    advance(11_000);

    refresh(first.getString("refresh_token")).expect(401, "refresh_reused");
  }

  @Test
  void devicesAreListedAndEndedFromAfar() {
    JsonObject first = register("hugo", newPhone()).getJsonObject("session");
    JsonObject second = login("hugo", PASSWORD).expect(200).body();

    JsonArray items =
        api.get("/v1/users/me/sessions")
            .as(access(second))
            .send()
            .expect(200)
            .body()
            .getJsonArray("items");
    assertEquals(2, items.size());
    for (int i = 0; i < 2; i++) {
      JsonObject item = items.getJsonObject(i);
      boolean isCurrent = item.getString("session_id").equals(second.getString("session_id"));
      assertEquals(isCurrent, item.getBoolean("current"));
      assertEquals(isCurrent ? "next" : "first", item.getString("device"));
    }
    String path = "/v1/users/me/sessions/" + first.getString("session_id");
    api.call("DELETE", path).as(access(second)).send().expect(200);

    me(access(first)).expect(401, "unauthenticated");
    me(access(second)).expect(200);
    api.call("DELETE", path).as(access(second)).send().expect(404, "not_found");
    api.post("/v1/auth/logout").as(access(second)).send().expect(200);
    me(access(second)).expect(401, "unauthenticated");
  }

  @Test
  void aTokenOfALoginIsTakenBackWithItsLogin() {
    String token = access(register("olga", newPhone()).getJsonObject("session"));
    var revocation = api.post("/v1/operator/tokens/revoke").as(api.operatorKey());

    JsonObject revoked = revocation.send(json("token", token)).expect(200).body();

    // It said 0, and the token went on being good.
    assertEquals(1, revoked.getInteger("revoked_count"));
    me(token).expect(401, "unauthenticated");
  }

  @Test
  void everywhereMeansEverywhere() {
    JsonObject user = register("ines", newPhone());
    JsonObject first = user.getJsonObject("session");
    JsonObject second = login("ines", PASSWORD).expect(200).body();

    JsonObject closed =
        api.post("/v1/auth/logout-everywhere").as(access(first)).send().expect(200).body();

    assertEquals(2, closed.getInteger("sessions_closed"));
    me(access(first)).expect(401, "unauthenticated");
    me(access(second)).expect(401, "unauthenticated");
    refresh(second.getString("refresh_token")).expect(401, "unauthenticated");
    JsonObject third = login("ines", PASSWORD).expect(200).body();
    api.post("/v1/operator/users/" + user.getString("user_id") + "/logout-everywhere")
        .as(api.operatorKey())
        .send()
        .expect(200);
    me(access(third)).expect(401, "unauthenticated");
  }

  @Test
  void whoFailsTooOftenIsOutUntilTheDayEndsAndNobodyLearnsThatHeExists() {
    String phone = newPhone();
    JsonObject user = register("jack", phone);
    for (int i = 0; i < FAILURES; i++) {
      login("jack", "a wrong password").expect(401, "login_failed");
    }

    login("jack", PASSWORD).expect(401, "login_failed");
    advance(61_000);
    Api.Reply blocked =
        api.post("/v1/auth/login-by-code")
            .send(json("phone", phone, "code", code(phone, "login")))
            .expect(429, "login_blocked");

    assertTrue(blocked.body().getLong("retry_after_ms") <= 86_400_000);
    assertNotNull(blocked.header("Retry-After"));
    me(access(user.getJsonObject("session"))).expect(200);
    String unblock = "/v1/operator/users/" + user.getString("user_id") + "/unblock";
    api.post(unblock).as(api.operatorKey()).send().expect(200);
    login("jack", PASSWORD).expect(200);
    for (int i = 0; i < FAILURES; i++) {
      login("jack", "a wrong password").expect(401, "login_failed");
    }
    advance(86_400_000);
    login("jack", PASSWORD).expect(200);
  }

  @Test
  void aPhoneGetsOneCodeAMinuteAndACodeIsUsedOnce() {
    String phone = newPhone();
    register("kate", phone);
    JsonObject wish = json("phone", phone, "purpose", "login");
    Api.Reply soon = api.post("/v1/auth/sms-codes").send(wish).expect(429, "code_too_soon");
    assertTrue(soon.body().getLong("retry_after_ms") <= 60_000);
    advance(61_000);
    String code = code(phone, "login");
    JsonObject login = json("phone", phone, "code", code);

    api.post("/v1/auth/login-by-code").send(login).expect(200);

    api.post("/v1/auth/login-by-code").send(login).expect(401, "code_wrong");
    String nobody = newPhone();
    api.post("/v1/auth/sms-codes").send(json("phone", nobody, "purpose", "reset")).expect(202);
    assertEquals(0, sent(nobody).size());
    api.post("/v1/auth/login-by-code")
        .send(json("phone", nobody, "code", "123456"))
        .expect(401, "code_wrong");
  }

  @Test
  void passwordsAreChangedAndResetAndOthersAreOut() {
    String phone = newPhone();
    JsonObject first = register("liam", phone).getJsonObject("session");
    JsonObject second = login("liam", PASSWORD).expect(200).body();
    String path = "/v1/users/me/password";

    api.post(path)
        .as(access(first))
        .send(json("old_password", "not the old one", "new_password", "a new horse battery"))
        .expect(401, "login_failed");
    api.post(path)
        .as(access(first))
        .send(json("old_password", PASSWORD, "new_password", "aaaaaaaaaa"))
        .expect(409, "password_unsuitable");
    api.post(path)
        .as(access(first))
        .send(json("old_password", PASSWORD, "new_password", "a new horse battery"))
        .expect(200);

    me(access(first)).expect(200);
    me(access(second)).expect(401, "unauthenticated");
    login("liam", PASSWORD).expect(401, "login_failed");
    login("liam", "a new horse battery").expect(200);
    advance(61_000);
    api.post("/v1/auth/password-reset")
        .send(
            json("phone", phone, "code", code(phone, "reset"))
                .put("new_password", "one more horse"))
        .expect(200);
    me(access(first)).expect(401, "unauthenticated");
    login("liam", "one more horse").expect(200);
  }

  @Test
  void aBackendDescribesItsUsersAndFindsThem() {
    String token = api.users(31_001, 2, 0).get(0);
    assertNull(me(token).expect(200).body().getString("nickname"));
    JsonObject profile = json("external_id", "crm-7788", "nickname", "Mia", "city", "上海");

    put(31_001, profile).expect(200);
    put(31_001, profile).expect(200);

    assertEquals("Mia", me(token).expect(200).body().getString("nickname"));
    assertEquals("31001", found("crm-7788").expect(200).body().getString("user_id"));
    put(31_002, json("external_id", "crm-7788")).expect(409, "external_id_taken");
    put(31_001, json("external_id", "crm-9")).expect(200);
    put(31_002, json("external_id", "crm-7788")).expect(200);
    assertEquals("31002", found("crm-7788").expect(200).body().getString("user_id"));
    put(31_001, json("external_id", "")).expect(200);
    found("crm-9").expect(404, "not_found");
    put(RegisterRoutes.OWN_IDS_MIN + 5, profile).expect(404, "not_found");
    api.get("/v1/users/31009").as(api.operatorKey()).send().expect(404, "not_found");
    JsonObject mine =
        api.call("PATCH", "/v1/users/me")
            .as(token)
            .send(json("nickname", "", "avatar_url", "https://cdn.example.com/m.png"))
            .expect(200)
            .body();
    assertNull(mine.getString("nickname"));
    assertEquals("上海", mine.getString("city"));
    api.call("PATCH", "/v1/users/me")
        .as(token)
        .send(json("avatar_url", "javascript:alert(1)"))
        .expect(400, "malformed_request");
    api.call("PATCH", "/v1/users/me").as(token).sendText("{}").expect(415);
    assertTrue(api.trialBalance().getBoolean("balanced"));
  }

  private static Api.Reply put(long userId, JsonObject profile) {
    return api.call("PUT", "/v1/users/" + userId).as(api.operatorKey()).send(profile);
  }

  private static Api.Reply found(String externalId) {
    return api.get("/v1/users?external_id=" + externalId).as(api.operatorKey()).send();
  }

  @Test
  void noSecretIsShown() {
    JsonObject user = register("nora", newPhone());

    String shown = me(access(user.getJsonObject("session"))).expect(200).body().encode();

    assertFalse(shown.contains("argon2"));
    assertFalse(shown.contains("hb"));
  }
}
