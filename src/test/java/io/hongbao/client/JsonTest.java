// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's own reader and writer, held against another one. */
class JsonTest {

  @Test
  void readsEveryKindOfValue() {
    Map<String, Object> read =
        Json.readObject(
            """
             { "text": "a\\"b\\\\c\\/\\u5de5\\n\\t", "whole": -9007199254740991, "part": 1.5e2,
              "yes": true, "no": false, "none": null, "list": [1, [], {}], "object": {"a": {}} }
            """);

    assertEquals("a\"b\\c/工\n\t", read.get("text"));
    assertEquals(-9007199254740991L, read.get("whole"));
    assertEquals(150.0, read.get("part"));
    assertEquals(true, read.get("yes"));
    assertEquals(false, read.get("no"));
    assertEquals(List.of(1L, List.of(), Map.of()), read.get("list"));
    assertEquals(Map.of("a", Map.of()), read.get("object"));
    assertEquals(8, read.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "\"",
        "\"\\",
        "\"\\u12",
        "\"\\u12xy\"",
        "\"\\q\"",
        "tru",
        "nul",
        "1 2",
        "--1",
        "1.2.3",
        "e",
        "{\"a\" 1}",
        "[1 2]"
      })
  void refusesWhatIsNoJson(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.read(text));
  }

  @Test
  void refusesToDigTooDeep() {
    String deep = "[".repeat(Json.DEPTH_MAX);
    assertEquals(1, ((List<?>) Json.read("[" + "[]" + "]")).size());
    assertThrows(IllegalArgumentException.class, () -> Json.read(deep + "[" + "]".repeat(65)));
    assertThrows(IllegalArgumentException.class, () -> Json.readObject("[]"));
  }

  @Test
  void writesWhatAnotherReaderUnderstandsAndReadsItBack() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Map<String, Object> value = object(random, 3);
      String text = Json.write(value);

      assertEquals(value, Json.read(text), "seed " + seed + ", number " + i);
      assertEquals(
          new JsonObject(text), new JsonObject(new JsonObject(text).encode()), "number " + i);
    }
  }

  private static Map<String, Object> object(Random random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(random), value(random, depth));
    }
    return map;
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> random.nextLong(-1L << 53, 1L << 53);
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(1000) + 0.25;
      case 3 -> text(random);
      case 4 -> object(random, depth - 1);
      default -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(64) : 0x1f600 + i);
    }
    return text.toString();
  }
}
