// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server, killed while people talk and open packets: of chat at most the last {@code
 * room.flush_ms} is lost, of money events none, and each comes once.
 */
class RoomsCrashIT {

  private static final long ROOM = 901;
  private static final String PATH = "/v1/rooms/" + ROOM;
  private static final int ROUNDS = 3;
  private static final int TALKERS = 4;
  private static final long FIRST_USER = 10_001;

  private static final long FLUSH_MS = 200;

  private static final List<String> SETTINGS =
      ServerProcess.plus(
          ServerProcess.SANDBOX,
          "--room.flush_ms=" + FLUSH_MS + "ms",
          "--room.budget=100000",
          "--http.rate_limits=chat:off,write:off,read:off,list:off");

  @TempDir private Path directory;

  /** Something that the server said is done. */
  private record Told(long epoch, long sequence, String what, long atNanos) {}

  private final List<Told> said = new ArrayList<>();
  private final Set<String> opened = new HashSet<>();
  private final Map<Long, Long> stallsMs = new HashMap<>();

  private synchronized void heard(Told told) {
    said.add(told);
  }

  private synchronized void opened(String packetId) {
    opened.add(packetId);
  }

  /** Says one thing after the other until nobody answers. */
  private Thread talker(HttpCalls calls, String token, String name) {
    return new Thread(
        () -> {
          try {
            for (int i = 0; true; i++) {
              String text = name + " " + i;
              HttpCalls.Reply reply =
                  calls.call(
                      "POST", PATH + "/danmaku", token, null, new JsonObject().put("text", text));
              if (reply.code().equals("overloaded")) {
                // The disk stands; nothing is promised then.
                continue;
              }
              JsonObject body = reply.expect(201).body();
              heard(
                  new Told(
                      body.getLong("epoch"),
                      body.getJsonObject("entry").getLong("seq"),
                      text,
                      System.nanoTime()));
            }
          } catch (IOException gone) {
            // It was killed, as it was meant to be.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Sends packets of one share and has them opened until nobody answers. */
  private Thread giver(HttpCalls calls, String sender, String opener, String name) {
    return new Thread(
        () -> {
          try {
            for (int i = 0; true; i++) {
              JsonObject packet =
                  new JsonObject()
                      .put("kind", "equal")
                      .put("total", HttpCalls.money(1))
                      .put("count", 1)
                      .put("audience", new JsonObject().put("room_id", Long.toString(ROOM)));
              JsonObject sent =
                  calls
                      .call("POST", "/v1/red-packets", sender, name + i, packet)
                      .expect(201)
                      .body();
              String id = sent.getString("id");
              calls.call("POST", "/v1/red-packets/" + id + "/open", opener, null, null).expect(200);
              opened(id);
            }
          } catch (IOException gone) {
            // It was killed, as it was meant to be.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  // Sleeps in small pieces; tells how much longer than asked the longest of them took. A machine
  // that lets this thread wait lets the server's wait as well, and no server can promise more.
  private static long sleep(long ms) throws InterruptedException {
    long longestNanos = 0;
    for (long slept = 0; slept < ms; slept += 5) {
      long before = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(5);
      longestNanos = Math.max(longestNanos, System.nanoTime() - before);
    }
    return longestNanos / 1_000_000;
  }

  @Test
  void aKillLosesTheLastWordsAtMostAndNoMoney() throws Exception {
    long seed = Seeds.of("RoomsCrashIT");
    SplittableRandom random = new SplittableRandom(seed);
    Path data = directory.resolve("data");
    Map<Long, Long> killedAtNanos = new TreeMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start(data, SETTINGS);
          HttpCalls calls = HttpCalls.to(server)) {
        Map<Long, String> users = calls.seedUsers(FIRST_USER, TALKERS, 10_000);
        calls.makePublicRoom(ROOM);
        long epoch = calls.get(PATH, users.get(FIRST_USER)).expect(200).body().getLong("epoch");
        List<Thread> threads = new ArrayList<>();
        users.forEach((id, token) -> threads.add(talker(calls, token, id + " in " + epoch)));
        threads.add(
            giver(calls, users.get(FIRST_USER), users.get(FIRST_USER + 1), "r" + round + "-"));
        threads.forEach(Thread::start);
        long stallMs = sleep(1_000 + random.nextInt(500));
        long killedAt = System.nanoTime();
        server.kill();
        stallsMs.put(epoch, stallMs);
        killedAtNanos.put(epoch, killedAt);
        for (Thread thread : threads) {
          thread.join();
        }
      }
    }
    check(data, killedAtNanos, seed);
  }

  private void check(Path data, Map<Long, Long> killedAtNanos, long seed) throws Exception {
    try (ServerProcess server = ServerProcess.start(data, SETTINGS);
        HttpCalls calls = HttpCalls.to(server)) {
      String token = calls.mintTokens(FIRST_USER, 1).get(FIRST_USER);
      long newest = calls.get(PATH, token).expect(200).body().getLong("epoch");
      for (Map.Entry<Long, Long> life : killedAtNanos.entrySet()) {
        assertTrue(life.getKey() < newest, "epochs grow");
        checkWords(calls, token, life.getKey(), life.getValue(), seed);
      }
      checkMoney(calls, token, seed);
    }
  }

  private void checkWords(HttpCalls calls, String token, long epoch, long killedAtNanos, long seed)
      throws Exception {
    Map<Long, String> kept = new TreeMap<>();
    long after = 0;
    while (true) {
      JsonObject page =
          calls
              .get(PATH + "/danmaku?epoch=" + epoch + "&limit=500&after=" + after, token)
              .expect(200)
              .body();
      JsonArray items = page.getJsonArray("items");
      if (items.isEmpty()) {
        break;
      }
      for (Object item : items) {
        JsonObject entry = (JsonObject) item;
        after++;
        assertEquals(after, entry.getLong("seq"), "a gap in epoch " + epoch + ", seed " + seed);
        kept.put(after, entry.getString("text", ""));
      }
    }
    long lost = 0;
    long oldestLostMs = 0;
    long told = 0;
    for (Told each : said) {
      if (each.epoch() != epoch) {
        continue;
      }
      told++;
      if (!kept.containsKey(each.sequence())) {
        lost++;
        long agoMs = (killedAtNanos - each.atNanos()) / 1_000_000;
        oldestLostMs = Math.max(oldestLostMs, agoMs);
      } else {
        assertEquals(each.what(), kept.get(each.sequence()));
      }
    }
    System.out.printf(
        "epoch %d: %d told, %d lost, the oldest %d ms before the kill; a stall of %d ms%n",
        epoch, told, lost, oldestLostMs, stallsMs.get(epoch));
    assertTrue(told > 10, "somebody spoke");
    assertTrue(
        oldestLostMs <= FLUSH_MS + 2 * stallsMs.get(epoch),
        "lost what was said " + oldestLostMs + " ms before, seed " + seed);
  }

  private void checkMoney(HttpCalls calls, String token, long seed) throws Exception {
    Map<String, Integer> times = new HashMap<>();
    String query = "?limit=500&from=2020-01-01T00:00:00Z";
    while (true) {
      JsonObject page = calls.get(PATH + "/danmaku" + query, token).expect(200).body();
      for (Object item : page.getJsonArray("items")) {
        JsonObject entry = (JsonObject) item;
        if (entry.getString("kind").equals("red_packet.opened")) {
          times.merge(entry.getJsonObject("data").getString("packet_id"), 1, Integer::sum);
        }
      }
      if (!page.getBoolean("has_more")) {
        break;
      }
      query = "?limit=500&from=2020-01-01T00:00:00Z&cursor=" + page.getString("next_cursor");
    }
    System.out.printf("%d packets told as opened, %d in the rooms%n", opened.size(), times.size());
    assertTrue(times.keySet().containsAll(opened), "an open is missing, seed " + seed);
    times.forEach((id, count) -> assertEquals(1, count, id + ", seed " + seed));
  }
}
