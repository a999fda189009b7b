// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everybody who may come to a server, and what is theirs. */
final class Callers {

  private static final long USER = 20_001;
  private static final long OTHER = 20_002;

  /** A scope that gives nothing to the roles that are tested with it alone. */
  private static final String USELESS = "webhooks:read";

  private final Api api;
  private final List<Caller> all = new ArrayList<>();
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
    List<String> tokens = api.users(USER, 3, 10_000);
    add("user", tokens.get(0), "user", "");
    for (String role : List.of("service", "gateway", "support", "finance", "admin")) {
      add(role, key(role, "*").getString("secret"), role, "");
      add(role + " without the scope", key(role, USELESS).getString("secret"), role, USELESS);
    }
    add("root", api.operatorKey(), "admin", "");
    own = things(tokens.get(1), USER, tokens.get(0), "81");
    foreign = things(tokens.get(2), OTHER, tokens.get(1), "82");
    foreign.put("user_id", Long.toString(USER));
    missing =
        Map.of(
            "user_id", Long.toString(USER),
            "packet_id", absent(own.get("packet_id")),
            "hold_id", absent(own.get("hold_id")),
            "key_id", absent(own.get("key_id")),
            "room_id", "83",
            "owner_id", Long.toString(USER),
            "transfer_id", absent(own.get("packet_id")),
            "entry_id", "0:1",
            "provider", "sim");
  }

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
        new JsonObject().put("user_ids", new JsonArray().add(Long.toString(USER))).put("ttl_s", 60);
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

  // A packet that only sender and recipient know, opened, so that it has a proof; and so on.
  private Map<String, String> things(String sender, long userId, String recipient, String roomId) {
    JsonObject packet =
        new JsonObject()
            .put("kind", "exclusive")
            .put("total", Api.money(10))
            .put("count", 1)
            .put("audience", new JsonObject().put("user_id", Long.toString(userId)));
    String packetId = api.send(sender, packet).getString("id");
    api.open(recipient, packetId).expect(200);
    JsonObject hold =
        new JsonObject()
            .put("user_id", Long.toString(userId))
            .put("amount", Api.money(1))
            .put("kind", "external")
            .put("expires_at", Rfc3339.format(System.currentTimeMillis() + 86_400_000));
    String holdId =
        root("POST", "/v1/operator/holds").send(hold).expect(201).body().getString("id");
    root("POST", "/v1/operator/rooms").send(new JsonObject().put("room_id", roomId)).expect(201);
    Map<String, String> things = new HashMap<>();
    things.put("user_id", Long.toString(userId));
    things.put("packet_id", packetId);
    things.put("hold_id", holdId);
    things.put("key_id", key("support", USELESS).getString("id"));
    things.put("room_id", roomId);
    things.put("owner_id", Long.toString(userId));
    things.put("transfer_id", packetId);
    things.put("entry_id", "0:1");
    things.put("provider", "sim");
    return things;
  }
}
