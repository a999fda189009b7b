// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one client has of a room and what it was told it lost, whatever it spoke: each entry in
 * words that all protocols can say.
 *
 * <p><b>Thread:</b> its client's, then the test's.
 */
final class Heard {

  private record Range(long from, long to, long count) {}

  private static final String SAME = "same ";

  final String who;
  final NavigableMap<Long, String> shown = new TreeMap<>();
  private final List<Range> lost = new ArrayList<>();
  private long order = -1;

  Heard(String who) {
    this.who = who;
  }

  // ---- words

  static String word(RoomEntry entry) {
    return switch (entry) {
      case Chat it ->
          chat(
              it.userId(),
              it.nickname(),
              it.text(),
              it.position().wireName(),
              it.colourRgb(),
              it.size());
      case Gift it ->
          gift(it.id(), it.userId(), it.nickname(), it.giftId(), it.count(), it.valueMinor());
      case Presence it -> "presence " + it.watching();
      case Recall it -> "recall " + it.sequence();
      case MoneyEvent it ->
          money(it.type(), it.eventId(), new String(it.json(), StandardCharsets.UTF_8));
      case Notice it -> "notice " + it.code() + " " + it.text();
    };
  }

  static String chat(long user, String name, String text, String position, long colour, long size) {
    return "chat " + user + " " + name + look(text, position, colour, size);
  }

  private static String look(String text, String position, long colour, long size) {
    return text.isEmpty()
        ? " recalled"
        : " "
            + position
            + " "
            + String.format(Locale.ROOT, "%06x", colour)
            + " "
            + size
            + " "
            + text;
  }

  static String gift(long id, long user, String name, String gift, long count, long value) {
    return "gift " + id + " " + user + " " + name + " " + gift + " " + count + " " + value;
  }

  static String money(String type, String event, String data) {
    return type + " " + event + " " + data;
  }

  // ---- what clients hear

  void shows(long sequence, String word) {
    assertNull(shown.put(sequence, word), () -> who + " hears twice: " + word);
  }

  void leftOut(long from, long to, long count) {
    lost.add(new Range(from, to, count));
  }

  /** Frames go on behind this sequence. */
  void standsAt(long sequence) {
    assertTrue(order < 0 || order == sequence, () -> who + ": came back at " + sequence);
    order = sequence;
  }

  long newest() {
    long told = lost.isEmpty() ? 0 : lost.getLast().to();
    return Math.max(told, shown.isEmpty() ? 0 : shown.lastKey());
  }

  /** Takes a frame {@code entries} of JSON, by WebSocket or as an event. */
  void frame(JsonObject frame) {
    long from = frame.getLong("from");
    long to = frame.getLong("to");
    assertTrue(order < 0 || from == order + 1, () -> who + ": a gap before " + frame.encode());
    order = to;
    long count = 0;
    for (Object one : frame.getJsonArray("items")) {
      JsonObject item = (JsonObject) one;
      String word = item(item);
      shows(item.getLong("seq"), word);
      JsonArray also = item.getJsonArray("also", new JsonArray());
      assertEquals(also.size() + 1, item.getInteger("times", 1), item::encode);
      for (Object sequence : also) {
        shows(((Number) sequence).longValue(), SAME + lookOf(item));
      }
      count += 1 + also.size();
    }
    for (Object one : frame.getJsonArray("left_out", new JsonArray())) {
      JsonObject range = (JsonObject) one;
      leftOut(range.getLong("from"), range.getLong("to"), range.getLong("count"));
      count += range.getLong("count");
    }
    assertEquals(to - from + 1, count, () -> who + ": " + frame.encode());
  }

  private static String lookOf(JsonObject item) {
    return look(
        item.getString("text", ""),
        item.getString("position", "scroll"),
        Long.parseLong(item.getString("colour", "#ffffff").substring(1), 16),
        item.getLong("size", 25L));
  }

  private static String item(JsonObject item) {
    String kind = item.getString("kind");
    return switch (kind) {
      case "chat" -> {
        assertEquals(item.getBoolean("recalled", false), !item.containsKey("text"), item::encode);
        yield "chat " + item.getString("user_id") + " " + item.getString("nickname") + lookOf(item);
      }
      case "gift" ->
          gift(
              Long.parseLong(item.getString("id")),
              Long.parseLong(item.getString("user_id")),
              item.getString("nickname"),
              item.getString("gift_id"),
              item.getLong("count"),
              item.getLong("value"));
      case "presence" -> "presence " + item.getLong("watching");
      case "recall" -> "recall " + item.getLong("of_seq");
      case "notice" -> "notice " + item.getString("code") + " " + item.getString("text");
      default -> money(kind, item.getString("event_id"), item.getJsonObject("data").encode());
    };
  }

  // ---- whether it adds up

  /** From the first thing that it heard on: all of the log, each entry once, shown or named. */
  void isTheLog(RecordedLog log) {
    long first = shown.firstKey();
    Map<Long, String> whole = log.entries.tailMap(first, true);
    shown.forEach(
        (sequence, word) -> {
          // Whoever read before it was taken back has seen the text.
          assertTrue(
              is(word, whole.get(sequence)) || is(word, log.recalled.get(sequence)),
              () -> who + ", " + sequence + ": " + word + " instead of " + whole.get(sequence));
        });
    long named = 0;
    for (Range range : lost) {
      long missing =
          whole.keySet().stream()
              .filter(each -> each >= range.from && each <= range.to && !shown.containsKey(each))
              .count();
      assertEquals(missing, range.count, () -> who + ": " + range);
      named += range.count;
    }
    assertEquals(whole.size(), shown.size() + named, () -> who + " misses what nobody named");
    for (long sequence : log.money) {
      assertTrue(sequence < first || shown.containsKey(sequence), () -> who + ": money was lost");
    }
  }

  private static boolean is(String word, @Nullable String entry) {
    return entry != null
        && (word.equals(entry)
            || word.startsWith(SAME) && entry.endsWith(word.substring(SAME.length())));
  }

  /** How many it was told it lost. */
  long lostCount() {
    return lost.stream().mapToLong(Range::count).sum();
  }
}
