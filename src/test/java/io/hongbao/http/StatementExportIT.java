// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import static io.hongbao.http.LedgerApi.item;
import static io.hongbao.http.LedgerApi.leg;
import static io.hongbao.http.LedgerApi.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Statements as files: whole, in order, of several pieces, and harmless to spreadsheets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementExportIT {

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
    server.close();
  }

  @Test
  void aStatementIsExportedWholeAndHarmless() {
    ledger.fund(1_171, 100_000);
    JsonArray commands = new JsonArray();
    for (int i = 0; i < 999; i++) {
      commands.add(
          item("transfer", transfer(leg(1_171, 1_181, 1 + i % 7)))
              .put("reference", i == 0 ? "=HYPERLINK(\"http://x\",\"y\")" : "order, " + i));
    }
    Api.Reply booked =
        ledger
            .post("/v1/bulk")
            .key("e1")
            .send(new JsonObject().put("policy", "all_or_none").put("commands", commands))
            .expect(200);
    String position = String.valueOf(booked.header("Hongbao-Position"));

    Api.Reply csv =
        api.get("/v1/accounts/1171/statement/export?asset=CNY&min_position=" + position)
            .as(ledger.service())
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
    assertTrue(lines[1_000].contains("," + ledger.balance(1_171) + ",transfer,"), lines[1_000]);
    assertEquals("", lines[1_001]);
    assertEquals(position, csv.header("Hongbao-As-Of"));
    String before = lines[1].split(",", -1)[1];
    Api.Reply none =
        api.get("/v1/accounts/1171/statement/export?asset=CNY&before=" + before)
            .as(ledger.service())
            .send()
            .expect(200);
    assertEquals(lines[0] + "\r\n", none.text());
    JsonObject then =
        ledger.get(
            "/v1/accounts/1171/balance?asset=CNY&min_position=" + position + "&at=" + before);
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
