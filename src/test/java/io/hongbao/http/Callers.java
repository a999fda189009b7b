// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.model.Rfc3339;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everybody who may come to a server, and what is theirs. */
final class Callers {

  private static final long STRANGER = 20_003;

  /** A scope that gives nothing to the roles that are tested with it alone. */
  private static final String USELESS = "webhooks:read";

  private final Api api;
  private final List<Caller> all = new ArrayList<>();
  private long throwaways = 30_000;
  private final Map<String, String> own;
  private final Map<String, String> foreign;
  private final Map<String, String> missing;

  /**
   * One who calls.
   *
   * @param role as the table names it; empty for those who are nobody (any more)
   * @param scope the one scope that a narrow key has; empty for those that have all
   */
  record Caller(String name, @Nullable String secret, String role, String scope) {
    boolean isKey() {
      return !role.isEmpty() && !role.equals("user");
    }
  }

  Callers(Api api) {
    this.api = api;
    expiredAndRevoked();
    Person user = register("matrix_one", "+8613800000001");
    Person other = register("matrix_two", "+8613800000002");
    String stranger = api.users(STRANGER, 1, 1_000).getFirst();
    add("user", user.token(), "user", "");
    for (String role : List.of("service", "gateway", "support", "finance", "admin")) {
      add(role, key(role, "*").getString("secret"), role, "");
      add(role + " without the scope", key(role, USELESS).getString("secret"), role, USELESS);
    }
    add("root", api.operatorKey(), "admin", "");
    own = things(other.token(), user, "81");
    foreign = things(stranger, other, "82");
    foreign.put("user_id", own.get("user_id"));
    missing = new HashMap<>(own);
    missing.replaceAll((name, value) -> value.length() == 19 ? absent(value) : value);
    missing.put("user_id", own.get("user_id"));
    missing.put("owner_id", own.get("user_id"));
    missing.put("room_id", "83");
    missing.put("session_id", neighbour(own.get("session_id")));
  }

  /** Somebody with a password, and so with a session. */
  private record Person(String id, String token, String sessionId) {}

  List<Caller> all() {
    return all;
  }

  /** Values of the places in paths: what belongs to the user who calls. */
  Map<String, String> own() {
    return own;
  }

  /** What belongs to others. */
  Map<String, String> foreign() {
    return foreign;
  }

  /** What could be, and is not. */
  Map<String, String> missing() {
    return missing;
  }

  private void add(String name, @Nullable String secret, String role, String scope) {
    all.add(new Caller(name, secret, role, scope));
  }

  // The same partition and day, a counter that nobody reached.
  private static String absent(String id) {
    return id.substring(0, 9) + "9999000" + id.substring(16);
  }

  // Session ids are drawn at random: the last digit may be any.
  private static String neighbour(String id) {
    int last = id.length() - 1;
    return id.substring(0, last) + (id.charAt(last) == '1' ? '2' : '1');
  }

  private Api.Call root(String method, String path) {
    return api.call(method, path)
        .as(api.operatorKey())
        .key(api.newKey())
        .header("Hongbao-Cause", "matrix");
  }

  private void expiredAndRevoked() {
    String expired = mint();
    JsonObject expiredKey =
        root("POST", "/v1/operator/keys")
            .send(
                new JsonObject()
                    .put("name", "short")
                    .put("role", "admin")
                    .put("expires_at", Rfc3339.format(System.currentTimeMillis() + 60_000)))
            .expect(201)
            .body();
    root("POST", "/v1/sandbox/clock/advance")
        .send(new JsonObject().put("by_ms", 120_000))
        .expect(200);
    String revoked = mint();
    JsonObject revocation = new JsonObject().put("token", revoked);
    root("POST", "/v1/operator/tokens/revoke").send(revocation).expect(200);
    JsonObject revokedKey = key("admin", "*");
    root("DELETE", "/v1/operator/keys/" + revokedKey.getString("id")).send().expect(200);
    add("nobody", null, "", "");
    add("a broken token", "hb_nonsense", "", "");
    add("a broken key", "hbk_nonsense", "", "");
    add("an expired token", expired, "", "");
    add("a revoked token", revoked, "", "");
    add("an expired key", expiredKey.getString("secret"), "", "");
    add("a revoked key", revokedKey.getString("secret"), "", "");
  }

  private String mint() {
    JsonObject body =
        new JsonObject()
            .put("user_ids", new JsonArray().add(Long.toString(STRANGER)))
            .put("ttl_s", 60);
    JsonArray tokens =
        root("POST", "/v1/operator/tokens").send(body).expect(201).body().getJsonArray("tokens");
    return tokens.getJsonObject(0).getString("token");
  }

  private JsonObject key(String role, String scope) {
    JsonObject body =
        new JsonObject()
            .put("name", role)
            .put("role", role)
            .put("scopes", new JsonArray().add(scope));
    return root("POST", "/v1/operator/keys").send(body).expect(201).body();
  }

  private Person register(String name, String phone) {
    api.post("/v1/auth/sms-codes")
        .send(new JsonObject().put("phone", phone).put("purpose", "register"))
        .expect(202);
    String code =
        root("GET", "/v1/sandbox/sms-messages?phone=" + phone.replace("+", "%2B"))
            .send()
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("code");
    JsonObject login =
        api.post("/v1/users")
            .send(
                new JsonObject()
                    .put("user_name", name)
                    .put("password", "a long and dull sentence")
                    .put("phone", phone)
                    .put("code", code))
            .expect(201)
            .body();
    JsonObject session = login.getJsonObject("session");
    String token = session.getString("access_token");
    String userId = login.getString("user_id");
    root("POST", "/v1/operator/top-ups")
        .send(new JsonObject().put("user_id", userId).put("amount", Api.money(1_000)))
        .expect(201);
    // The session that calls may end is another one than theirs.
    JsonObject elsewhere =
        new JsonObject().put("user_name", name).put("password", "a long and dull sentence");
    JsonObject second = api.post("/v1/auth/login").send(elsewhere).expect(200).body();
    return new Person(userId, token, second.getString("session_id"));
  }

  // A packet that only sender and recipient know, opened, so that it has a proof; and so on.
  private Map<String, String> things(String sender, Person owner, String roomId) {
    JsonObject packet =
        new JsonObject()
            .put("kind", "exclusive")
            .put("total", Api.money(10))
            .put("count", 1)
            .put("audience", new JsonObject().put("user_id", owner.id()));
    String packetId = api.send(sender, packet).getString("id");
    api.open(owner.token(), packetId).expect(200);
    JsonObject hold =
        new JsonObject()
            .put("user_id", owner.id())
            .put("amount", Api.money(1))
            .put("kind", "external")
            .put("expires_at", Rfc3339.format(System.currentTimeMillis() + 86_400_000));
    JsonObject transfer =
        new JsonObject()
            .put(
                "legs",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("from", owner.id())
                            .put("to", Long.toString(STRANGER))
                            .put("amount", Api.money(1))));
    Map<String, String> things = new HashMap<>();
    things.put("user_id", owner.id());
    things.put("owner_id", owner.id());
    things.put("session_id", owner.sessionId());
    things.put("packet_id", packetId);
    things.put("hold_id", id(root("POST", "/v1/operator/holds").send(hold)));
    things.put("transfer_id", id(root("POST", "/v1/transfers").send(transfer)));
    things.put("key_id", key("support", USELESS).getString("id"));
    things.put("webhook_id", "1");
    things.put("entry_id", "0:1");
    things.put("webhook_id", "1");
    things.put("room_id", roomId);
    things.put("provider", "sim");
    // Of the room nothing is known yet.
    things.put("epoch", "1");
    things.put("page", "1");
    things.put("seq", "1");
    things.put("ticket_id", "1");
    JsonObject room =
        new JsonObject().put("room_id", roomId).put("members", new JsonArray().add(owner.id()));
    root("POST", "/v1/operator/rooms").send(room).expect(201);
    return things;
  }

  private static String id(Api.Reply made) {
    return made.expect(201).body().getString("id");
  }

  /** A user whom nobody else needs any more. */
  String throwaway() {
    return api.users(++throwaways, 1, 0).getFirst();
  }
}
