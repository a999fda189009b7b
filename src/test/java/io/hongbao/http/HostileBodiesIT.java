// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and ids that a client should not send; the lower levels are in {@link HostileInputIT}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesIT {

  private static final long ROOM = 88_001;
  private static final String GOOD =
      "{'kind':'lucky','total':{'asset':'CNY','amount':100},'count':3,"
          + "'audience':{'room_id':'88001'}}";

  private TestServer server;
  private Api api;
  private List<String> users;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(20_001, 3, 1_000_000);
    api.publicRoom(ROOM);
  }

  @AfterAll
  void stop() throws Exception {
    // Whatever was thrown at it: it still serves, and its books balance.
    api.send(users.get(0), new JsonObject(GOOD.replace('\'', '"')));
    assertTrue(api.trialBalance().getBoolean("balanced"));
    server.close();
  }

  private Api.Reply send(String body) {
    return api.post("/v1/red-packets")
        .as(users.get(0))
        .key(api.newKey())
        .header("Content-Type", "application/json")
        .sendText(body.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "[]",
        "'text'",
        "1",
        "null",
        "{'kind':}",
        "{'a':1}x",
        "{} {}",
        "{'a':01}",
        "{'a':NaN}",
        "{'a':'\\x'}",
        "{'a':'\u0001'}",
        "{'a':'\\ud800'}",
        "\uFEFF{}",
        "<xml/>",
        "{'kind':'lucky','kind':'lucky'}",
        "{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':"
            + "{'a':{'a':{'a':{'a':{'a':{'a':{'a':1}}}}}}}}}}}}}}}}}}"
      })
  void refusesWhatIsNoJsonObject(String body) {
    send(body).expect(400, "malformed_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'amount':100  | 'amount':-1                   | malformed_request",
        "'amount':100  | 'amount':0                    | malformed_request",
        "'amount':100  | 'amount':1.0                  | malformed_request",
        "'amount':100  | 'amount':1e3                  | malformed_request",
        "'amount':100  | 'amount':'100'                | malformed_request",
        "'amount':100  | 'amount':null                 | malformed_request",
        "'amount':100  | 'amount':true                 | malformed_request",
        "'amount':100  | 'amount':[100]                | malformed_request",
        "'amount':100  | 'amount':9007199254740992     | malformed_request",
        "'amount':100  | 'amount':9223372036854775808  | malformed_request",
        "'amount':100  | 'amount':99999999999999999999999999999999 | malformed_request",
        "'amount':100  | 'amount':100,'more':1         | unknown_field",
        "'count':3     | 'count':0                     | malformed_request",
        "'count':3     | 'count':-3                    | malformed_request",
        "'count':3     | 'count':2147483648            | malformed_request",
        "'count':3     | 'count':3.5                   | malformed_request",
        "'count':3     | 'cuont':3                     | malformed_request",
        "'count':3     | 'count':3,'extra':{}          | unknown_field",
        "'lucky'       | 'Lucky'                       | malformed_request",
        "'lucky'       | 7                             | malformed_request",
        "'CNY'         | 'cny'                         | malformed_request",
        "'CNY'         | 'C'                           | malformed_request",
        "'88001'       | 88001                         | malformed_request",
        "'88001'       | '088001'                      | malformed_request",
        "'88001'       | '9007199254740992'            | malformed_request",
        "'88001'       | '-1'                          | malformed_request",
        "'count':3     | 'count':3,'nonce':'!!'        | malformed_request",
        "'count':3     | 'count':3,'cover':'a b'       | malformed_request",
        "'count':3     | 'count':3,'greeting':'a\\u0000b' | malformed_request",
        "'count':3     | 'count':3,'greeting':5        | malformed_request",
        "'count':3     | 'count':3,'pay_with':'cash'   | malformed_request",
        "'count':3     | 'count':3,'pay_with':{}       | malformed_request",
        "'count':3     | 'count':3,'grab_mode':'x'     | malformed_request",
        "{'room_id':'88001'} | []                      | malformed_request",
      })
  void refusesWhatIsNotTheContracts(String good, String bad, String code) {
    assertTrue(GOOD.contains(good), good);

    send(GOOD.replace(good, bad)).expect(400, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'CNY'         | 'XYZ'                         | unknown_asset",
        "'amount':100  | 'amount':9007199254740991     | total_out_of_range",
        "'count':3     | 'count':501                   | count_out_of_range",
        "'count':3     | 'count':101                   | share_too_small",
        "'lucky'       | 'equal'                       | indivisible",
        "{'room_id':'88001'} | {}                      | audience_invalid",
        "{'room_id':'88001'} | {'room_id':'88001','user_id':'5'} | audience_invalid",
        "'88001'       | '77001'                       | not_a_member",
        "'count':3     | 'count':3,'pay_with':{'provider':'none'} | provider_unknown",
      })
  void refusesByRule(String good, String bad, String code) {
    send(GOOD.replace(good, bad)).expect(409, code);
  }

  @Test
  void refusesALongGreetingByItsCharacters() {
    String greeting = "🧧".repeat(61);
    send(GOOD.replace("'count':3", "'count':3,'greeting':'" + greeting + "'"))
        .expect(409, "greeting_too_long");
    send(GOOD.replace("'count':3", "'count':3,'greeting':'" + greeting.substring(2) + "'"))
        .expect(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1204540170000042317",
        "9204540170000042317",
        "8999999999999999999",
        "1000000000000000000",
        "0204540170000042317",
        "12045401700000423170",
        "120454017000004231",
        "abc",
        "-1",
        "1204540170000042317%00",
        "9223372036854775808",
        "1.5",
        "%F0%9F%A7%A7",
        "..%2f..%2fetc"
      })
  void guessedPacketsDoNotExist(String id) {
    api.open(users.get(0), id).expect(404, "not_found");
    api.get("/v1/red-packets/" + id).as(users.get(0)).send().expect(404, "not_found");
    api.get("/v1/red-packets/" + id + "/proof").as(users.get(0)).send().expect(404, "not_found");
  }

  @Test
  void onesOwnNeighbourIsNotGuessed() {
    String id = api.send(users.get(0), new JsonObject(GOOD.replace('\'', '"'))).getString("id");
    long mine = Long.parseLong(id);
    for (long step : new long[] {1, 1000, -1, -1000, 1_000_000}) {
      api.open(users.get(1), Long.toString(mine + step)).expect(404, "not_found");
    }
  }
}
