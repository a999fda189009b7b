// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.config.Settings;
import io.hongbao.redis.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that shares its count of opens over a real Redis, with two places for each packet.
 *
 * <p>Redis goes last: it would be away still when another test looks.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdmissionIT {

  private static final long ROOM = 4_700;
  private static final int PLACES = 2;

  @TempDir static Path directory;

  private static TestRedis redis;
  private static TestServer server;
  private static Api api;
  private static List<String> users;

  @BeforeAll
  static void start() throws Exception {
    redis = new TestRedis(directory);
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX,
                "true",
                Settings.REDIS_URL,
                redis.url(),
                Settings.REDIS_TIMEOUT,
                "1s",
                Settings.REDPACKET_OPENS_IN_FLIGHT_MAX,
                Integer.toString(PLACES)));
    api = server.api();
    users = api.users(52_001, 8, 10_000);
    api.publicRoom(ROOM);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    redis.close();
  }

  private static String packet(int shares) {
    return api.send(users.getFirst(), Api.packet("lucky", 1_000, shares, ROOM)).getString("id");
  }

  private static String places(String packetId) {
    return "hongbao:admission:" + packetId;
  }

  /** As if opens of other nodes were under way, for a minute. */
  private static void fillFromElsewhere(String packetId) throws Exception {
    long untilMs = new io.hongbao.time.SystemTime().nowMs() + 60_000;
    for (int i = 0; i < PLACES; i++) {
      redis.say("ZADD", places(packetId), Long.toString(untilMs), "elsewhere:" + i);
    }
  }

  @Test
  void anOpenTakesAPlaceAndGivesItBack() throws Exception {
    String packetId = packet(3);

    for (int user = 1; user <= 3; user++) {
      api.open(users.get(user), packetId).expect(200);
    }

    // The way back is not waited for, but it is ahead of this question in the server's queue soon.
    for (int i = 0; i < 200 && redis.say("EXISTS", places(packetId)).equals(":1"); i++) {
      Thread.sleep(5);
    }
    assertEquals(":0", redis.say("EXISTS", places(packetId)));
  }

  @Test
  void aFullPacketTurnsAwayOnlyWhoWouldHaveDrawn() throws Exception {
    String packetId = packet(2);
    String empty = packet(1);
    api.open(users.get(1), packetId).expect(200);
    api.open(users.get(1), empty).expect(200);

    fillFromElsewhere(packetId);
    fillFromElsewhere(empty);

    api.open(users.get(2), packetId).expect(503, "packet_overloaded");
    api.open(users.get(1), packetId).expect(200);
    api.open(users.get(2), empty).expect(410, "empty");

    redis.say("DEL", places(packetId));
    api.open(users.get(2), packetId).expect(200);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void opensGoOnWhileRedisIsGone() throws Exception {
    String packetId = packet(4);
    redis.kill();

    for (int user = 1; user <= 4; user++) {
      api.open(users.get(user), packetId).expect(200);
    }
  }
}
