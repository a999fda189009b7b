// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.TreeMap;

/**
 * What one client has of a room and what it was told that it lost; refuses any frame that does not
 * add up.
 */
final class RoomReader {

  /** What is shown, by sequence. */
  final TreeMap<Long, String> shown = new TreeMap<>();

  long leftOutCount;
  long start = -1;
  long last = -1;
  long epoch;
  int cuts;

  /** Takes what a join was answered. */
  void joined(JsonObject joined) {
    long sequence = joined.getLong("sequence");
    if (start < 0) {
      start = sequence;
      last = sequence;
    }
    JsonObject gap = joined.getJsonObject("gap");
    if (gap != null) {
      assertEquals("too_old", gap.getString("reason"), joined::encode);
      assertEquals(last + 1, gap.getLong("from"), joined::encode);
      leftOutCount += gap.getLong("count");
      last = gap.getLong("to");
    }
    assertEquals(last, sequence, joined::encode);
    epoch = joined.getLong("epoch");
  }

  /** Takes a frame. */
  void entries(JsonObject frame) {
    long from = frame.getLong("from");
    long to = frame.getLong("to");
    assertEquals(last + 1, from, "frames follow each other");
    long count = 0;
    for (Object one : frame.getJsonArray("items")) {
      JsonObject item = (JsonObject) one;
      count += show(item.getLong("seq"), item, from, to);
      JsonArray also = item.getJsonArray("also", new JsonArray());
      assertEquals(also.size() + 1, item.getInteger("times", 1), item::encode);
      for (Object sequence : also) {
        count += show(((Number) sequence).longValue(), item, from, to);
      }
    }
    for (Object one : frame.getJsonArray("left_out", new JsonArray())) {
      JsonObject range = (JsonObject) one;
      assertTrue(range.getLong("from") >= from && range.getLong("to") <= to, frame::encode);
      leftOutCount += range.getLong("count");
      count += range.getLong("count");
    }
    assertEquals(to - from + 1, count, "a frame accounts for all that it speaks of");
    last = to;
  }

  private int show(long sequence, JsonObject item, long from, long to) {
    assertTrue(sequence >= from && sequence <= to, item::encode);
    String text =
        item.getString("kind").equals("chat") ? item.getString("text") : item.getString("kind");
    assertTrue(shown.put(sequence, text) == null, () -> "twice: " + item.encode());
    return 1;
  }

  /** Reads until a sequence was reached, or the server cuts; whether it was reached. */
  boolean readUntil(WsClient client, long sequence, java.util.function.LongConsumer onFrame)
      throws Exception {
    try {
      while (last < sequence) {
        JsonObject json = client.json();
        if (json.getString("op").equals("joined")) {
          joined(json);
        } else if (json.getString("op").equals("entries")) {
          entries(json);
          onFrame.accept(last);
        }
      }
      return true;
    } catch (EOFException | SocketException cut) {
      cuts++;
      return false;
    } catch (IOException closed) {
      assertTrue(String.valueOf(closed.getMessage()).contains("4008"), closed::toString);
      cuts++;
      return false;
    }
  }

  /** What to say to go on. */
  String join(String density) {
    return start < 0
        ? "{\"op\":\"join\",\"room\":\"7\",\"density\":\"%s\"}".formatted(density)
        : "{\"op\":\"join\",\"room\":\"7\",\"density\":\"%s\",\"resume\":{\"epoch\":%d,\"sequence\":%d}}"
            .formatted(density, epoch, last);
  }
}
