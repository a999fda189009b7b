// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The event feed over HTTP, on one server for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsOverHttpIT {

  private static final long ROOM = 901;
  private static final Map<Setting, String> SETTINGS =
      Map.of(
          Settings.DATA_SANDBOX, "true",
          Settings.EVENTS_HEARTBEAT, "100ms",
          Settings.JOURNAL_SEGMENT_BYTES, "1MiB");

  private Path directory;
  private TestServer server;
  private Api api;
  private EventReader events;

  @BeforeAll
  void start(@TempDir Path own) throws Exception {
    directory = own;
    open();
    api.publicRoom(ROOM);
  }

  private void open() throws Exception {
    server = TestServer.start(directory, SETTINGS);
    api = server.api();
    events = new EventReader(api);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private String latest() {
    return events.page("?after=latest").getString("next_cursor");
  }

  private static JsonObject room(long id) {
    return new JsonObject().put("room_id", Long.toString(id)).put("public", true);
  }

  private void openRoom(long id) {
    api.post("/v1/operator/rooms").as(api.operatorKey()).send(room(id)).expect(201);
  }

  /** What clients were told under load, and what the feed says, are the same. */
  @Test
  void tellsWhatClientsWereToldAndNothingElse() throws Exception {
    String from = latest();
    List<String> users = api.users(30_001, 40, 10_000);
    Set<String> told = java.util.concurrent.ConcurrentHashMap.newKeySet();
    List<CompletableFuture<Void>> crowd = new ArrayList<>();
    for (int sender = 0; sender < 4; sender++) {
      String token = users.get(sender);
      crowd.add(CompletableFuture.runAsync(() -> play(token, users, told)));
    }
    CompletableFuture.allOf(crowd.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    until(() -> count(from, "red_packet.credited") == count(from, "red_packet.opened"));

    List<JsonObject> all = events.all(from, "&types=red_packet.*");

    Set<String> seen = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    for (JsonObject event : all) {
      assertTrue(ids.add(event.getString("id")), "an event comes once");
      JsonObject data = event.getJsonObject("data");
      if (event.getString("type").equals("red_packet.opened")) {
        seen.add(
            data.getString("packet_id")
                + " "
                + data.getInteger("place")
                + " "
                + data.getJsonObject("amount").getLong("amount")
                + " "
                + event.getString("position"));
      }
    }
    assertEquals(new TreeSet<>(told), seen);
    inOrderOfCause(all);
  }

  private void play(String sender, List<String> users, Set<String> told) {
    for (int i = 0; i < 5; i++) {
      String id = api.send(sender, Api.packet("lucky", 1_000, 10, ROOM)).getString("id");
      for (String user : users.subList(0, 10)) {
        Api.Reply reply = api.open(user, id).expect(200);
        JsonObject share = reply.body();
        told.add(
            id
                + " "
                + share.getInteger("place")
                + " "
                + share.getJsonObject("amount").getLong("amount")
                + " "
                + reply.header("Hongbao-Position"));
      }
    }
  }

  private long count(String from, String type) {
    return events.all(from, "&types=" + type).size();
  }

  private static void inOrderOfCause(List<JsonObject> all) {
    Set<String> happened = new TreeSet<>();
    for (JsonObject event : all) {
      JsonObject data = event.getJsonObject("data");
      String packet = data.getString("packet_id");
      String share = packet + " " + data.getInteger("place");
      switch (event.getString("type")) {
        case "red_packet.sent" -> happened.add(packet + " sent");
        case "red_packet.created" -> {
          assertTrue(happened.contains(packet + " sent"));
          happened.add(packet + " created");
        }
        case "red_packet.opened" -> {
          assertTrue(happened.contains(packet + " created"));
          happened.add(share);
        }
        case "red_packet.credited" -> assertTrue(happened.contains(share));
        default -> {}
      }
    }
  }

  @Test
  void aCursorIsGoodAfterARestart() throws Exception {
    openRoom(1_001);
    String cursor = latest();
    List<JsonObject> before = events.all(null, "");
    server.close();

    open();

    assertEquals(before, events.all(null, ""));
    openRoom(1_002);
    List<JsonObject> after = events.all(cursor, "");
    assertEquals(1, after.size());
    assertEquals("1002", after.getFirst().getJsonObject("subject").getString("id"));
  }

  @Test
  void aLongPollWakesAtOnceAndEndsInTime() throws Exception {
    String cursor = latest();
    long began = System.nanoTime();
    JsonObject none = events.page("?wait_s=1&after=" + cursor);
    long waitedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    assertTrue(none.getJsonArray("items").isEmpty());
    assertTrue(waitedMs >= 1_000 && waitedMs < 2_500, () -> "waited " + waitedMs + " ms");

    List<Long> lagsMs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String from = none.getString("next_cursor");
      CompletableFuture<Long> woken =
          CompletableFuture.supplyAsync(
              () -> {
                JsonObject page = events.page("?wait_s=20&types=room.opened&after=" + from);
                assertEquals(1, page.getJsonArray("items").size());
                none.put("next_cursor", page.getString("next_cursor"));
                return System.nanoTime();
              });
      TimeUnit.MILLISECONDS.sleep(20);
      openRoom(1_100 + i);
      long answered = System.nanoTime();
      lagsMs.add(TimeUnit.NANOSECONDS.toMillis(woken.get(20, TimeUnit.SECONDS) - answered));
    }
    lagsMs.sort(null);
    assertTrue(lagsMs.get(10) < 50, () -> "lags in ms: " + lagsMs);
  }

  @Test
  void aStreamGoesOnWhereItWasCut() throws Exception {
    String cursor = latest();
    String last;
    List<String> seen = new ArrayList<>();
    try (EventReader.Stream stream =
        events.stream("?types=room.opened&after=" + cursor, null, api.operatorKey())) {
      for (long id = 1_200; id < 1_210; id++) {
        openRoom(id);
      }
      for (int i = 0; i < 6; i++) {
        seen.add(subject(stream.next()));
      }
      last = stream.lastId();
    }
    openRoom(1_210);

    try (EventReader.Stream stream =
        events.stream("?types=room.opened&after=latest", last, api.operatorKey())) {
      for (int i = 0; i < 5; i++) {
        seen.add(subject(stream.next()));
      }
      openRoom(1_211);
      seen.add(subject(stream.next()));
      stream.heartbeat();
    }

    List<String> wanted = new ArrayList<>();
    for (long id = 1_200; id <= 1_211; id++) {
      wanted.add(Long.toString(id));
    }
    assertEquals(wanted, seen);
  }

  private static String subject(JsonObject event) {
    assertNotNull(event, "the stream has ended");
    return event.getJsonObject("subject").getString("id");
  }

  /** A reader who does not read keeps nobody waiting and finds everything when he reads again. */
  @Test
  void aSlowStreamMissesNothing() throws Exception {
    String cursor = latest();
    JsonArray crowd = new JsonArray();
    for (int i = 0; i < 450; i++) {
      crowd.add(Long.toString(40_001 + i));
    }
    List<String> wanted = new ArrayList<>();
    try (EventReader.Stream stream =
        events.stream("?types=room.*&after=" + cursor, null, api.operatorKey())) {
      // Some 8 KB each, more than sockets and queue hold together.
      for (long id = 1_300; id < 1_600; id++) {
        api.post("/v1/operator/rooms")
            .as(api.operatorKey())
            .send(room(id).put("public", false).put("members", crowd))
            .expect(201);
        wanted.add(Long.toString(id));
        wanted.add(Long.toString(id));
      }
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < wanted.size(); i++) {
        seen.add(subject(stream.next()));
      }
      assertEquals(wanted, seen);
    }
  }

  @Test
  void aRevokedKeyEndsItsStreamsAndWaitsWithinASecond() throws Exception {
    JsonObject key =
        api.post("/v1/operator/keys")
            .as(api.operatorKey())
            .send(
                new JsonObject()
                    .put("name", "reader")
                    .put("role", "service")
                    .put("scopes", new JsonArray().add("events:read")))
            .expect(201)
            .body();
    String secret = key.getString("secret");
    try (EventReader.Stream stream = events.stream("?after=latest", null, secret)) {
      CompletableFuture<Api.Reply> waiting =
          CompletableFuture.supplyAsync(
              () -> api.get("/v1/events?after=latest&wait_s=25").as(secret).send());
      stream.heartbeat();
      api.call("DELETE", "/v1/operator/keys/" + key.getString("id"))
          .as(api.operatorKey())
          .send()
          .expect(200);
      long revoked = System.nanoTime();

      JsonObject event = stream.next();
      while (event != null) {
        event = stream.next();
      }
      waiting.get(20, TimeUnit.SECONDS).expect(401, "unauthenticated");

      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked);
      assertTrue(tookMs < 1_000, () -> "ended after " + tookMs + " ms");
    }
    assertThrows(IOException.class, () -> events.stream("", null, secret));
  }

  @Test
  void refusesWhatIsNoGoodQuery() throws Exception {
    for (String query :
        List.of(
            "?after=e1", "?types=nothing", "?types=", "?limit=0", "?limit=1001", "?wait_s=26")) {
      api.get("/v1/events" + query).as(api.operatorKey()).send().expect(400, "malformed_request");
    }
    api.get("/v1/events?what=1").as(api.operatorKey()).send().expect(400, "unknown_field");
    api.get("/v1/events").send().expect(401, "unauthenticated");
    String user = api.users(31_001, 1, 0).getFirst();
    api.get("/v1/events").as(user).send().expect(403, "forbidden");
    String foreign = "e64.1.0123456789abcdef";
    api.get("/v1/events?after=" + foreign)
        .as(api.operatorKey())
        .send()
        .expect(410, "cursor_unknown");
    assertThrows(IOException.class, () -> events.stream("", foreign, api.operatorKey()));
    assertFalse(events.page("?limit=1").getJsonArray("items").isEmpty());
  }

  private static void until(java.util.function.BooleanSupplier condition) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNanos, "it never happened");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
