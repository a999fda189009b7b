// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hongbao.live.AppendHandler;
import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import io.hongbao.live.RoomLogs;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * One evening of a room, as it was recorded: what people said, gave and took back, money, marks,
 * and the pauses between them. Played into a room's log, it is what every protocol must bring.
 */
final class RecordedLog {

  private static final String FILE = "/rooms/recorded-log.jsonl";
  private static final int WHITE_RGB = 0xFFFFFF;
  private static final int SIZE_ORDINARY = 25;

  private final List<JsonObject> lines = new ArrayList<>();

  /** What the log holds, in the words that {@link Heard} uses; of talk, as it was said. */
  final NavigableMap<Long, String> entries = new ConcurrentSkipListMap<>();

  /** What stands there of talk that was taken back. */
  final Map<Long, String> recalled = new HashMap<>();

  // Where each entry stands, for protocols that do not say.
  private final Map<String, Long> places = new ConcurrentHashMap<>();

  /** Talk as it stands in the end, in order. */
  final List<Chat> chats = new ArrayList<>();

  final Set<Long> money = new HashSet<>();

  RecordedLog() throws Exception {
    try (InputStream in = RecordedLog.class.getResourceAsStream(FILE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(new JsonObject(line));
      }
    }
  }

  /** How many entries it will play. */
  long count() {
    return lines.stream().filter(line -> !line.containsKey("pause_ms")).count();
  }

  long placeOf(String word) {
    Long place = places.get(word);
    if (place == null) {
      throw new AssertionError("nothing of the log: " + word);
    }
    return place;
  }

  /** Plays it behind what the room's log has already. */
  void play(RoomLogs logs, long roomId) throws InterruptedException {
    long base = logs.tail(roomId).lastSequence();
    long epoch = logs.tail(roomId).epoch();
    for (JsonObject line : lines) {
      if (line.containsKey("pause_ms")) {
        TimeUnit.MILLISECONDS.sleep(line.getInteger("pause_ms"));
      } else {
        append(logs, roomId, entry(line, epoch, base));
      }
    }
  }

  /** Appends one entry; nobody else appends to the room. */
  void append(RoomLogs logs, long roomId, RoomEntry entry) throws InterruptedException {
    long place = entries.isEmpty() ? 1 : entries.lastKey() + 1;
    String word = Heard.word(entry);
    entries.put(place, word);
    places.put(word, place);
    while (!logs.append(roomId, entry, AppendHandler.NOBODY)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Compares with the room's log when all is in it. */
  void take(RoomLogs logs, long roomId) {
    List<LogEntry> all = logs.read(roomId, 0, Integer.MAX_VALUE);
    assertEquals(entries.size(), all.size());
    for (LogEntry entry : all) {
      String word = Heard.word(entry.entry());
      switch (entry.entry()) {
        case Chat chat when chat.isRecalled() -> recalled.put(entry.sequence(), word);
        case Chat chat -> chats.add(chat);
        case MoneyEvent unused -> money.add(entry.sequence());
        default -> {}
      }
      if (!recalled.containsKey(entry.sequence())) {
        assertEquals(entries.get(entry.sequence()), word);
      }
    }
    assertFalse(recalled.isEmpty());
  }

  private static RoomEntry entry(JsonObject line, long epoch, long base) {
    String kind = line.getString("kind");
    return switch (kind) {
      case "chat" ->
          new Chat(
              line.getLong("id"),
              line.getLong("user"),
              line.getString("name"),
              line.getString("text"),
              Position.valueOf(line.getString("position", "scroll").toUpperCase(Locale.ROOT)),
              line.getInteger("colour", WHITE_RGB),
              line.getInteger("size", SIZE_ORDINARY),
              line.getLong("video_ms", -1L));
      case "gift" ->
          new Gift(
              line.getLong("id"),
              line.getLong("user"),
              line.getString("name"),
              line.getString("gift"),
              line.getString("gift_name"),
              line.getInteger("count"),
              line.getLong("value"));
      case "presence" -> new Presence(line.getLong("watching"), line.getLong("joined"));
      case "recall" ->
          new Recall(
              epoch,
              base + line.getLong("sequence"),
              Recall.By.valueOf(line.getString("by").toUpperCase(Locale.ROOT)));
      case "notice" -> new Notice(line.getString("code"), line.getString("text"));
      default ->
          new MoneyEvent(
              kind,
              line.getInteger("partition"),
              line.getLong("position"),
              line.getInteger("index"),
              line.getLong("packet"),
              line.getLong("user"),
              line.getLong("amount"),
              line.getJsonObject("data").encode().getBytes(StandardCharsets.UTF_8));
    };
  }
}
