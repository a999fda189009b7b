// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** What a backend's tests do again and again, with a key of its own. */
final class LedgerApi {

  private final Api api;
  private final String service;

  LedgerApi(Api api) {
    this.api = api;
    this.service =
        operator("/v1/operator/keys")
            .send(
                new JsonObject()
                    .put("role", "service")
                    .put("name", "shop")
                    .put("scopes", new JsonArray().add("accounts:read").add("accounts:write")))
            .expect(201)
            .body()
            .getString("secret");
  }

  String service() {
    return service;
  }

  /** A command of a bulk. */
  static JsonObject item(String op, JsonObject rest) {
    return rest.put("op", op);
  }

  Api.Call operator(String path) {
    return api.post(path).as(api.operatorKey());
  }

  Api.Call post(String path) {
    return api.post(path).as(service);
  }

  JsonObject get(String path) {
    return api.get(path).as(service).send().expect(200).body();
  }

  void fund(long ownerId, long amountMinor) {
    operator("/v1/operator/top-ups")
        .key(api.newKey())
        .send(
            new JsonObject()
                .put("user_id", Long.toString(ownerId))
                .put("amount", Api.money(amountMinor))
                .put("reason", "test"))
        .expect(201);
  }

  static JsonObject leg(long from, long to, long amountMinor) {
    return new JsonObject()
        .put("from", Long.toString(from))
        .put("to", Long.toString(to))
        .put("amount", Api.money(amountMinor));
  }

  static JsonObject transfer(JsonObject... legs) {
    return new JsonObject().put("legs", new JsonArray(List.of(legs)));
  }

  JsonObject moved(JsonObject... legs) {
    return post("/v1/transfers").key(api.newKey()).send(transfer(legs)).expect(201).body();
  }

  /** A transfer that is refused with this code. */
  void refused(String code, JsonObject... legs) {
    post("/v1/transfers").key(api.newKey()).send(transfer(legs)).expect(409, code);
  }

  JsonObject account(long ownerId) {
    JsonArray accounts = get("/v1/accounts/" + ownerId).getJsonArray("accounts");
    return accounts.isEmpty() ? new JsonObject() : accounts.getJsonObject(0);
  }

  long balance(long ownerId) {
    return account(ownerId).getLong("balance", 0L);
  }

  /** Asks again until nothing is on its way; that takes milliseconds. */
  JsonObject settled(String transferId) {
    JsonObject shown = get("/v1/transfers/" + transferId);
    for (int i = 0; i < 500 && shown.getString("state").equals("in_flight"); i++) {
      shown = get("/v1/transfers/" + transferId);
    }
    return shown;
  }

  void limits(long ownerId, JsonObject limits) {
    post("/v1/accounts/" + ownerId + "/limits")
        .send(limits.put("asset", "CNY").put("reason", "test"))
        .expect(200);
  }

  static JsonObject legOf(JsonObject transfer, int number) {
    return transfer.getJsonArray("legs").getJsonObject(number);
  }

  static String id(JsonObject shown) {
    return shown.getString("id");
  }

  String inAnHour() {
    String now = api.get("/v1/time").send().body().getString("now");
    return Instant.parse(now).plusSeconds(3_600).toString();
  }
}
