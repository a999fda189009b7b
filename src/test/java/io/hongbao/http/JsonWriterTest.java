// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.BrokenInvariantException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  private final JsonWriter json = new JsonWriter();

  @Test
  void writesEveryKindOfValueInItsPlace() {
    json.beginObject()
        .field("number", -7)
        .field("flag", true)
        .field("text", "a\"b")
        .name("id")
        .id(1204540170000042317L)
        .name("at")
        .time(1_771_243_200_000L)
        .name("position")
        .position(17, 90412)
        .name("hash")
        .hex(new byte[] {0, (byte) 0xff, 0x1a})
        .name("code")
        .base64Url(new byte[] {(byte) 0xff, (byte) 0xfe})
        .name("amount")
        .money("CNY", 10000)
        .name("list")
        .beginArray()
        .value(1)
        .beginObject()
        .endObject()
        .beginArray()
        .endArray()
        .value("x")
        .endArray()
        .endObject();

    assertEquals(
        """
        {"number":-7,"flag":true,"text":"a\\"b","id":"1204540170000042317",\
        "at":"2026-02-16T12:00:00.000Z","position":"17:90412","hash":"00ff1a","code":"__4",\
        "amount":{"asset":"CNY","amount":10000},"list":[1,{},[],"x"]}\
        """,
        new String(json.toBytes(), UTF_8));
  }

  @Test
  void writesLongsToTheirEnds() {
    json.beginArray();
    long[] numbers = {0, -1, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE};
    for (long number : numbers) {
      json.value(number);
    }
    json.endArray();

    assertEquals(
        "[0,-1,9,10,-10,99,100,9223372036854775807,-9223372036854775808]",
        json.toBuffer().toString());
  }

  @Test
  void escapesWhatMustBeEscapedAndNothingElse() {
    json.beginArray().value("\u0000\b\n\r\t\u001f \"\\/\u007fé中😀\u2028").endArray();

    assertEquals(
        "[\"\\u0000\\u0008\\n\\r\\t\\u001f \\\"\\\\/\u007fé中😀\u2028\"]",
        new String(json.toBytes(), UTF_8));
  }

  @Test
  void replacesHalvesOfSurrogatePairs() {
    json.beginArray().value("\ud83d").value("\ude00").value("a\ud83d\ud83d\ude00b").endArray();

    assertEquals("[\"\ufffd\",\"\ufffd\",\"a\ufffd😀b\"]", new String(json.toBytes(), UTF_8));
  }

  @Test
  void readersGetBackAnyText() {
    long seed = 42;
    var random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        int point = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000);
        text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
      }
      json.reset().beginObject().field("t", text.toString()).endObject();

      String read = new JsonObject(json.toBuffer()).getString("t");
      assertEquals(text.toString(), read, "seed " + seed + ", run " + run);
      assertArrayEquals(
          new JsonObject().put("t", read).getString("t").getBytes(UTF_8),
          text.toString().getBytes(UTF_8));
    }
  }

  @Test
  void growsAndGivesTheMemoryBack() {
    String large = "中".repeat(JsonWriter.KEEP_BYTES_MAX);
    json.beginArray().value(large).endArray();

    assertEquals(large, new JsonArray(json.toBuffer()).getString(0));
    assertEquals(0, json.reset().sizeBytes());
    assertEquals("[1]", json.beginArray().value(1).endArray().toBuffer().toString());
  }

  @Test
  void refusesADocumentThatIsNotWhole() {
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().toBytes());
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().beginObject().toBytes());
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().beginObject().value(1));
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().beginArray().name("a"));
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().beginArray().endObject());
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().value(1).value(2));
    assertThrows(
        BrokenInvariantException.class, () -> new JsonWriter().beginObject().name("a").endObject());
    assertThrows(BrokenInvariantException.class, () -> new JsonWriter().beginObject().name("é"));
  }
}
