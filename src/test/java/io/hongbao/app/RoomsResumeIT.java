// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.gateway.WsClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server, killed while people talk: who comes back hears that a new epoch has begun, and
 * finds every red packet that was acknowledged, each once.
 */
class RoomsResumeIT {

  private static final int ROUNDS = 2;
  private static final long ROOM = 7;
  private static final long USER = 10_001;

  @TempDir private Path directory;

  @Test
  void whoComesBackAfterAKillIsToldTheGapAndMissesNoMoney() throws Exception {
    Path data = directory.resolve("data");
    Map<Long, String> tokens = null;
    Set<String> sent = new HashSet<>();
    long epoch = 0;
    long sequence = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX)) {
        HttpCalls calls = HttpCalls.to(server);
        if (tokens == null) {
          tokens = calls.seedUsers(USER, 1, 1_000_000);
          calls.makePublicRoom(ROOM);
        }
        try (WsClient client = WsClient.open(server.port(), "/v1/rooms/ws")) {
          client.say(
              "{\"op\":\"join\",\"room\":\"%d\",\"resume\":{\"epoch\":%d,\"sequence\":%d}}"
                  .formatted(ROOM, epoch, sequence));
          JsonObject joined = client.json("joined");
          if (round > 0) {
            JsonObject gap = joined.getJsonObject("gap");
            assertEquals("new_epoch", gap.getString("reason"), joined::encode);
            assertEquals(epoch, gap.getLong("epoch"));
            assertEquals(sequence + 1, gap.getLong("from"));
            assertTrue(joined.getLong("epoch") > epoch, joined::encode);
            assertEquals(sent, packetsUntil(client, sent.size()), "round " + round);
          }
          epoch = joined.getLong("epoch");
          for (int i = 0; i < 5; i++) {
            talk(calls, tokens.get(USER), "words " + i);
            sent.add(send(calls, tokens.get(USER)));
          }
          sequence = lastOf(client, sent.size());
          server.kill();
          assertEnds(client);
        }
      }
    }
  }

  /**
   * What is put back is counted from the end of the journal, not from now: what became durable in
   * the last moment before a crash has reached nobody, however long nothing ran since.
   */
  @Test
  void aServerThatRestedForLongStillBringsTheLastMoney() throws Exception {
    Path data = directory.resolve("rested");
    List<String> settings = new ArrayList<>(ServerProcess.SANDBOX);
    settings.addAll(List.of("--room.log_age", "1s"));
    String id;
    String token;
    try (ServerProcess server = ServerProcess.start(data, settings)) {
      HttpCalls calls = HttpCalls.to(server);
      token = calls.seedUsers(USER, 1, 1_000_000).get(USER);
      calls.makePublicRoom(ROOM);
      id = send(calls, token);
      server.kill();
    }
    TimeUnit.MILLISECONDS.sleep(2_500);
    try (ServerProcess server = ServerProcess.start(data, settings)) {
      String path = "/v1/rooms/" + ROOM + "/danmaku?after=0";
      JsonArray items = new JsonArray();
      for (int i = 0; i < 2_000 && items.isEmpty(); i++) {
        items = HttpCalls.to(server).get(path, token).expect(200).body().getJsonArray("items");
      }
      assertEquals(1, items.size(), items::encode);
      JsonObject item = items.getJsonObject(0);
      assertEquals("red_packet.sent", item.getString("kind"));
      assertEquals(id, item.getJsonObject("data").getString("packet_id"));
    }
  }

  private static void talk(HttpCalls calls, String token, String text) throws Exception {
    calls.call(
        "POST",
        "/v1/rooms/" + ROOM + "/danmaku",
        token,
        UUID.randomUUID().toString(),
        new JsonObject().put("text", text));
  }

  private static String send(HttpCalls calls, String token) throws Exception {
    JsonObject packet =
        new JsonObject()
            .put("kind", "lucky")
            .put("total", HttpCalls.money(100))
            .put("count", 2)
            .put("audience", new JsonObject().put("room_id", Long.toString(ROOM)));
    return calls
        .call("POST", "/v1/red-packets", token, UUID.randomUUID().toString(), packet)
        .expect(201)
        .body()
        .getString("id");
  }

  // The packets that the room shows, each once.
  private static Set<String> packetsUntil(WsClient client, int count) throws IOException {
    Set<String> seen = new HashSet<>();
    while (seen.size() < count) {
      for (Object one : client.json("entries").getJsonArray("items")) {
        JsonObject item = (JsonObject) one;
        if (item.getString("kind").equals("red_packet.sent")) {
          String id = item.getJsonObject("data").getString("packet_id");
          assertTrue(seen.add(id), () -> "twice: " + item.encode());
        }
      }
    }
    return seen;
  }

  // Reads until the newest packet has come; packets of rounds before were read already.
  private static long lastOf(WsClient client, int packets) throws IOException {
    long last = 0;
    int seen = packets - 5;
    while (seen < packets) {
      JsonObject entries = client.json("entries");
      last = entries.getLong("to");
      for (Object one : entries.getJsonArray("items")) {
        seen += ((JsonObject) one).getString("kind").equals("red_packet.sent") ? 1 : 0;
      }
    }
    return last;
  }

  private static void assertEnds(WsClient client) {
    List<Integer> codes = new ArrayList<>();
    try {
      codes.add(client.closeCode());
    } catch (IOException cut) {
      return;
    }
    throw new AssertionError("a killed server said goodbye: " + codes);
  }
}
