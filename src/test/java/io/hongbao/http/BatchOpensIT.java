// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Batches of opens over HTTP: each item as if it had come alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchOpensIT {

  private static final long ROOM = 88_001;
  private static final long FIRST_USER = 20_001;
  private static final int USERS = 600;
  private static final String NEVER_ISSUED = "1204540010000001001";

  private TestServer server;
  private Api api;
  private List<String> users;
  private String gateway;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(FIRST_USER, USERS, 100_000);
    api.publicRoom(ROOM);
    gateway = api.keyOf("gateway", "packets:open");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private JsonArray open(JsonArray items) {
    JsonArray results =
        api.post("/v1/red-packets/opens")
            .as(gateway)
            .send(new JsonObject().put("items", items))
            .expect(200)
            .body()
            .getJsonArray("results");
    assertEquals(items.size(), results.size());
    return results;
  }

  private static JsonObject item(String packetId, int user) {
    return new JsonObject()
        .put("packet_id", packetId)
        .put("user_id", Long.toString(FIRST_USER + user));
  }

  private String packet(long totalMinor, int count) {
    return api.send(users.get(0), Api.packet("lucky", totalMinor, count, ROOM)).getString("id");
  }

  @Test
  void aThousandOpensShareTwoPacketsToTheLastFen() {
    String first = packet(20_000, 500);
    String second = packet(10_000, 400);
    JsonArray items = new JsonArray();
    for (int i = 0; i < 500; i++) {
      items.add(item(first, i)).add(item(second, i));
    }

    JsonArray results = open(items);

    long[] sums = new long[2];
    Set<Integer> places = new HashSet<>();
    int empty = 0;
    for (int i = 0; i < results.size(); i++) {
      JsonObject result = results.getJsonObject(i);
      JsonObject share = result.getJsonObject("share");
      if (share == null) {
        assertEquals(410, result.getInteger("status"));
        assertEquals("empty", result.getJsonObject("problem").getString("code"));
        empty++;
      } else {
        assertEquals(items.getJsonObject(i).getString("packet_id"), share.getString("packet_id"));
        assertTrue(share.getBoolean("first"));
        assertTrue(result.getString("position").matches("\\d+:\\d+"));
        sums[i % 2] += share.getJsonObject("amount").getLong("amount");
        if (i % 2 == 0) {
          places.add(share.getInteger("place"));
        }
      }
    }
    assertEquals(20_000, sums[0]);
    assertEquals(10_000, sums[1]);
    assertEquals(500, places.size());
    assertEquals(100, empty);
    // What was answered is there for a reader who comes alone.
    JsonObject mine = api.open(users.get(3), first).expect(200).body();
    assertFalse(mine.getBoolean("first"));
    assertEquals(
        results.getJsonObject(6).getJsonObject("share").getJsonObject("amount"),
        mine.getJsonObject("amount"));
  }

  @Test
  void eachItemHearsWhatItWouldHearAlone() {
    String packet = packet(100, 2);
    String toOne =
        api.send(
                users.get(0),
                Api.packet("exclusive", 50, 1, 0)
                    .put(
                        "audience", new JsonObject().put("user_id", Long.toString(FIRST_USER + 1))))
            .getString("id");
    JsonArray items =
        new JsonArray()
            .add(item(packet, 1))
            .add(item(packet, 1))
            .add(new JsonObject().put("packet_id", packet).put("token", users.get(2)))
            .add(new JsonObject().put("packet_id", packet).put("token", "nobody's"))
            .add(item(packet, 3))
            .add(item(toOne, 2))
            .add(item(toOne, 0))
            .add(item(toOne, 1))
            .add(item(NEVER_ISSUED, 1));

    JsonArray results = open(items);

    List<Integer> statuses =
        results.stream().map(one -> ((JsonObject) one).getInteger("status")).toList();
    assertEquals(List.of(200, 200, 200, 401, 410, 404, 403, 200, 404), statuses);
    assertTrue(results.getJsonObject(0).getJsonObject("share").getBoolean("first"));
    assertFalse(results.getJsonObject(1).getJsonObject("share").getBoolean("first"));
    assertFalse(results.getJsonObject(1).containsKey("position"));
    for (int i : new int[] {4, 5, 6, 8}) {
      JsonObject item = items.getJsonObject(i);
      int user = (int) (Long.parseLong(item.getString("user_id")) - FIRST_USER);
      JsonObject alone = api.open(users.get(user), item.getString("packet_id")).body();
      JsonObject batched = results.getJsonObject(i).getJsonObject("problem").copy();
      assertEquals(alone.put("request_id", ""), batched.put("request_id", ""), "item " + i);
    }
  }

  @Test
  void anEndedPacketIsReadFromTheReadModel() throws Exception {
    String packet = packet(100, 2);
    open(new JsonArray().add(item(packet, 1)).add(item(packet, 2)));
    for (int day = 0; day < 5; day++) {
      api.post("/v1/sandbox/clock/advance")
          .as(api.operatorKey())
          .send(new JsonObject().put("by_ms", 86_400_000L))
          .expect(200);
      // Evictions run on timers, and look for the read model.
      Thread.sleep(100);
    }

    JsonArray results = open(new JsonArray().add(item(packet, 2)).add(item(packet, 3)));

    assertEquals(200, results.getJsonObject(0).getInteger("status"));
    assertFalse(results.getJsonObject(0).getJsonObject("share").getBoolean("first"));
    assertEquals(410, results.getJsonObject(1).getInteger("status"));
  }

  @Test
  void aMalformedBatchDoesNothing() {
    String packet = packet(100, 2);
    JsonArray items = new JsonArray().add(item(packet, 1)).add(item("12", 2));

    api.post("/v1/red-packets/opens")
        .as(gateway)
        .send(new JsonObject().put("items", items))
        .expect(400, "malformed_request");

    assertTrue(api.open(users.get(1), packet).expect(200).body().getBoolean("first"));
    for (String other :
        List.of(users.get(1), api.operatorKey(), api.keyOf("service", "packets:send"))) {
      api.post("/v1/red-packets/opens")
          .as(other)
          .send(new JsonObject().put("items", new JsonArray().add(item(packet, 2))))
          .expect(403, "forbidden");
    }
  }
}
