// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.Book.Opened;
import io.hongbao.app.Book.Packet;
import io.hongbao.app.Book.Share;
import io.hongbao.app.HttpCalls.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox lives through days: what expires returns to the fen, what is old is still read. */
class ClockIT {

  private static final int USERS = 30;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;
  private static final int PATIENCE_MS = 30_000;

  @TempDir private Path directory;

  private Book book;

  @Test
  void restsReturnAfter24HoursAndWhatLeftMemoryIsStillRead() throws Exception {
    long seed = Seeds.of("ClockIT");
    Path data = directory.resolve("data");
    Instant movedTo;

    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
      calls.makePublicRoom(Crowd.ROOM);
      try (Crowd crowd = new Crowd(book, calls, seed, "c-").start()) {
        crowd.untilAnswers(500);
      }
      BookCheck check = new BookCheck(book, calls);
      check.run();

      advance(calls, Duration.ofHours(24));
      awaitBalances(calls, book.balancesAfterExpiry());
      check.booksBalance();
      Map<String, JsonObject> before = readAll(calls);

      advance(calls, Duration.ofHours(73));
      awaitRest(calls);
      awaitReadModel(calls);
      // What the read model did not have yet when its time came is asked again after a minute.
      movedTo = advance(calls, Duration.ofMinutes(2));
      awaitRest(calls);
      assertEquals(before, readAll(calls), "packets read from memory and from the read model");
      opensOfOldPackets(calls);
      awaitBalances(calls, book.balancesAfterExpiry());
      check.booksBalance();
      assertEquals(0, server.stop().exitCode());
    }

    ServerProcess.Outcome verified = Commands.run("verify", "--data", data.toString());
    assertEquals(0, verified.exitCode(), verified::toString);
    assertTrue(verified.out().contains(" 0 packets in memory"), verified::out);
    theClockGoesOnAfterARestart(data, movedTo);
  }

  private static Instant advance(HttpCalls calls, Duration by) throws Exception {
    JsonObject body = new JsonObject().put("by_ms", by.toMillis());
    Reply reply = calls.operatorPost("/v1/sandbox/clock/advance", null, body).expect(200);
    return Instant.parse(reply.body().getString("now"));
  }

  private void awaitBalances(HttpCalls calls, Map<Long, Long> expected) throws Exception {
    new BookCheck(book, calls).balancesAre(expected);
  }

  /**
   * Every packet as its sender sees it, without the position, which the read model may not know.
   */
  private Map<String, JsonObject> readAll(HttpCalls calls) throws Exception {
    Map<String, JsonObject> packets = new TreeMap<>();
    for (Packet packet : book.packets()) {
      String path = "/v1/red-packets/" + packet.id();
      Reply reply = calls.get(path, book.token(packet.senderId())).expect(200);
      JsonObject body = reply.body();
      body.remove("position");
      assertTrue(List.of("expired", "empty").contains(body.getString("state")), body::encode);
      packets.put(packet.id(), body);
    }
    return packets;
  }

  // Evictions are journaled: when the positions of all partitions stand still, they are done.
  private static void awaitRest(HttpCalls calls) throws Exception {
    String before = "";
    int unchanged = 0;
    for (int waitedMs = 0; unchanged < 5; waitedMs += 100) {
      assertTrue(waitedMs < PATIENCE_MS, "the partitions do not come to rest");
      TimeUnit.MILLISECONDS.sleep(100);
      JsonArray partitions =
          calls.operatorGet("/v1/operator/trial-balance").body().getJsonArray("partitions");
      StringBuilder positions = new StringBuilder();
      for (int i = 0; i < partitions.size(); i++) {
        positions.append(partitions.getJsonObject(i).getString("position")).append(' ');
      }
      unchanged = positions.toString().equals(before) ? unchanged + 1 : 0;
      before = positions.toString();
    }
  }

  // On a busy machine the read model may be many seconds behind.
  private void awaitReadModel(HttpCalls calls) throws Exception {
    String token = book.token(FIRST_USER);
    JsonArray partitions =
        calls.operatorGet("/v1/operator/trial-balance").body().getJsonArray("partitions");
    for (int i = 0; i < partitions.size(); i++) {
      String position = partitions.getJsonObject(i).getString("position");
      String path = "/v1/red-packets/sent?min_position=" + position;
      Reply reply = calls.get(path, token);
      for (int tries = 0; reply.status() == 503 && tries < PATIENCE_MS / 1_000; tries++) {
        TimeUnit.SECONDS.sleep(1);
        reply = calls.get(path, token);
      }
      reply.expect(200);
    }
  }

  private void opensOfOldPackets(HttpCalls calls) throws Exception {
    List<Opened> again = new ArrayList<>();
    for (Packet packet : book.packets()) {
      Map<Long, Share> shares = book.sharesOf(packet.id());
      if (!shares.isEmpty()) {
        again.add(new Opened(packet.id(), shares.keySet().iterator().next()));
      }
    }
    assertFalse(again.isEmpty());
    for (Opened opened : again) {
      Reply reply = Crowd.open(calls, book, opened);
      book.openTold(opened, reply);
      assertEquals(200, reply.status(), reply::toString);
      assertFalse(reply.body().getBoolean("first"), reply::toString);
    }
    for (Packet packet : book.packets()) {
      for (long userId : book.users()) {
        if (!book.sharesOf(packet.id()).containsKey(userId)) {
          Reply reply = Crowd.open(calls, book, new Opened(packet.id(), userId));
          assertEquals(410, reply.status(), reply::toString);
          break;
        }
      }
    }
    assertEquals(List.of(), book.wrongs());
  }

  private static void theClockGoesOnAfterARestart(Path data, Instant movedTo) throws Exception {
    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      String now = calls.operatorGet("/v1/time").expect(200).body().getString("now");
      assertTrue(Instant.parse(now).isAfter(movedTo), () -> now + " is before " + movedTo);
      assertEquals(0, server.stop().exitCode());
    }
  }
}
