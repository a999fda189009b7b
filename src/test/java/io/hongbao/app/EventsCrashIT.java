// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.HookReceiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server, killed under load: who reads on by cursor misses nothing and is told nothing
 * that a crash took back; a webhook gets every event, in order of each subject, some of them twice.
 */
class EventsCrashIT {

  private static final int ROUNDS = 3;
  private static final int USERS = 30;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;
  private static final String TYPES = "&types=red_packet.*";

  @TempDir private Path directory;

  /** Reads on and on, from one life of the server to the next. */
  private static final class Follower implements Runnable {
    private final Map<String, JsonObject> seen = new LinkedHashMap<>();
    private final List<String> twice = new ArrayList<>();
    private String cursor = "latest";
    private HttpCalls calls;

    synchronized void on(HttpCalls next) {
      calls = next;
    }

    @Override
    public void run() {
      boolean isThere = true;
      while (isThere) {
        isThere = step("&wait_s=1");
      }
    }

    /** One page; false when nobody answers. */
    private boolean step(String wait) {
      try {
        JsonObject page =
            calls
                .operatorGet("/v1/events?limit=200&after=" + cursor + TYPES + wait)
                .expect(200)
                .body();
        take(page);
        return true;
      } catch (IOException gone) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private synchronized void take(JsonObject page) {
      for (Object item : page.getJsonArray("items")) {
        JsonObject event = (JsonObject) item;
        if (seen.put(event.getString("id"), event) != null) {
          twice.add(event.getString("id"));
        }
      }
      cursor = page.getString("next_cursor");
    }

    void catchUp() {
      int before = -1;
      while (before < seen.size()) {
        before = seen.size();
        assertTrue(step(""), "the server is there");
      }
    }
  }

  @Test
  void nothingIsMissedAndNothingInventedOverSigkill() throws Exception {
    long seed = Seeds.of("EventsCrashIT");
    SplittableRandom random = new SplittableRandom(seed);
    Path data = directory.resolve("data");
    Follower follower = new Follower();
    Book book = null;
    try (HookReceiver receiver = new HookReceiver()) {
      for (int round = 1; round <= ROUNDS + 1; round++) {
        try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
            HttpCalls calls = HttpCalls.to(server)) {
          follower.on(calls);
          if (book == null) {
            book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
            calls.makePublicRoom(Crowd.ROOM);
            subscribe(calls, receiver);
            follower.step("");
          }
          if (round > ROUNDS) {
            follower.catchUp();
            check(follower, book, calls, receiver);
            assertEquals(0, server.stop().exitCode(), "exit code of the last stop");
            break;
          }
          Thread reading = new Thread(follower, "follower");
          reading.start();
          try (Crowd crowd = new Crowd(book, calls, random.nextLong(), "r" + round + "-").start()) {
            crowd.untilAnswers(200 + random.nextInt(600));
            server.kill();
          }
          reading.join(TimeUnit.SECONDS.toMillis(30));
        }
      }
    }
  }

  private static void subscribe(HttpCalls calls, HookReceiver receiver) throws Exception {
    calls
        .operatorPost(
            "/v1/webhooks",
            null,
            new JsonObject()
                .put("url", receiver.url())
                .put("types", new JsonArray().add("red_packet.*")))
        .expect(201);
  }

  private static void check(Follower follower, Book book, HttpCalls calls, HookReceiver receiver)
      throws Exception {
    // What a reader sees who begins today is what the follower saw, in the same order.
    Follower fresh = new Follower();
    fresh.on(calls);
    fresh.cursor = "e0.0.0000000000000000";
    fresh.catchUp();
    assertEquals(List.of(), follower.twice);
    assertEquals(List.copyOf(fresh.seen.values()), List.copyOf(follower.seen.values()));
    toldIsShown(book, fresh);
    hasAll(receiver, fresh);
    assertEquals(bySubject(fresh.seen.values()), bySubject(firstTimes(receiver)));
    System.out.println(
        "EventsCrashIT: "
            + fresh.seen.size()
            + " events, "
            + (receiver.accepted().size() - fresh.seen.size())
            + " repeated by the webhook");
  }

  private static void toldIsShown(Book book, Follower fresh) {
    Map<String, Long> opened = new TreeMap<>();
    for (JsonObject event : fresh.seen.values()) {
      if (event.getString("type").equals("red_packet.opened")) {
        JsonObject data = event.getJsonObject("data");
        opened.put(
            data.getString("packet_id") + " " + data.getString("user_id"),
            data.getJsonObject("amount").getLong("amount"));
      }
    }
    for (Book.Packet packet : book.packets()) {
      book.sharesOf(packet.id())
          .forEach(
              (user, share) ->
                  assertEquals(share.amountMinor(), opened.get(packet.id() + " " + user)));
    }
  }

  private static void hasAll(HookReceiver receiver, Follower fresh) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    boolean hasAll = false;
    while (!hasAll) {
      assertTrue(System.nanoTime() < endNanos, "the webhook lacks events");
      TimeUnit.MILLISECONDS.sleep(50);
      LinkedHashSet<String> got = new LinkedHashSet<>();
      receiver.accepted().forEach(one -> got.add(one.eventId()));
      hasAll = got.containsAll(fresh.seen.keySet());
    }
  }

  private static List<JsonObject> firstTimes(HookReceiver receiver) {
    Map<String, JsonObject> first = new LinkedHashMap<>();
    receiver.accepted().forEach(one -> first.putIfAbsent(one.eventId(), one.event()));
    return List.copyOf(first.values());
  }

  private static Map<String, List<String>> bySubject(Iterable<JsonObject> events) {
    Map<String, List<String>> bySubject = new TreeMap<>();
    events.forEach(
        event ->
            bySubject
                .computeIfAbsent(
                    event.getJsonObject("subject").getString("id"), id -> new ArrayList<>())
                .add(event.getString("id")));
    return bySubject;
  }
}
