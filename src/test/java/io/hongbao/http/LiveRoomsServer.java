// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.config.RoomCatalogue;
import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server with three users, of whom the first moderates every room, and words for tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveRoomsServer {

  private static final Map<Setting, String> SETTINGS =
      Map.of(
          Settings.DATA_SANDBOX, "true",
          Settings.HTTP_RATE_LIMITS,
              "read:off,write:off,list:off,address:off,failure:off,chat:60/1h",
          RoomCatalogue.FLUSH_MS, "200ms");

  private Path directory;
  TestServer server;
  Api api;
  private int starts;
  String moderator;
  String guest;
  String other;

  @BeforeAll
  void start(@TempDir Path own) throws Exception {
    directory = own;
    open();
    List<String> users = api.users(10_001, 3, 100_000);
    moderator = users.get(0);
    guest = users.get(1);
    other = users.get(2);
    operator("PUT", "/v1/users/10001").send(new JsonObject().put("nickname", "Tr0ll")).expect(200);
    operator("PUT", "/v1/users/10002").send(new JsonObject().put("nickname", "Lin")).expect(200);
  }

  final void open() throws Exception {
    server = TestServer.start(directory, SETTINGS);
    api = server.api();
    // The keys of the life before are known to the server.
    starts++;
    for (int i = 0; i < starts * 1_000; i++) {
      String unused = api.newKey();
    }
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  final Api.Call operator(String method, String path) {
    return api.call(method, path).as(api.operatorKey()).header("Hongbao-Cause", "test");
  }

  final String room(long roomId) {
    api.publicRoom(roomId);
    operator("POST", "/v1/operator/rooms/" + roomId + "/moderators")
        .send(new JsonObject().put("add", JsonArray.of("10001")))
        .expect(200);
    return "/v1/rooms/" + roomId;
  }

  final Api.Reply say(String room, String token, String text) {
    return api.post(room + "/danmaku").as(token).send(new JsonObject().put("text", text));
  }

  static JsonObject entry(Api.Reply reply) {
    return reply.expect(201).body().getJsonObject("entry");
  }

  final void rules(String room, String name, Object value) {
    api.post(room + "/rules").as(moderator).send(new JsonObject().put(name, value)).expect(200);
  }

  final List<JsonObject> list(String room, String token, String query) {
    return items(api.get(room + "/danmaku" + query).as(token).send().expect(200).body());
  }

  static List<JsonObject> items(JsonObject body) {
    List<JsonObject> items = new ArrayList<>();
    body.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
    return items;
  }

  static List<String> kinds(List<JsonObject> items) {
    return items.stream().map(item -> item.getString("kind")).toList();
  }

  // What is kept is kept within some milliseconds; nobody is told when.
  final List<JsonObject> until(int count, Supplier<List<JsonObject>> read) {
    List<JsonObject> found = read.get();
    for (int i = 0; i < 5_000 && found.size() < count; i++) {
      found = read.get();
    }
    assertEquals(count, found.size());
    return found;
  }
}
