// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import static io.hongbao.http.LedgerApi.id;
import static io.hongbao.http.LedgerApi.item;
import static io.hongbao.http.LedgerApi.leg;
import static io.hongbao.http.LedgerApi.legOf;
import static io.hongbao.http.LedgerApi.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger as a backend meets it. Ten partitions: an owner's is the last digit of the id. Each
 * test has owners of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerOverHttpIT {

  private static final long SHOP = 8_000_000_000_000_000L;

  private TestServer server;
  private Api api;
  private LedgerApi ledger;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    ledger = new LedgerApi(api);
  }

  @AfterAll
  void stop() throws Exception {
    try {
      assertTrue(api.trialBalance().getBoolean("balanced"));
    } finally {
      server.close();
    }
  }

  @Test
  void aTransferIsOneDecisionWhereThePayerLives() {
    ledger.fund(1_011, 10_000);
    JsonObject asked =
        transfer(leg(1_011, SHOP + 21, 9_000), leg(1_011, SHOP + 22, 700), leg(1_011, SHOP + 23, 1))
            .put("reference", "order 7")
            .put("reason", "sale")
            .put("metadata", new JsonObject().put("shop", "east"));
    String key = api.newKey();

    Api.Reply made = ledger.post("/v1/transfers").key(key).send(asked).expect(201);
    Api.Reply again = ledger.post("/v1/transfers").key(key).send(asked).expect(201);
    JsonObject settled = ledger.settled(id(made.body()));

    assertEquals("credited", legOf(made.body(), 0).getString("state"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(id(made.body()), id(again.body()));
    assertEquals("completed", settled.getString("state"));
    assertEquals(new JsonObject().put("shop", "east"), settled.getJsonObject("metadata"));
    assertEquals(299, ledger.balance(1_011));
    assertEquals(9_000, ledger.balance(SHOP + 21));
    assertEquals(700, ledger.balance(SHOP + 22));
    assertEquals("business", ledger.get("/v1/accounts/" + (SHOP + 21)).getString("kind"));
    JsonObject listed =
        ledger.get("/v1/accounts/1011/transfers?min_position=" + made.header("Hongbao-Position"));
    assertEquals(1, listed.getJsonArray("items").size());
    JsonObject named =
        ledger.get(
            "/v1/transfers?reference=order+7&min_position=" + made.header("Hongbao-Position"));
    assertEquals(id(made.body()), id(named.getJsonArray("items").getJsonObject(0)));
    ledger
        .post("/v1/transfers")
        .key(key)
        .send(transfer(leg(1_011, 1_012, 1)))
        .expect(409, "key_reused");
  }

  @Test
  void nothingOfATransferIsDoneWhenOneLegIsRefused() {
    ledger.fund(1_031, 100);
    JsonObject asked = transfer(leg(1_031, 1_032, 60), leg(1_031, 1_033, 60));

    ledger.post("/v1/transfers").key("n1").send(asked).expect(409, "insufficient_funds");
    ledger.post("/v1/transfers").key("n1").send(asked).expect(409, "insufficient_funds");
    ledger
        .post("/v1/transfers")
        .key("n2")
        .send(transfer(leg(1_031, 1_032, 10), leg(1_032, 1_033, 10)))
        .expect(409, "sources_apart");
    ledger.post("/v1/transfers").send(asked).expect(400, "key_missing");
    ledger
        .post("/v1/transfers")
        .key("n3")
        .send(transfer(leg(1_031, 1_031, 1)))
        .expect(400, "malformed_request");
    api.get("/v1/transfers/17").as(ledger.service()).send().expect(404, "transfer_not_found");

    assertEquals(100, ledger.balance(1_031));
    // Money may pass through: the second leg is paid by the first.
    ledger.moved(leg(1_031, 1_041, 100), leg(1_041, 1_051, 100));
    assertEquals(100, ledger.balance(1_051));
  }

  @Test
  void aDryRunSaysTheSameAndDoesNothing() {
    ledger.fund(1_061, 100);

    Api.Reply would =
        ledger.post("/v1/transfers?dry_run=true").send(transfer(leg(1_061, 1_062, 60))).expect(200);
    Api.Reply wouldNot =
        ledger
            .post("/v1/transfers?dry_run=true")
            .send(transfer(leg(1_061, 1_062, 101)))
            .expect(409);
    Api.Reply hold =
        ledger
            .post("/v1/holds?dry_run=true")
            .send(
                new JsonObject()
                    .put("owner_id", "1061")
                    .put("amount", Api.money(50))
                    .put("kind", "internal")
                    .put("expires_at", ledger.inAnHour()))
            .expect(200);

    assertTrue(would.body().getBoolean("dry_run"));
    assertNull(would.body().getString("id"));
    assertEquals("in_flight", would.body().getString("state"));
    assertEquals("true", would.header("Hongbao-Dry-Run"));
    assertNull(would.header("Hongbao-Position"));
    assertEquals("insufficient_funds", wouldNot.code());
    assertEquals("true", wouldNot.header("Hongbao-Dry-Run"));
    assertTrue(hold.body().getBoolean("dry_run"));
    assertEquals(100, ledger.balance(1_061));
    assertEquals(0, ledger.account(1_061).getLong("held"));
  }

  @Test
  void limitsOfAnAccountHold() {
    ledger.limits(1_071, new JsonObject().put("credit_limit", 500));
    ledger.moved(leg(1_071, 1_081, 400));

    assertEquals(-400, ledger.balance(1_071));
    assertEquals(100, ledger.account(1_071).getLong("available"));
    ledger.refused("insufficient_funds", leg(1_071, 1_081, 101));
    String position = ledger.account(1_071).getString("position");
    JsonObject statement =
        ledger.get("/v1/accounts/1071/statement?asset=CNY&limit=10&min_position=" + position);
    assertEquals(-400, statement.getJsonArray("items").getJsonObject(0).getLong("balance_after"));
    JsonObject frozen = new JsonObject().put("asset", "CNY").put("reason", "r").put("frozen", true);
    ledger.post("/v1/accounts/1071/limits").send(frozen).expect(409, "account_in_use");
    ledger.limits(1_081, new JsonObject().put("frozen", true).put("balance_max", 450));
    ledger.refused("account_frozen", leg(1_081, 1_071, 1));
    ledger.refused("balance_limit", leg(1_071, 1_081, 51));
    ledger.limits(1_091, new JsonObject().put("closed", true));
    ledger.refused("account_closed", leg(1_071, 1_091, 1));
  }

  @Test
  void metadataAreMergedAndBounded() {
    JsonObject set = new JsonObject().put("name", "Tea house").put("tier", "gold");
    ledger.post("/v1/accounts/1101/metadata").send(new JsonObject().put("set", set)).expect(200);
    JsonObject shown =
        ledger
            .post("/v1/accounts/1101/metadata")
            .send(
                new JsonObject()
                    .put("set", new JsonObject().put("tier", "jade"))
                    .put("remove", new JsonArray().add("name")))
            .expect(200)
            .body();

    assertEquals(new JsonObject().put("tier", "jade"), shown.getJsonObject("metadata"));
    JsonObject many = new JsonObject();
    for (int i = 0; i < 20; i++) {
      many.put("n" + i, "v");
    }
    ledger
        .post("/v1/accounts/1101/metadata")
        .send(new JsonObject().put("set", many))
        .expect(409, "metadata_limit");
    ledger
        .post("/v1/accounts/1101/metadata")
        .send(new JsonObject().put("set", new JsonObject().put("a b", "v")))
        .expect(400, "malformed_request");
  }

  @Test
  void whatADestinationCannotTakeIsShownAndSettled() {
    ledger.fund(1_111, 1_000);
    ledger.limits(1_112, new JsonObject().put("balance_max", 100));
    JsonObject made =
        ledger.settled(id(ledger.moved(leg(1_111, 1_112, 300), leg(1_111, 1_113, 5))));

    assertEquals("suspended", made.getString("state"));
    assertEquals("balance_limit", legOf(made, 0).getString("reason"));
    JsonObject entry = null;
    JsonArray list =
        api.get("/v1/operator/suspense?limit=200")
            .as(api.operatorKey())
            .send()
            .expect(200)
            .body()
            .getJsonArray("items");
    for (int i = 0; i < list.size(); i++) {
      if (list.getJsonObject(i).getString("origin_id").equals(id(made))) {
        entry = list.getJsonObject(i);
      }
    }
    assertEquals("1112", entry.getString("owner_id"));
    String settle = "/v1/operator/suspense/" + id(entry) + "/settle";
    JsonObject back = new JsonObject().put("account", "1111").put("reason", "sent back");
    ledger.post(settle).key("x").send(back).expect(403, "forbidden");
    ledger.operator(settle + "?dry_run=true").send(back).expect(200);
    JsonObject settlement = ledger.operator(settle).key("s1").send(back).expect(201).body();
    ledger.operator(settle).key("s1").send(back).expect(201);
    ledger.operator(settle).key("s2").send(back).expect(404, "suspense_not_found");

    assertEquals("completed", ledger.settled(id(settlement)).getString("state"));
    assertEquals(995, ledger.balance(1_111));
    JsonObject after = ledger.get("/v1/transfers/" + id(made));
    for (int i = 0; i < 500 && after.getString("state").equals("suspended"); i++) {
      after = ledger.get("/v1/transfers/" + id(made));
    }
    assertEquals("settled", legOf(after, 0).getString("state"));
    assertEquals(id(settlement), legOf(after, 0).getString("settled_by"));
  }

  @Test
  void aReversalTakesBackInFullOrNotAtAll() {
    ledger.fund(1_121, 1_000);
    JsonObject made =
        ledger.settled(id(ledger.moved(leg(1_121, 1_122, 300), leg(1_121, 1_123, 200))));
    String path = "/v1/transfers/" + id(made) + "/reversal";
    ledger.moved(leg(1_123, 1_124, 1));

    ledger.post(path).key("r0").send(new JsonObject()).expect(409, "sources_apart");
    JsonObject second = new JsonObject().put("legs", new JsonArray().add(1));
    ledger.post(path).key("r1").send(second).expect(409, "insufficient_funds");
    JsonObject first =
        new JsonObject().put("legs", new JsonArray().add(0)).put("reason", "returned goods");
    ledger.post(path + "?dry_run=true").send(first).expect(200);
    JsonObject reversal = ledger.post(path).key("r2").send(first).expect(201).body();
    assertEquals("true", ledger.post(path).key("r2").send(first).header("Idempotent-Replayed"));
    ledger.post(path).key("r3").send(first).expect(409, "already_reversed");

    assertEquals("completed", ledger.settled(id(reversal)).getString("state"));
    assertEquals(id(made), reversal.getString("reverses"));
    assertEquals(800, ledger.balance(1_121));
    assertEquals(
        id(reversal), legOf(ledger.get("/v1/transfers/" + id(made)), 0).getString("reversed_by"));
    ledger
        .post("/v1/transfers/" + id(reversal) + "/reversal")
        .key("r4")
        .send()
        .expect(404, "transfer_not_found");
  }

  @Test
  void heldMoneyIsTakenInPartsAndAskedAfter() {
    ledger.fund(1_131, 1_000);
    JsonObject asked =
        new JsonObject()
            .put("owner_id", "1131")
            .put("amount", Api.money(500))
            .put("kind", "external")
            .put("expires_at", ledger.inAnHour());
    JsonObject hold = ledger.post("/v1/holds").key("h1").send(asked).expect(201).body();
    String path = "/v1/holds/" + id(hold);

    JsonObject part = new JsonObject().put("amount", 100).put("to", Long.toString(SHOP + 32));
    JsonObject posted = ledger.post(path + "/post").key("h2").send(part).expect(200).body();
    assertEquals(400, posted.getJsonObject("held_amount").getInteger("amount"));
    assertEquals(
        "hold_post", ledger.settled(posted.getString("last_transfer_id")).getString("kind"));
    assertEquals(100, ledger.balance(SHOP + 32));
    ledger.post(path + "/release").key("h3").send().expect(409, "hold_outcome_unknown");
    ledger.operator("/v1/sandbox/clock/advance").send(new JsonObject().put("by_ms", 3_700_000));
    JsonArray due = ledger.get("/v1/holds?state=asked").getJsonArray("items");
    assertEquals(id(hold), id(due.getJsonObject(0)));
    JsonObject rest = new JsonObject().put("amount", 50).put("final", true);
    JsonObject over = ledger.post(path + "/post").key("h4").send(rest).expect(200).body();

    assertEquals("released", over.getString("state"));
    assertEquals("final post", over.getString("receipt"));
    assertTrue(ledger.get("/v1/holds?state=asked").getJsonArray("items").isEmpty());
    assertEquals(850, ledger.balance(1_131));
    assertEquals("released", ledger.get(path).getString("state"));
    ledger.post(path + "/post").key("h5").send(part).expect(409, "hold_closed");
  }

  @Test
  void aBulkGivesEachCommandItsResult() {
    ledger.fund(1_141, 100);
    JsonArray commands =
        new JsonArray()
            .add(item("transfer", transfer(leg(1_141, 1_142, 60))).put("idempotency_key", "b1"))
            .add(item("transfer", transfer(leg(1_141, 1_142, 60))).put("idempotency_key", "b2"))
            .add(item("transfer", transfer(leg(1_141, 1_142, 40))).put("idempotency_key", "b3"));
    JsonObject asked = new JsonObject().put("policy", "best_effort").put("commands", commands);

    JsonObject first = ledger.post("/v1/bulk").send(asked).expect(200).body();
    JsonObject again = ledger.post("/v1/bulk").send(asked).expect(200).body();

    assertEquals(2, first.getInteger("succeeded"));
    JsonArray results = first.getJsonArray("results");
    assertEquals(201, results.getJsonObject(0).getInteger("status"));
    assertEquals(
        "insufficient_funds", results.getJsonObject(1).getJsonObject("problem").getString("code"));
    assertEquals(
        id(results.getJsonObject(2).getJsonObject("transfer")),
        id(again.getJsonArray("results").getJsonObject(2).getJsonObject("transfer")));
    assertTrue(again.getJsonArray("results").getJsonObject(2).getBoolean("replayed"));
    assertEquals(0, ledger.balance(1_141));
  }

  @Test
  void aBulkStopsOrIsAllOrNone() {
    ledger.fund(1_151, 100);
    JsonArray keyed =
        new JsonArray()
            .add(item("transfer", transfer(leg(1_151, 1_152, 200))).put("idempotency_key", "c1"))
            .add(item("transfer", transfer(leg(1_151, 1_152, 10))).put("idempotency_key", "c2"));
    JsonObject stopped =
        ledger
            .post("/v1/bulk")
            .send(new JsonObject().put("policy", "stop_on_failure").put("commands", keyed))
            .expect(200)
            .body();
    assertEquals(1, stopped.getInteger("skipped"));
    assertTrue(stopped.getJsonArray("results").getJsonObject(1).getBoolean("skipped"));

    JsonArray good =
        new JsonArray()
            .add(item("transfer", transfer(leg(1_151, 1_161, 30))))
            .add(item("transfer", transfer(leg(1_161, 1_162, 30))));
    JsonArray bad = good.copy().add(item("transfer", transfer(leg(1_161, 1_151, 1))));
    JsonObject none = new JsonObject().put("policy", "all_or_none").put("commands", bad);
    Api.Reply refused =
        ledger.post("/v1/bulk").key("d1").send(none).expect(409, "insufficient_funds");
    assertTrue(refused.body().getString("detail").startsWith("commands[2]"));
    assertEquals(100, ledger.balance(1_151));
    JsonObject all = new JsonObject().put("policy", "all_or_none").put("commands", good);
    assertTrue(
        ledger.post("/v1/bulk?dry_run=true").send(all).expect(200).body().getBoolean("dry_run"));
    JsonObject done = ledger.post("/v1/bulk").key("d2").send(all).expect(200).body();
    Api.Reply again = ledger.post("/v1/bulk").key("d2").send(all).expect(200);

    assertEquals(2, done.getInteger("succeeded"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(
        id(done.getJsonArray("results").getJsonObject(1).getJsonObject("transfer")),
        id(again.body().getJsonArray("results").getJsonObject(1).getJsonObject("transfer")));
    assertEquals(70, ledger.balance(1_151));
  }
}
