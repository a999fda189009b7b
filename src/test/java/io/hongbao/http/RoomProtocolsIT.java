// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.GatewayCatalogue;
import io.hongbao.config.Settings;
import io.hongbao.http.RoomClients.Way;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One recorded log, played to every protocol at once: what each client has and what it was told it
 * lost are together the log, exactly.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomProtocolsIT {

  private static final long ROOM = 77_001;
  private static final int PAGE = 100;
  private static final List<Position> DPLAYER_TYPES =
      List.of(Position.SCROLL, Position.TOP, Position.BOTTOM);

  private final RecordedLog log;
  private final List<Heard> all = new ArrayList<>();
  private TestServer server;
  private Api api;
  private String user;

  RoomProtocolsIT() throws Exception {
    log = new RecordedLog();
  }

  @BeforeAll
  void play(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                // Marks are in the recording; others would come between.
                GatewayCatalogue.PRESENCE_EVERY, "1h",
                // So little that who does not read loses most of it.
                GatewayCatalogue.OUTBOX_BYTES, "16KiB",
                GatewayCatalogue.RING_BYTES, "64KiB"));
    api = server.api();
    user = api.users(77_101, 1, 0).get(0);
    api.publicRoom(ROOM);
    int count = clients(new RoomClients(server.port(), ROOM, log, 0)).size();
    RoomClients clients = new RoomClients(server.port(), ROOM, log, count);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Heard>> running = new ArrayList<>();
      for (Callable<Heard> client : clients(clients)) {
        running.add(threads.submit(client));
      }
      for (int i = 1; !clients.started.await(50, TimeUnit.MILLISECONDS); i++) {
        for (Future<Heard> each : running) {
          if (each.isDone()) {
            // Over before it began: says why.
            all.add(each.get());
          }
        }
        log.append(server.roomLogs(), ROOM, new Notice("before-" + i, "before"));
      }
      clients.first.set(log.entries.lastKey() + 1);
      clients.last.set(log.entries.lastKey() + log.count());
      log.play(server.roomLogs(), ROOM);
      while (server.roomLogs().tail(ROOM).lastSequence() < clients.last.get()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      clients.played.countDown();
      for (Future<Heard> each : running) {
        all.add(each.get(60, TimeUnit.SECONDS));
      }
    } finally {
      // Whoever still waits for something hears that it will not come.
      threads.shutdownNow();
    }
    log.take(server.roomLogs(), ROOM);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private static List<Callable<Heard>> clients(RoomClients of) {
    List<Callable<Heard>> clients = new ArrayList<>();
    for (String density : List.of("full", "high", "medium", "low")) {
      clients.add(of.json(density, false, Way.FAST));
      clients.add(of.json(density, true, Way.LEAVES));
      clients.add(of.sse(density, Way.LEAVES));
    }
    clients.add(of.json("full", false, Way.STALLED));
    clients.add(of.json("high", true, Way.STALLED));
    clients.add(of.sse("full", Way.FAST));
    clients.add(of.sse("full", Way.STALLED));
    for (int version : new int[] {0, 2, 3}) {
      clients.add(of.sub(version, Way.FAST));
      clients.add(of.sub(version, Way.STALLED));
      clients.add(of.tcp(version, Way.FAST));
      clients.add(of.tcp(version, Way.STALLED));
    }
    return clients;
  }

  List<String> names() {
    return all.stream().map(each -> each.who).toList();
  }

  private Heard heard(String who) {
    return all.stream().filter(each -> each.who.equals(who)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsHeardAndWhatIsNamedAsLostIsTheLog(String who) {
    heard(who).isTheLog(log);
  }

  @Test
  void thereWasSomethingToLoseAndToMerge() {
    for (String who :
        List.of("json full STALLED", "sse full STALLED", "sub v0 STALLED", "tcp v3 STALLED")) {
      assertTrue(heard(who).lostCount() > 0, () -> who + " lost nothing");
    }
    assertTrue(heard("json low FAST").lostCount() > 0);
    for (String who : List.of("json full FAST", "json high FAST", "sub v2 FAST", "tcp v0 FAST")) {
      assertEquals(0, heard(who).lostCount(), who);
    }
    assertTrue(
        heard("json high FAST").shown.values().stream().anyMatch(word -> word.startsWith("same ")));
  }

  @Test
  void historyIsTheLogBySequenceByPageAndByTime() {
    Heard bySequence = new Heard("history by sequence");
    long after = 0;
    boolean hasMore = true;
    while (hasMore) {
      JsonObject body = get("/danmaku?limit=" + PAGE + "&after=" + after);
      items(body).forEach(item -> history(bySequence, item));
      after = body.getLong("next_after", after);
      hasMore = body.getBoolean("has_more");
    }
    bySequence.isTheLog(log);
    assertEquals(log.entries.keySet(), bySequence.shown.keySet());

    Heard byPage = new Heard("history by page");
    long epoch = server.roomLogs().tail(ROOM).epoch();
    for (int page = 1; page * PAGE <= log.entries.size(); page++) {
      items(get("/danmaku/pages/" + epoch + "/" + page)).forEach(item -> history(byPage, item));
    }
    assertEquals(log.entries.size() / PAGE * PAGE, byPage.shown.size());
    byPage.shown.forEach((place, word) -> assertEquals(bySequence.shown.get(place), word));

    Heard byTime = new Heard("history by time");
    for (int looks = 0; byTime.shown.size() < log.entries.size() && looks < 200; looks++) {
      // The database has it within room.flush_ms.
      byTime.shown.clear();
      String cursor = "?from=2020-01-01T00:00:00Z";
      while (cursor != null) {
        JsonObject body = get("/danmaku" + cursor + "&limit=" + PAGE);
        items(body).forEach(item -> history(byTime, item));
        String next = body.getString("next_cursor");
        cursor = next == null ? null : "?from=2020-01-01T00:00:00Z&cursor=" + next;
      }
    }
    byTime.isTheLog(log);
    assertEquals(bySequence.shown, byTime.shown);
  }

  private JsonObject get(String path) {
    return api.get("/v1/rooms/" + ROOM + path).as(user).send().expect(200).body();
  }

  private static List<JsonObject> items(JsonObject body) {
    List<JsonObject> items = new ArrayList<>();
    body.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
    return items;
  }

  private static void history(Heard heard, JsonObject item) {
    String kind = item.getString("kind");
    String word =
        switch (kind) {
          case "chat" ->
              Heard.chat(
                  Long.parseLong(item.getString("user_id")),
                  item.getString("nickname"),
                  item.getString("text", ""),
                  item.getString("position", ""),
                  Long.parseLong(item.getString("colour", "#0").substring(1), 16),
                  item.getLong("size", 0L));
          case "gift" ->
              Heard.gift(
                  Long.parseLong(item.getString("id")),
                  Long.parseLong(item.getString("user_id")),
                  item.getString("nickname"),
                  item.getString("gift_id"),
                  item.getLong("count"),
                  item.getLong("value"));
          case "presence" -> "presence " + item.getLong("watching");
          case "recall" -> "recall " + item.getLong("of_seq");
          case "notice" -> "notice " + item.getString("code") + " " + item.getString("text");
          default ->
              Heard.money(kind, item.getString("event_id"), item.getJsonObject("data").encode());
        };
    heard.shows(item.getLong("seq"), word);
  }

  @Test
  void dplayerGetsAllTalkThatStands() {
    List<String> wanted = new ArrayList<>();
    for (Chat chat : log.chats) {
      wanted.add(
          DPLAYER_TYPES.indexOf(chat.position())
              + " "
              + chat.colourRgb()
              + " "
              + DplayerRoutes.escaped(chat.nickname())
              + " "
              + DplayerRoutes.escaped(chat.text()));
    }
    List<String> found = List.of();
    for (int looks = 0; found.size() < wanted.size() && looks < 200; looks++) {
      JsonObject body = api.get("/v3/?id=" + ROOM + "&max=5000").send().expect(200).body();
      assertEquals(0, body.getInteger("code"));
      found =
          body.getJsonArray("data").stream()
              .map(JsonArray.class::cast)
              .map(
                  one ->
                      one.getInteger(1)
                          + " "
                          + one.getLong(2)
                          + " "
                          + one.getString(3)
                          + " "
                          + one.getString(4))
              .toList();
    }
    assertEquals(wanted, found);
    assertFalse(found.isEmpty());
  }
}
