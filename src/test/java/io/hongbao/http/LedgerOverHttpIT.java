// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
  private String service = "";

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    service =
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

  @AfterAll
  void stop() throws Exception {
    try {
      assertTrue(api.trialBalance().getBoolean("balanced"));
    } finally {
      server.close();
    }
  }

  private Api.Call operator(String path) {
    return api.post(path).as(api.operatorKey()).header("Hongbao-Cause", "test");
  }

  private Api.Call post(String path) {
    return api.post(path).as(service);
  }

  private JsonObject get(String path) {
    return api.get(path).as(service).send().expect(200).body();
  }

  private void fund(long ownerId, long amountMinor) {
    operator("/v1/operator/top-ups")
        .key(api.newKey())
        .send(
            new JsonObject()
                .put("user_id", Long.toString(ownerId))
                .put("amount", Api.money(amountMinor)))
        .expect(201);
  }

  private static JsonObject leg(long from, long to, long amountMinor) {
    return new JsonObject()
        .put("from", Long.toString(from))
        .put("to", Long.toString(to))
        .put("amount", Api.money(amountMinor));
  }

  private static JsonObject transfer(JsonObject... legs) {
    return new JsonObject().put("legs", new JsonArray(List.of(legs)));
  }

  private JsonObject moved(JsonObject... legs) {
    return post("/v1/transfers").key(api.newKey()).send(transfer(legs)).expect(201).body();
  }

  private JsonObject account(long ownerId) {
    JsonArray accounts = get("/v1/accounts/" + ownerId).getJsonArray("accounts");
    return accounts.isEmpty() ? new JsonObject() : accounts.getJsonObject(0);
  }

  private long balance(long ownerId) {
    return account(ownerId).getLong("balance", 0L);
  }

  /** Asks again until nothing is on its way; that takes milliseconds. */
  private JsonObject settled(String transferId) {
    JsonObject shown = get("/v1/transfers/" + transferId);
    for (int i = 0; i < 500 && shown.getString("state").equals("in_flight"); i++) {
      shown = get("/v1/transfers/" + transferId);
    }
    return shown;
  }

  private void limits(long ownerId, JsonObject limits) {
    post("/v1/accounts/" + ownerId + "/limits")
        .send(limits.put("asset", "CNY").put("reason", "test"))
        .expect(200);
  }

  private static JsonObject legOf(JsonObject transfer, int number) {
    return transfer.getJsonArray("legs").getJsonObject(number);
  }

  private static String id(JsonObject shown) {
    return shown.getString("id");
  }

  private String inAnHour() {
    String now = api.get("/v1/time").send().body().getString("now");
    return Instant.parse(now).plusSeconds(3_600).toString();
  }

  @Test
  void aTransferIsOneDecisionWhereThePayerLives() {
    fund(1_011, 10_000);
    JsonObject asked =
        transfer(leg(1_011, SHOP + 21, 9_000), leg(1_011, SHOP + 22, 700), leg(1_011, SHOP + 23, 1))
            .put("reference", "order 7")
            .put("reason", "sale")
            .put("metadata", new JsonObject().put("shop", "east"));
    String key = api.newKey();

    Api.Reply made = post("/v1/transfers").key(key).send(asked).expect(201);
    Api.Reply again = post("/v1/transfers").key(key).send(asked).expect(201);
    JsonObject settled = settled(id(made.body()));

    assertEquals("credited", legOf(made.body(), 0).getString("state"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(id(made.body()), id(again.body()));
    assertEquals("completed", settled.getString("state"));
    assertEquals(new JsonObject().put("shop", "east"), settled.getJsonObject("metadata"));
    assertEquals(299, balance(1_011));
    assertEquals(9_000, balance(SHOP + 21));
    assertEquals(700, balance(SHOP + 22));
    assertEquals("business", get("/v1/accounts/" + (SHOP + 21)).getString("kind"));
    JsonObject listed =
        get("/v1/accounts/1011/transfers?min_position=" + made.header("Hongbao-Position"));
    assertEquals(1, listed.getJsonArray("items").size());
    JsonObject named =
        get("/v1/transfers?reference=order+7&min_position=" + made.header("Hongbao-Position"));
    assertEquals(id(made.body()), id(named.getJsonArray("items").getJsonObject(0)));
    post("/v1/transfers").key(key).send(transfer(leg(1_011, 1_012, 1))).expect(409, "key_reused");
  }

  @Test
  void nothingOfATransferIsDoneWhenOneLegIsRefused() {
    fund(1_031, 100);
    JsonObject asked = transfer(leg(1_031, 1_032, 60), leg(1_031, 1_033, 60));

    post("/v1/transfers").key("n1").send(asked).expect(409, "insufficient_funds");
    post("/v1/transfers").key("n1").send(asked).expect(409, "insufficient_funds");
    post("/v1/transfers")
        .key("n2")
        .send(transfer(leg(1_031, 1_032, 10), leg(1_032, 1_033, 10)))
        .expect(409, "sources_apart");
    post("/v1/transfers").send(asked).expect(400, "key_missing");
    post("/v1/transfers")
        .key("n3")
        .send(transfer(leg(1_031, 1_031, 1)))
        .expect(400, "malformed_request");
    api.get("/v1/transfers/17").as(service).send().expect(404, "transfer_not_found");

    assertEquals(100, balance(1_031));
    // Money may pass through: the second leg is paid by the first.
    moved(leg(1_031, 1_041, 100), leg(1_041, 1_051, 100));
    assertEquals(100, balance(1_051));
  }

  @Test
  void aDryRunSaysTheSameAndDoesNothing() {
    fund(1_061, 100);

    Api.Reply would =
        post("/v1/transfers?dry_run=true").send(transfer(leg(1_061, 1_062, 60))).expect(200);
    Api.Reply wouldNot =
        post("/v1/transfers?dry_run=true").send(transfer(leg(1_061, 1_062, 101))).expect(409);
    Api.Reply hold =
        post("/v1/holds?dry_run=true")
            .send(
                new JsonObject()
                    .put("owner_id", "1061")
                    .put("amount", Api.money(50))
                    .put("kind", "internal")
                    .put("expires_at", inAnHour()))
            .expect(200);

    assertTrue(would.body().getBoolean("dry_run"));
    assertNull(would.body().getString("id"));
    assertEquals("in_flight", would.body().getString("state"));
    assertEquals("true", would.header("Hongbao-Dry-Run"));
    assertNull(would.header("Hongbao-Position"));
    assertEquals("insufficient_funds", wouldNot.code());
    assertEquals("true", wouldNot.header("Hongbao-Dry-Run"));
    assertTrue(hold.body().getBoolean("dry_run"));
    assertEquals(100, balance(1_061));
    assertEquals(0, account(1_061).getLong("held"));
  }

  @Test
  void limitsOfAnAccountHold() {
    limits(1_071, new JsonObject().put("credit_limit", 500));
    moved(leg(1_071, 1_081, 400));

    assertEquals(-400, balance(1_071));
    assertEquals(100, account(1_071).getLong("available"));
    post("/v1/transfers")
        .key(api.newKey())
        .send(transfer(leg(1_071, 1_081, 101)))
        .expect(409, "insufficient_funds");
    String position = account(1_071).getString("position");
    JsonObject statement =
        get("/v1/accounts/1071/statement?asset=CNY&limit=10&min_position=" + position);
    assertEquals(-400, statement.getJsonArray("items").getJsonObject(0).getLong("balance_after"));
    JsonObject frozen = new JsonObject().put("asset", "CNY").put("reason", "r").put("frozen", true);
    post("/v1/accounts/1071/limits").send(frozen).expect(409, "account_in_use");
    limits(1_081, new JsonObject().put("frozen", true).put("balance_max", 450));
    post("/v1/transfers")
        .key(api.newKey())
        .send(transfer(leg(1_081, 1_071, 1)))
        .expect(409, "account_frozen");
    post("/v1/transfers")
        .key(api.newKey())
        .send(transfer(leg(1_071, 1_081, 51)))
        .expect(409, "balance_limit");
    limits(1_091, new JsonObject().put("closed", true));
    post("/v1/transfers")
        .key(api.newKey())
        .send(transfer(leg(1_071, 1_091, 1)))
        .expect(409, "account_closed");
  }

  @Test
  void metadataAreMergedAndBounded() {
    JsonObject set = new JsonObject().put("name", "Tea house").put("tier", "gold");
    post("/v1/accounts/1101/metadata").send(new JsonObject().put("set", set)).expect(200);
    JsonObject shown =
        post("/v1/accounts/1101/metadata")
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
    post("/v1/accounts/1101/metadata")
        .send(new JsonObject().put("set", many))
        .expect(409, "metadata_limit");
    post("/v1/accounts/1101/metadata")
        .send(new JsonObject().put("set", new JsonObject().put("a b", "v")))
        .expect(400, "malformed_request");
  }

  @Test
  void whatADestinationCannotTakeIsShownAndSettled() {
    fund(1_111, 1_000);
    limits(1_112, new JsonObject().put("balance_max", 100));
    JsonObject made = settled(id(moved(leg(1_111, 1_112, 300), leg(1_111, 1_113, 5))));

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
    post(settle).key("x").send(back).expect(403, "forbidden");
    operator(settle + "?dry_run=true").send(back).expect(200);
    JsonObject settlement = operator(settle).key("s1").send(back).expect(201).body();
    operator(settle).key("s1").send(back).expect(201);
    operator(settle).key("s2").send(back).expect(404, "suspense_not_found");

    assertEquals("completed", settled(id(settlement)).getString("state"));
    assertEquals(995, balance(1_111));
    JsonObject after = get("/v1/transfers/" + id(made));
    for (int i = 0; i < 500 && after.getString("state").equals("suspended"); i++) {
      after = get("/v1/transfers/" + id(made));
    }
    assertEquals("settled", legOf(after, 0).getString("state"));
    assertEquals(id(settlement), legOf(after, 0).getString("settled_by"));
  }

  @Test
  void aReversalTakesBackInFullOrNotAtAll() {
    fund(1_121, 1_000);
    JsonObject made = settled(id(moved(leg(1_121, 1_122, 300), leg(1_121, 1_123, 200))));
    String path = "/v1/transfers/" + id(made) + "/reversal";
    moved(leg(1_123, 1_124, 1));

    post(path).key("r0").send(new JsonObject()).expect(409, "sources_apart");
    JsonObject second = new JsonObject().put("legs", new JsonArray().add(1));
    post(path).key("r1").send(second).expect(409, "insufficient_funds");
    JsonObject first =
        new JsonObject().put("legs", new JsonArray().add(0)).put("reason", "returned goods");
    post(path + "?dry_run=true").send(first).expect(200);
    JsonObject reversal = post(path).key("r2").send(first).expect(201).body();
    assertEquals("true", post(path).key("r2").send(first).header("Idempotent-Replayed"));
    post(path).key("r3").send(first).expect(409, "already_reversed");

    assertEquals("completed", settled(id(reversal)).getString("state"));
    assertEquals(id(made), reversal.getString("reverses"));
    assertEquals(800, balance(1_121));
    assertEquals(
        id(reversal), legOf(get("/v1/transfers/" + id(made)), 0).getString("reversed_by"));
    post("/v1/transfers/" + id(reversal) + "/reversal")
        .key("r4")
        .send()
        .expect(404, "transfer_not_found");
  }

  @Test
  void heldMoneyIsTakenInPartsAndAskedAfter() {
    fund(1_131, 1_000);
    JsonObject asked =
        new JsonObject()
            .put("owner_id", "1131")
            .put("amount", Api.money(500))
            .put("kind", "external")
            .put("expires_at", inAnHour());
    JsonObject hold = post("/v1/holds").key("h1").send(asked).expect(201).body();
    String path = "/v1/holds/" + id(hold);

    JsonObject part = new JsonObject().put("amount", 100).put("to", Long.toString(SHOP + 32));
    JsonObject posted = post(path + "/post").key("h2").send(part).expect(200).body();
    assertEquals(400, posted.getJsonObject("held_amount").getInteger("amount"));
    assertEquals("hold_post", settled(posted.getString("last_transfer_id")).getString("kind"));
    assertEquals(100, balance(SHOP + 32));
    post(path + "/release").key("h3").send().expect(409, "hold_outcome_unknown");
    operator("/v1/sandbox/clock/advance").send(new JsonObject().put("by_ms", 3_700_000));
    JsonArray due = get("/v1/holds?state=asked").getJsonArray("items");
    assertEquals(id(hold), id(due.getJsonObject(0)));
    JsonObject rest = new JsonObject().put("amount", 50).put("final", true);
    JsonObject over = post(path + "/post").key("h4").send(rest).expect(200).body();

    assertEquals("released", over.getString("state"));
    assertEquals("final post", over.getString("receipt"));
    assertTrue(get("/v1/holds?state=asked").getJsonArray("items").isEmpty());
    assertEquals(850, balance(1_131));
    assertEquals("released", get(path).getString("state"));
    post(path + "/post").key("h5").send(part).expect(409, "hold_closed");
  }

  private static JsonObject item(String op, JsonObject rest) {
    return rest.put("op", op);
  }

  @Test
  void aBulkGivesEachCommandItsResult() {
    fund(1_141, 100);
    JsonArray commands =
        new JsonArray()
            .add(item("transfer", transfer(leg(1_141, 1_142, 60))).put("idempotency_key", "b1"))
            .add(item("transfer", transfer(leg(1_141, 1_142, 60))).put("idempotency_key", "b2"))
            .add(item("transfer", transfer(leg(1_141, 1_142, 40))).put("idempotency_key", "b3"));
    JsonObject asked = new JsonObject().put("policy", "best_effort").put("commands", commands);

    JsonObject first = post("/v1/bulk").send(asked).expect(200).body();
    JsonObject again = post("/v1/bulk").send(asked).expect(200).body();

    assertEquals(2, first.getInteger("succeeded"));
    JsonArray results = first.getJsonArray("results");
    assertEquals(201, results.getJsonObject(0).getInteger("status"));
    assertEquals(
        "insufficient_funds",
        results.getJsonObject(1).getJsonObject("problem").getString("code"));
    assertEquals(
        id(results.getJsonObject(2).getJsonObject("transfer")),
        id(again.getJsonArray("results").getJsonObject(2).getJsonObject("transfer")));
    assertTrue(again.getJsonArray("results").getJsonObject(2).getBoolean("replayed"));
    assertEquals(0, balance(1_141));
  }

  @Test
  void aBulkStopsOrIsAllOrNone() {
    fund(1_151, 100);
    JsonArray keyed =
        new JsonArray()
            .add(item("transfer", transfer(leg(1_151, 1_152, 200))).put("idempotency_key", "c1"))
            .add(item("transfer", transfer(leg(1_151, 1_152, 10))).put("idempotency_key", "c2"));
    JsonObject stopped =
        post("/v1/bulk")
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
    Api.Reply refused = post("/v1/bulk").key("d1").send(none).expect(409, "insufficient_funds");
    assertTrue(refused.body().getString("detail").startsWith("commands[2]"));
    assertEquals(100, balance(1_151));
    JsonObject all = new JsonObject().put("policy", "all_or_none").put("commands", good);
    assertTrue(
        post("/v1/bulk?dry_run=true").send(all).expect(200).body().getBoolean("dry_run"));
    JsonObject done = post("/v1/bulk").key("d2").send(all).expect(200).body();
    Api.Reply again = post("/v1/bulk").key("d2").send(all).expect(200);

    assertEquals(2, done.getInteger("succeeded"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(
        id(done.getJsonArray("results").getJsonObject(1).getJsonObject("transfer")),
        id(again.body().getJsonArray("results").getJsonObject(1).getJsonObject("transfer")));
    assertEquals(70, balance(1_151));
  }

  @Test
  void aStatementIsExportedWholeAndHarmless() {
    fund(1_171, 100_000);
    JsonArray commands = new JsonArray();
    for (int i = 0; i < 999; i++) {
      commands.add(
          item("transfer", transfer(leg(1_171, 1_181, 1 + i % 7)))
              .put("reference", i == 0 ? "=HYPERLINK(\"http://x\",\"y\")" : "order, " + i));
    }
    Api.Reply booked =
        post("/v1/bulk")
            .key("e1")
            .send(new JsonObject().put("policy", "all_or_none").put("commands", commands))
            .expect(200);
    String position = String.valueOf(booked.header("Hongbao-Position"));

    Api.Reply csv =
        api.get("/v1/accounts/1171/statement/export?asset=CNY&min_position=" + position)
            .as(service)
            .send()
            .expect(200);

    String[] lines = csv.text().split("\r\n", -1);
    assertEquals(1_002, lines.length, "header, 1000 entries, nothing behind the last line");
    assertEquals(
        "id,at,kind,asset,amount,balance_after,ref_kind,ref_id,reference,position", lines[0]);
    assertTrue(lines[1].contains(",top_up,CNY,100000,100000,transaction,"), lines[1]);
    assertTrue(lines[2].contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","), lines[2]);
    assertTrue(lines[3].contains(",transfer_out,CNY,-2,"), lines[3]);
    assertTrue(lines[3].contains(",\"order, 1\","), lines[3]);
    assertTrue(lines[1_000].contains("," + balance(1_171) + ",transfer,"), lines[1_000]);
    assertEquals("", lines[1_001]);
    assertEquals(position, csv.header("Hongbao-As-Of"));
    String before = lines[1].split(",", -1)[1];
    Api.Reply none =
        api.get("/v1/accounts/1171/statement/export?asset=CNY&before=" + before)
            .as(service)
            .send()
            .expect(200);
    assertEquals(lines[0] + "\r\n", none.text());
    JsonObject then =
        get("/v1/accounts/1171/balance?asset=CNY&min_position=" + position + "&at=" + before);
    assertEquals(100_000, then.getLong("balance"));
  }

  @Test
  void aUserExportsOnlyTheOwnStatement() {
    String token = api.users(1_191, 1, 300).getFirst();

    Api.Reply own = api.get("/v1/accounts/me/statement/export?asset=CNY").as(token).send();
    assertEquals(200, own.status());
    assertFalse(own.text().isEmpty());
    api.get("/v1/accounts/1191").as(token).send().expect(403, "forbidden");
    api.get("/v1/accounts/1191/statement/export?asset=CNY").as(token).send().expect(403);
    assertNotEquals("", own.header("Hongbao-As-Of"));
  }
}
