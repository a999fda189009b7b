// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import static io.hongbao.http.LedgerApi.id;
import static io.hongbao.http.LedgerApi.item;
import static io.hongbao.http.LedgerApi.leg;
import static io.hongbao.http.LedgerApi.transfer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Calls every operation of the ledger once with success, as a backend does. */
final class LedgerContract {

  private static final long PAYER = 20_401;
  private static final long PAYEE = 20_402;

  private final Api api;
  private final LedgerApi ledger;

  LedgerContract(Api api) {
    this.api = api;
    this.ledger = new LedgerApi(api);
  }

  void callAll(String userToken) {
    ledger.fund(PAYER, 1_000);
    ledger
        .post("/v1/accounts/" + PAYER + "/metadata")
        .send(new JsonObject().put("set", new JsonObject().put("tier", "gold")))
        .expect(200);
    ledger.limits(PAYEE, new JsonObject().put("balance_max", 50));
    JsonObject made = ledger.settled(id(ledger.moved(leg(PAYER, PAYEE, 40))));
    ledger.settled(id(ledger.moved(leg(PAYER, PAYEE, 40))));
    ledger
        .post("/v1/transfers/" + id(made) + "/reversal")
        .key(api.newKey())
        .send(new JsonObject().put("reason", "contract"))
        .expect(201);
    holds();
    ledger
        .post("/v1/bulk")
        .send(
            new JsonObject()
                .put("policy", "best_effort")
                .put(
                    "commands",
                    new JsonArray()
                        .add(
                            item("transfer", transfer(leg(PAYER, 20_403, 1)))
                                .put("idempotency_key", "contract"))))
        .expect(200);
    suspense();
    String owner = "/v1/accounts/" + PAYER;
    ledger.get(owner + "?asset=CNY");
    ledger.get(owner + "/statement?asset=CNY");
    ledger.get(owner + "/balance?asset=CNY");
    ledger.get(owner + "/transfers?limit=1");
    ledger.get(owner + "/statement/export?asset=CNY");
    ledger.get("/v1/transfers?reference=contract");
    api.get("/v1/accounts/me/statement/export?asset=CNY").as(userToken).send().expect(200);
  }

  private void holds() {
    JsonObject asked =
        new JsonObject()
            .put("owner_id", Long.toString(PAYER))
            .put("amount", Api.money(100))
            .put("kind", "internal")
            .put("expires_at", ledger.inAnHour());
    String path =
        "/v1/holds/"
            + id(ledger.post("/v1/holds").key(api.newKey()).send(asked).expect(201).body());
    JsonObject part = new JsonObject().put("amount", 30);
    ledger.post(path + "/post").key(api.newKey()).send(part).expect(200);
    ledger.post(path + "/release").key(api.newKey()).send().expect(200);
    ledger.get(path);
    ledger.get("/v1/holds?state=asked");
  }

  private void suspense() {
    JsonObject entry =
        api.get("/v1/operator/suspense?limit=200")
            .as(api.operatorKey())
            .send()
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    api.post("/v1/operator/suspense/" + id(entry) + "/settle")
        .as(api.operatorKey())
        .key(api.newKey())
        .send(new JsonObject().put("account", "clearing").put("reason", "contract"))
        .expect(201);
  }
}
