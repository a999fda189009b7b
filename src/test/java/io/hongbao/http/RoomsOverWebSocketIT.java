// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.gateway.WsClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is said over HTTP is seen by whoever is in the room by WebSocket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsOverWebSocketIT {

  private static final String PATH = "/v1/rooms/ws";

  @TempDir private static Path directory;

  private TestServer server;
  private Api api;
  private List<String> users;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    users = api.users(20_001, 4, 100_000);
    for (long room = 1001; room < 1010; room++) {
      api.publicRoom(room);
    }
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private void say(int user, long room, String text) {
    api.post("/v1/rooms/" + room + "/danmaku")
        .as(users.get(user))
        .key(api.newKey())
        .send(new JsonObject().put("text", text))
        .expect(201);
  }

  @Test
  void whatIsSaidOverHttpIsSeenInTheRoom() throws Exception {
    try (WsClient client = WsClient.open(server.port(), PATH, "Sec-WebSocket-Protocol: hongbao.v1")) {
      assertTrue(client.head().get(0).contains("101"), client.head()::toString);
      assertEquals("welcome", client.json().getString("op"));
      client.say("{\"op\":\"join\",\"room\":\"1001\"}");
      JsonObject joined = client.json();
      assertEquals("joined", joined.getString("op"), joined::encode);

      say(0, 1001, "hello 世界");

      JsonObject entries = client.json("entries");
      JsonObject item = entries.getJsonArray("items").getJsonObject(0);
      assertEquals("hello 世界", item.getString("text"), entries::encode);
      assertEquals("20001", item.getString("user"));
      assertEquals(joined.getLong("sequence") + 1, item.getLong("seq"));
    }
  }
}
