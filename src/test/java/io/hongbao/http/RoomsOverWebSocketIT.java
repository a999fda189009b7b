// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.GatewayCatalogue;
import io.hongbao.config.Settings;
import io.hongbao.gateway.WsClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    server =
        TestServer.start(
            directory,
            // No marks of presence between what is looked for.
            Map.of(Settings.DATA_SANDBOX, "true", GatewayCatalogue.PRESENCE_EVERY, "1h"));
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
    try (WsClient client =
        WsClient.open(server.port(), PATH, "Sec-WebSocket-Protocol: hongbao.v1")) {
      assertTrue(client.head().get(0).contains("101"), client.head()::toString);
      assertEquals("welcome", client.json().getString("op"));
      client.say("{\"op\":\"join\",\"room\":\"1001\"}");
      JsonObject joined = client.json();
      assertEquals("joined", joined.getString("op"), joined::encode);

      say(0, 1001, "hello 世界");

      JsonObject entries = client.json("entries");
      JsonObject item = entries.getJsonArray("items").getJsonObject(0);
      assertEquals("hello 世界", item.getString("text"), entries::encode);
      assertEquals("20001", item.getString("user_id"));
      assertEquals(joined.getLong("sequence") + 1, item.getLong("seq"));
    }
  }

  private WsClient open() throws Exception {
    return WsClient.open(server.port(), PATH, "Sec-WebSocket-Protocol: hongbao.v1");
  }

  private String ticketOf(int user) {
    return api.post("/v1/tickets")
        .as(users.get(user))
        .send()
        .expect(201)
        .body()
        .getString("ticket");
  }

  private static String text(JsonObject entries) {
    return entries.getJsonArray("items").getJsonObject(0).getString("text");
  }

  @Test
  void whoComesBackGetsWhatWasSaidMeanwhile() throws Exception {
    JsonObject joined;
    try (WsClient client = open()) {
      client.say("{\"op\":\"join\",\"room\":\"1002\"}");
      joined = client.json("joined");
    }
    say(1, 1002, "one");
    say(2, 1002, "two");

    try (WsClient client = open()) {
      client.say(
          "{\"op\":\"join\",\"room\":\"1002\",\"resume\":{\"epoch\":%d,\"sequence\":%d}}"
              .formatted(joined.getLong("epoch"), joined.getLong("sequence")));
      JsonObject again = client.json("joined");
      assertEquals(joined.getLong("sequence"), again.getLong("sequence"));
      JsonObject entries = client.json("entries");
      assertEquals(2, entries.getJsonArray("items").size(), entries::encode);
      assertEquals("one", text(entries));
    }
    try (WsClient client = open()) {
      client.say("{\"op\":\"join\",\"room\":\"1002\",\"resume\":{\"epoch\":7,\"sequence\":3}}");
      JsonObject gap = client.json("joined").getJsonObject("gap");
      assertEquals("new_epoch", gap.getString("reason"));
      assertEquals(4L, gap.getLong("from"));
    }
  }

  @Test
  void aTicketLetsInOnceAndBringsThePrivateStream() throws Exception {
    String ticket = ticketOf(1);
    JsonObject packet = api.send(users.get(0), Api.packet("lucky", 1_000, 1, 1003));
    try (WsClient client = open()) {
      client.say("{\"op\":\"auth\",\"ticket\":\"" + ticket + "\"}");
      JsonObject authed = client.json("authed");
      assertEquals("20002", authed.getString("user_id"));
      client.say("{\"op\":\"join\",\"room\":\"1003\"}");
      client.json("joined");

      api.open(users.get(1), packet.getString("id")).expect(200);

      JsonObject entries = client.json("private");
      JsonObject item = entries.getJsonArray("items").getJsonObject(0);
      assertEquals("red_packet.opened", item.getString("type"), entries::encode);

      try (WsClient other = open()) {
        other.say("{\"op\":\"auth\",\"ticket\":\"" + ticket + "\"}");
        assertEquals("unauthenticated", other.json("error").getString("code"));
        // The private stream goes on behind a place.
        other.say(
            "{\"op\":\"auth\",\"ticket\":\"%s\",\"after\":\"%s\"}"
                .formatted(ticketOf(1), authed.getString("position")));
        other.json("authed");
        JsonObject again = other.json("private");
        assertEquals(
            "red_packet.opened",
            again.getJsonArray("items").getJsonObject(0).getString("type"),
            again::encode);
      }
    }
  }

  /** Whoever gets a packet must not hear what its sender has left. */
  @Test
  void thePrivateStreamShowsNobodysBalanceToAnother() throws Exception {
    try (WsClient client = openAs(2);
        WsClient sender = openAs(0)) {
      JsonObject packet = Api.packet("exclusive", 500, 1, 0);
      packet.put("audience", new JsonObject().put("user_id", "20003"));
      api.send(users.get(0), packet);

      JsonObject sent = sender.json("private").getJsonArray("items").getJsonObject(0);
      assertEquals("red_packet.sent", sent.getString("type"), sent::encode);
      assertTrue(sent.getJsonObject("data").containsKey("balance_after"), sent::encode);
      JsonObject items = client.json("private");
      assertEquals(1, items.getJsonArray("items").size(), items::encode);
      assertEquals(
          "red_packet.created",
          items.getJsonArray("items").getJsonObject(0).getString("type"),
          items::encode);
      assertFalse(items.encode().contains("balance_after"), items::encode);
    }
  }

  /** The codes of its packets are money: who is no member any more hears them no more. */
  @Test
  void whoIsTakenOutOfAPrivateRoomReadsItNoMore() throws Exception {
    operator("/v1/operator/rooms")
        .send(
            new JsonObject().put("room_id", "1201").put("members", JsonArray.of("20001", "20002")))
        .expect(201);
    try (WsClient client = openAs(1)) {
      client.say("{\"op\":\"join\",\"room\":\"1201\"}");
      client.json("joined");

      operator("/v1/operator/rooms/1201/members")
          .send(new JsonObject().put("remove", JsonArray.of("20002")))
          .expect(200);

      JsonObject told = client.json();
      assertEquals("not_found", told.getString("code"), told::encode);
      assertEquals("1201", told.getString("room"), told::encode);
      say(0, 1201, "among us");
      client.say("{\"op\":\"ping\"}");
      assertEquals("pong", client.json().getString("op"));
    }
  }

  @Test
  void moneyIsSeenInTheRoom() throws Exception {
    try (WsClient client = open()) {
      client.say("{\"op\":\"join\",\"room\":\"1004\"}");
      client.json("joined");

      JsonObject packet = api.send(users.get(0), Api.packet("lucky", 1_000, 2, 1004));

      JsonObject entries = client.json("entries");
      JsonObject item = entries.getJsonArray("items").getJsonObject(0);
      assertEquals("red_packet.sent", item.getString("kind"), entries::encode);
      assertTrue(item.encode().contains(packet.getString("id")), item::encode);
    }
  }

  @Test
  void aRevokedTokenEndsTheStreamWithinASecond() throws Exception {
    List<String> own = api.users(20_101, 1, 0);
    try (WsClient client =
        WsClient.open(server.port(), PATH, "Authorization: Bearer " + own.get(0))) {
      assertEquals("20101", client.json("welcome").getString("user_id"));
      long before = System.nanoTime();
      api.post("/v1/operator/tokens/revoke")
          .as(api.operatorKey())
          .send(new JsonObject().put("token", own.get(0)));
      api.call("DELETE", "/v1/tokens/current").as(own.get(0)).send();
      assertEquals(4001, client.closeCode());
      assertTrue(System.nanoTime() - before < 1_000_000_000L, "within a second");
    }
  }

  private WsClient openAs(int user) throws Exception {
    WsClient client = open();
    client.say("{\"op\":\"auth\",\"ticket\":\"" + ticketOf(user) + "\"}");
    client.json("authed");
    return client;
  }

  private Api.Call operator(String path) {
    return api.post(path).as(api.operatorKey()).header("Hongbao-Cause", "a test");
  }

  @Test
  void whoIsBannedIsPutOutOfTheRoomAndOfNoOther() throws Exception {
    operator("/v1/operator/rooms/1008/moderators")
        .send(new JsonObject().put("add", JsonArray.of("20001")))
        .expect(200);
    try (WsClient client = openAs(2)) {
      client.say("{\"op\":\"join\",\"room\":\"1008\"}");
      client.json("joined");
      client.say("{\"op\":\"join\",\"room\":\"1009\"}");
      client.json("joined");

      api.post("/v1/rooms/1008/sanctions")
          .as(users.get(0))
          .send(new JsonObject().put("user_id", "20003").put("kind", "ban").put("seconds", 600))
          .expect(201);

      JsonObject told = client.json("error");
      assertEquals("banned", told.getString("code"), told::encode);
      assertEquals("1008", told.getString("room"), told::encode);
      say(0, 1008, "not for him");
      say(0, 1009, "for him");
      assertEquals("for him", text(client.json("entries")));
      client.say("{\"op\":\"join\",\"room\":\"1008\"}");
      assertEquals("not_found", client.json("error").getString("code"));
    }
    api.get("/v1/rooms/1008/stream").as(users.get(2)).send().expect(404, "not_found");
    try (WsClient client = open()) {
      // Whoever does not say who he is reads what everybody may read; and is put out when he does.
      client.say("{\"op\":\"join\",\"room\":\"1008\"}");
      client.json("joined");
      client.say("{\"op\":\"auth\",\"ticket\":\"" + ticketOf(2) + "\"}");
      assertEquals("1008", client.json("error").getString("room"));
    }
  }

  @Test
  void whoWaitsInSlowModeHearsWhatBecameOfIt() throws Exception {
    operator("/v1/operator/rooms/1007/moderators")
        .send(new JsonObject().put("add", JsonArray.of("20001")))
        .expect(200);
    api.post("/v1/rooms/1007/rules")
        .as(users.get(0))
        .send(new JsonObject().put("messages_per_s", 1))
        .expect(200);
    try (WsClient client = openAs(3)) {
      say(3, 1007, "at once");
      JsonObject ticket =
          api.post("/v1/rooms/1007/danmaku")
              .as(users.get(3))
              .key(api.newKey())
              .send(new JsonObject().put("text", "later"))
              .expect(202)
              .body();

      JsonObject note = client.json("note");

      assertEquals("slow_mode", note.getString("kind"), note::encode);
      JsonObject became = note.getJsonObject("ticket");
      assertEquals(ticket.getString("ticket_id"), became.getString("ticket_id"));
      assertEquals("said", became.getString("state"), note::encode);
    }
  }

  @Test
  void bilibilisPacketsWorkOnTheSamePort() throws Exception {
    byte[] body = "{\"uid\":0,\"roomid\":1005,\"protover\":0}".getBytes(StandardCharsets.UTF_8);
    ByteBuffer packet = ByteBuffer.allocate(16 + body.length);
    packet.putInt(16 + body.length).putShort((short) 16).putShort((short) 1);
    packet.putInt(7).putInt(1).put(body);
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(packet.array());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertEquals("{\"code\":0}", packet(in, 8));

      say(3, 1005, "over tcp");

      String danmu = packet(in, 5);
      assertTrue(danmu.startsWith("{\"cmd\":\"DANMU_MSG\""), danmu);
      assertTrue(danmu.contains("over tcp"), danmu);
      new JsonObject(danmu);
    }
  }

  private static String packet(DataInputStream in, int operation) throws Exception {
    int size = in.readInt();
    assertEquals(16, in.readShort());
    in.readShort();
    assertEquals(operation, in.readInt());
    in.readInt();
    return new String(in.readNBytes(size - 16), StandardCharsets.UTF_8);
  }

  @Test
  void eventsComeAsServerSentEvents() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              "GET /v1/rooms/1006/stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String status = in.readLine();
      if (!status.equals("HTTP/1.1 200 OK")) {
        throw new AssertionError(status + in.lines().toList());
      }
      String line = in.readLine();
      while (!line.equals("event: joined")) {
        line = in.readLine();
      }
      say(3, 1006, "by sse");
      while (!line.startsWith("data: {\"op\":\"entries\"")) {
        line = in.readLine();
      }
      assertEquals("by sse", text(new JsonObject(line.substring(6))));
    }
  }
}
