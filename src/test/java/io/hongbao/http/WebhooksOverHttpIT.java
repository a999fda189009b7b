// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import io.hongbao.http.HookReceiver.Got;
import io.hongbao.http.HookReceiver.Mood;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks to a receiver on this machine, on one server for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksOverHttpIT {

  private static final long ROOM = 911;
  private static final Map<Setting, String> SETTINGS =
      Map.of(
          Settings.DATA_SANDBOX, "true",
          Settings.WEBHOOK_TIMEOUT, "300ms",
          Settings.WEBHOOK_RETRY_FIRST, "20ms",
          Settings.WEBHOOK_RETRY_MAX, "100ms",
          Settings.WEBHOOK_ENDPOINTS_MAX, "3");

  private TestServer server;
  private Api api;
  private EventReader events;
  private HookReceiver receiver;
  private JsonObject webhook;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.start(directory, SETTINGS);
    api = server.api();
    events = new EventReader(api);
    api.publicRoom(ROOM);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void subscribe() throws Exception {
    receiver = new HookReceiver();
    webhook = make(receiver.url(), "red_packet.*");
  }

  @AfterEach
  void unsubscribe() {
    operator("DELETE", path()).send();
    receiver.close();
  }

  private Api.Call operator(String method, String path) {
    return api.call(method, path).as(api.operatorKey());
  }

  private JsonObject make(String url, String types) {
    return operator("POST", "/v1/webhooks")
        .send(new JsonObject().put("url", url).put("types", new JsonArray().add(types)))
        .expect(201)
        .body();
  }

  private String path() {
    return "/v1/webhooks/" + webhook.getString("id");
  }

  private JsonObject state() {
    return operator("GET", path()).send().expect(200).body();
  }

  private void play(long firstUser) {
    List<String> users = api.users(firstUser, 4, 10_000);
    for (int i = 0; i < 3; i++) {
      String id = api.send(users.get(0), Api.packet("equal", 30, 3, ROOM)).getString("id");
      for (String user : users.subList(1, 4)) {
        api.open(user, id).expect(200);
      }
    }
  }

  private List<JsonObject> since(String cursor) {
    return events.all(cursor, "&types=red_packet.*");
  }

  // The receiver has them all, each subject's in the order of the log, repeats left out.
  private boolean hasAll(String cursor) {
    List<String> wanted = since(cursor).stream().map(e -> e.getString("id")).toList();
    LinkedHashSet<String> got = new LinkedHashSet<>();
    receiver.accepted().forEach(one -> got.add(one.eventId()));
    return wanted.size() >= 3 * 9 && got.containsAll(wanted);
  }

  private void assertOrderBySubject(String cursor) {
    Map<String, List<String>> wanted = new java.util.TreeMap<>();
    since(cursor).forEach(e -> add(wanted, e));
    Map<String, List<String>> got = new java.util.TreeMap<>();
    receiver.accepted().forEach(one -> add(got, one.event()));
    assertEquals(wanted, got);
  }

  private static void add(Map<String, List<String>> bySubject, JsonObject event) {
    List<String> ids =
        bySubject.computeIfAbsent(
            event.getJsonObject("subject").getString("id"), id -> new ArrayList<>());
    if (!ids.contains(event.getString("id"))) {
      ids.add(event.getString("id"));
    }
  }

  @Test
  void bringsTheSameEventsSignedAndInOrder() throws Exception {
    String cursor = webhook.getString("cursor");

    play(50_001);

    until(() -> hasAll(cursor));
    assertOrderBySubject(cursor);
    Map<String, JsonObject> shown = new java.util.TreeMap<>();
    since(cursor).forEach(e -> shown.put(e.getString("id"), e));
    for (Got got : receiver.accepted()) {
      assertEquals(shown.get(got.eventId()), got.event());
      assertTrue(HookReceiver.isSignedWith(webhook.getString("secret"), got));
      assertFalse(HookReceiver.isSignedWith("whsec_" + "A".repeat(43), got));
    }
    until(() -> state().getInteger("pending") == 0);
    assertNull(state().getString("secret"), "the secret is shown once");
    assertNull(state().getString("failing_since"));
  }

  @Test
  void goesOnWhenAReceiverFailsStallsRedirectsAndRecovers() throws Exception {
    String cursor = webhook.getString("cursor");
    receiver.mood(Mood.FAIL);
    play(51_001);
    until(() -> receiver.all().size() > 4);
    receiver.mood(Mood.STALL);
    int before = receiver.all().size();
    until(() -> receiver.all().size() > before + 1);
    receiver.mood(Mood.REDIRECT);
    until(() -> failures().contains("answered 307; redirects are not followed"));
    until(() -> state().getString("failing_since") != null);
    assertTrue(failures().contains("answered 500"), () -> failures().toString());
    assertTrue(failures().contains("no whole answer in 300 ms"), () -> failures().toString());

    receiver.mood(Mood.ACCEPT);

    until(() -> hasAll(cursor));
    assertOrderBySubject(cursor);
    until(() -> state().getString("failing_since") == null);
  }

  private List<String> failures() {
    return EventReader.objects(
            operator("GET", path() + "/deliveries").send().expect(200).body().getJsonArray("items"))
        .stream()
        .map(one -> one.getString("failure", ""))
        .distinct()
        .toList();
  }

  @Test
  void replaysFromACursorAndSendsOneEventAgain() throws Exception {
    String cursor = webhook.getString("cursor");
    play(52_001);
    until(() -> hasAll(cursor));
    int count = receiver.accepted().size();

    operator("POST", path() + "/replay").send(new JsonObject().put("after", cursor)).expect(200);
    until(() -> receiver.accepted().size() >= 2 * count);
    JsonObject event = since(cursor).getFirst();
    JsonObject again =
        operator("POST", path() + "/deliver")
            .send(new JsonObject().put("cursor", event.getString("cursor")))
            .expect(200)
            .body();

    assertTrue(again.getBoolean("accepted"));
    assertEquals(event.getString("id"), again.getString("event_id"));
    assertEquals(event, receiver.accepted().getLast().event());
    operator("POST", path() + "/replay")
        .send(new JsonObject().put("after", "e64.1.0123456789abcdef"))
        .expect(410, "cursor_unknown");
    operator("POST", path() + "/deliver")
        .send(new JsonObject().put("cursor", "e0.0.0000000000000000"))
        .expect(400, "malformed_request");
  }

  @Test
  void pingsTurnsOffAndRotates() throws Exception {
    JsonObject ping = operator("POST", path() + "/ping").send().expect(200).body();
    assertTrue(ping.getBoolean("accepted"));
    assertEquals("webhook.ping", receiver.accepted().getFirst().event().getString("type"));

    operator("PATCH", path()).send(new JsonObject().put("enabled", false)).expect(200);
    assertEquals("disabled", state().getString("state"));
    String cursor = state().getString("cursor");
    play(53_001);
    JsonObject rotated =
        operator("POST", path() + "/rotate").send(new JsonObject()).expect(200).body();
    assertNotEquals(webhook.getString("secret"), rotated.getString("secret"));
    assertEquals(1, receiver.accepted().size());
    operator("PATCH", path()).send(new JsonObject().put("enabled", true)).expect(200);
    until(() -> hasAll(cursor));

    Got got = receiver.accepted().getLast();
    assertTrue(HookReceiver.isSignedWith(rotated.getString("secret"), got));
    assertTrue(HookReceiver.isSignedWith(webhook.getString("secret"), got), "for a day");
  }

  @Test
  void refusesWhatIsNoWebhook() {
    JsonObject good = new JsonObject().put("url", "https://a.example/h");
    for (JsonObject bad :
        List.of(
            good.copy().put("url", "ftp://a.example/"),
            good.copy().put("url", "https://u:p@a.example/"),
            good.copy().put("types", new JsonArray().add("nothing.*")),
            good.copy().put("types", new JsonArray()),
            good.copy().put("after", "yesterday"),
            good.copy().put("description", "x".repeat(201)))) {
      operator("POST", "/v1/webhooks").send(bad).expect(400, "malformed_request");
    }
    operator("POST", "/v1/webhooks").send(good.copy().put("more", 1)).expect(400, "unknown_field");
    operator("GET", "/v1/webhooks/1").send().expect(404, "not_found");
    operator("PATCH", path()).send(new JsonObject()).expect(400, "malformed_request");
    String user = api.users(54_001, 1, 0).getFirst();
    api.get("/v1/webhooks").as(user).send().expect(403, "forbidden");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      made.add(make("https://a.example/h", "*").getString("id"));
    }
    operator("POST", "/v1/webhooks").send(good).expect(409, "webhook_limit");
    made.forEach(id -> operator("DELETE", "/v1/webhooks/" + id).send().expect(200));
  }

  private static void until(BooleanSupplier condition) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNanos, "it never happened");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
