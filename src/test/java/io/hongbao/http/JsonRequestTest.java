// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRequestTest {

  private enum Kind {
    LUCKY,
    LUCKY_FAIR
  }

  private static final Map<String, Kind> KINDS = JsonRequest.wireNames(Kind.class);

  @Test
  void readsAWholeRequest() throws BadRequestException {
    JsonRequest body =
        parse(
            """
            {"kind":"lucky_fair","total":{"asset":"CNY","amount":10000},"count":10,
             "audience":{"room_id":"88001"},"nonce":"aGVsbG8","public":true,
             "at":"2026-02-16T12:00:00Z","ids":["1","9223372036854775807"],
             "notices":[{"after_ms":1},{"after_ms":2}]}\
            """);

    JsonRequest total = body.object("total");
    assertEquals(Kind.LUCKY_FAIR, body.choice("kind", KINDS));
    assertEquals("CNY", total.text("asset", 1, 12));
    assertEquals(10000, total.integer("amount", 1, JsonRequest.INTEGER_MAX));
    assertEquals(10, body.integer("count", 1, 500));
    assertEquals(88001, body.object("audience").id("room_id", JsonRequest.INTEGER_MAX));
    assertEquals("hello", new String(body.base64Url("nonce", 1, 64), StandardCharsets.US_ASCII));
    assertTrue(body.flag("public"));
    assertEquals(1_771_243_200_000L, body.timeMs("at"));
    assertArrayEquals(new long[] {1, Long.MAX_VALUE}, body.ids("ids", Long.MAX_VALUE, 2));
    assertEquals(2, body.objects("notices", 2).get(1).integer("after_ms", 0, 9));
    assertEquals(Kind.LUCKY, body.choiceOr("grab", KINDS, Kind.LUCKY));
    assertEquals(-5, body.idOr("missing", 9, -5));
    assertEquals(7, body.integerOr("missing", 0, 9, 7));
    assertFalse(body.flagOr("missing", false));
    assertNull(body.textOr("missing", 9, null));
    assertNull(body.objectOrNull("missing"));
    // The first notice's field was never asked for.
    assertRefusal(RefusalCode.UNKNOWN_FIELD, "notices[0].after_ms: is not a field here", body::end);
  }

  @Test
  void refusesFieldsThatNobodyAskedFor() throws BadRequestException {
    JsonRequest outer = parse("{\"a\":1,\"totl\":2}");
    outer.integer("a", 0, 9);
    JsonRequest inner = parse("{\"total\":{\"amount\":1,\"asset\":\"X\",\"currency\":\"CNY\"}}");
    JsonRequest total = inner.object("total");
    total.integer("amount", 0, 9);
    total.text("asset", 1, 1);

    assertRefusal(RefusalCode.UNKNOWN_FIELD, "totl: is not a field here", outer::end);
    assertRefusal(RefusalCode.UNKNOWN_FIELD, "total.currency: is not a field here", inner::end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.0 | must be an integer",
        "1e3 | must be an integer",
        "\"1\" | must be an integer",
        "true | must be an integer",
        "null | must not be null",
        "[1] | must be an integer",
        "{} | must be an integer",
        "9223372036854775808 | must be an integer",
        "-9223372036854775809 | must be an integer",
        "99999999999999999999999999999999999999999 | must be an integer",
        "0 | must be 1 to 9007199254740991",
        "-1 | must be 1 to 9007199254740991",
        "9007199254740992 | must be 1 to 9007199254740991",
      })
  void takesOnlyIntegersInTheirRange(String value, String what) throws BadRequestException {
    JsonRequest total = parse("{\"total\":{\"amount\":" + value + "}}").object("total");

    assertRefusal(
        RefusalCode.MALFORMED_REQUEST,
        "total.amount: " + what,
        () -> total.integer("amount", 1, JsonRequest.INTEGER_MAX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0\"",
        "\"01\"",
        "\"-1\"",
        "\"+1\"",
        "\" 1\"",
        "\"1 \"",
        "\"\"",
        "\"x\"",
        "1",
        "\"9223372036854775808\"",
        "\"18446744073709551617\"",
        "\"99999999999999999999\"",
        "\"１\""
      })
  void takesOnlyIdsInTheirOneForm(String value) throws BadRequestException {
    JsonRequest body = parse("{\"user_id\":" + value + "}");

    assertMalformed(() -> body.id("user_id", Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aGVsbG8=", "aGVsbG9=", "aGVsbG+", "a", "aGVsbG9", "aGVs bG8", ""})
  void takesOnlyBase64InItsOneForm(String value) throws BadRequestException {
    JsonRequest body = parse("{\"nonce\":\"" + value + "\"}");

    assertMalformed(() -> body.base64Url("nonce", 1, 64));
  }

  @Test
  void namesWhatIsWrong() throws BadRequestException {
    JsonRequest body =
        parse("{\"kind\":\"LUCKY\",\"ids\":[\"1\",2],\"text\":\"😀😀\",\"t\":\"now\"}");

    assertRefusal(
        RefusalCode.MALFORMED_REQUEST,
        "kind: must be one of lucky, lucky_fair",
        () -> body.choice("kind", KINDS));
    assertRefusal(
        RefusalCode.MALFORMED_REQUEST, "ids[1]: must be a string", () -> body.ids("ids", 9, 9));
    assertRefusal(
        RefusalCode.MALFORMED_REQUEST,
        "ids: must have at most 1 elements",
        () -> body.ids("ids", 9, 1));
    assertRefusal(
        RefusalCode.MALFORMED_REQUEST, "count: is missing", () -> body.integer("count", 0, 1));
    assertEquals("😀😀", body.text("text", 2, 2));
    assertMalformed(() -> body.text("text", 0, 1));
    assertMalformed(() -> body.timeMs("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{",
        "{}}",
        "{} {}",
        "{}x",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":1 /* c */}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ude00\\ud83d\"}",
        "{\"\\ud83d\":1}",
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"\\u0061\":null}}",
        "\ufeff{}",
      })
  void refusesWhatIsNotOneCleanObject(String text) {
    assertMalformed(() -> parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7b2261223a22ff227d", // a byte that UTF-8 never has
        "7b2261223a22c0af227d", // overlong slash
        "7b2261223a22eda0bd227d", // half of a surrogate pair
        "7b2261223a22e4b8227d", // cut off
        "7b2261223a22f4908080227d", // beyond U+10FFFF
        "efbbbf7b7d", // byte order mark
        "7b007d00", // UTF-16
      })
  void refusesBrokenUtf8(String hex) {
    Buffer body = Buffer.buffer(HexFormat.of().parseHex(hex));

    assertMalformed(() -> JsonRequest.parse(body, 100));
  }

  @Test
  void limitsDepthAndSize() throws BadRequestException {
    String deep =
        "{\"a\":".repeat(JsonTree.DEPTH_MAX - 1) + "{}" + "}".repeat(JsonTree.DEPTH_MAX - 1);
    String bottomless = "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

    assertTrue(parse(deep).has("a"));
    assertMalformed(() -> parse("{\"a\":" + deep + "}"));
    assertMalformed(() -> parse(bottomless));
    assertRefusal(
        RefusalCode.BODY_TOO_LARGE,
        "The body may have 3 bytes here.",
        () -> JsonRequest.parse(Buffer.buffer("{   }"), 3));
  }

  @Test
  void takesAMissingBodyWhereItMayMiss() throws BadRequestException {
    JsonRequest body = JsonRequest.parseOrEmpty(Buffer.buffer(), 10);

    assertFalse(body.has("claim_code"));
    body.end();
  }

  @Test
  void neverRepeatsWhatTheClientSent() {
    BadRequestException bad =
        assertThrows(
            BadRequestException.class,
            () -> parse("{\"secret\\u0000\\n<b>\":1,\"secret\\u0000\\n<b>\":2}"));

    assertEquals("(unprintable): stands there twice", bad.detail());
  }

  @Test
  void noBytesMakeItFailInAnotherWay() {
    long seed = 20260216;
    var random = new Random(seed);
    byte[] good =
        "{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\",null,true],\"b\":{\"c\":\"中\"}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        JsonRequest.parse(Buffer.buffer(bytes), 1000);
      } catch (BadRequestException expected) {
        assertEquals(RefusalCode.MALFORMED_REQUEST, expected.code());
      } catch (RuntimeException bug) {
        throw new AssertionError("seed " + seed + ", run " + run, bug);
      }
    }
  }

  private static JsonRequest parse(String text) throws BadRequestException {
    return JsonRequest.parse(Buffer.buffer(text), 100_000);
  }

  private static void assertMalformed(Executable call) {
    BadRequestException bad = assertThrows(BadRequestException.class, call);
    assertEquals(RefusalCode.MALFORMED_REQUEST, bad.code());
  }

  private static void assertRefusal(RefusalCode code, String detail, Executable call) {
    BadRequestException bad = assertThrows(BadRequestException.class, call);
    assertEquals(detail, bad.detail());
    assertEquals(code, bad.code());
  }
}
