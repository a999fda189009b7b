// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Live rooms over HTTP; one server for all tests, a room for each. */
class LiveRoomsIT extends LiveRoomsServer {

  @Test
  void whatIsSaidIsReadByEverybodyInTheRoom() {
    String room = room(101);
    JsonObject said =
        entry(
            api.post(room + "/danmaku")
                .as(guest)
                .send(
                    new JsonObject()
                        .put("text", "  新年\t快乐  ")
                        .put("position", "bottom")
                        .put("colour", "#FF8800")
                        .put("size", 36)
                        .put("video_time_ms", 1_500)));

    assertEquals("新年 快乐", said.getString("text"));
    assertEquals("Lin", said.getString("nickname"));
    assertEquals("#ff8800", said.getString("colour"));
    assertEquals(1, said.getLong("seq"));
    assertEquals(List.of(said), list(room, other, ""));
    assertEquals("#10003", entry(say(room, other, "x")).getString("nickname"));
  }

  @Test
  void whoIsNotInTheRoomNeitherSpeaksNorReads() {
    operator("POST", "/v1/operator/rooms")
        .send(new JsonObject().put("room_id", "102").put("members", JsonArray.of("10002")))
        .expect(201);

    say("/v1/rooms/102", guest, "x").expect(201);
    say("/v1/rooms/102", other, "x").expect(404, "room_not_found");
    api.get("/v1/rooms/102/danmaku").as(other).send().expect(404, "room_not_found");
    api.get("/v1/rooms/102").as(other).send().expect(404, "room_not_found");
    api.get("/v1/rooms/9999").as(other).send().expect(404, "room_not_found");
  }

  @Test
  void textsThatAreNoneAreRefused() {
    String room = room(103);
    for (String text : List.of("", " ", "\u200B", "a\u0000", "x".repeat(101))) {
      say(room, guest, text).expect(400, "malformed_request");
    }
    say(room, guest, "x".repeat(100)).expect(201);
  }

  @Test
  void aRepeatWithTheSameKeyIsTheSameMessage() {
    String room = room(104);
    JsonObject body = new JsonObject().put("text", "once");
    JsonObject first = entry(api.post(room + "/danmaku").as(guest).key("k").send(body));
    Api.Reply again = api.post(room + "/danmaku").as(guest).key("k").send(body);

    assertEquals(first, entry(again));
    assertEquals("true", again.header("Idempotent-Replayed"));
    api.post(room + "/danmaku")
        .as(guest)
        .key("k")
        .send(new JsonObject().put("text", "twice"))
        .expect(409, "key_reused");
    assertEquals(1, list(room, guest, "").size());
  }

  @Test
  void aFullRoomLetsWaitInAFairLine() {
    String room = room(105);
    rules(room, "messages_per_s", 1);
    say(room, guest, "first").expect(201);
    JsonObject ticket = say(room, guest, "second").expect(202).body();

    assertEquals("waiting", ticket.getString("state"));
    assertEquals(1, ticket.getInteger("place"));
    Api.Reply more = say(room, guest, "third").expect(409, "already_waiting");
    assertTrue(more.body().getLong("retry_after_ms") > 0);
    JsonObject behind = say(room, other, "of who said nothing yet").expect(202).body();
    assertEquals(1, behind.getInteger("place"));
    String path = room + "/waiting/" + ticket.getString("ticket_id");
    assertEquals(2, api.get(path).as(guest).send().expect(200).body().getInteger("place"));
    api.get(path).as(other).send().expect(404, "not_found");
    assertEquals(
        "cancelled",
        api.call("DELETE", path).as(guest).send().expect(200).body().getString("state"));
    String next = room + "/waiting/" + behind.getString("ticket_id");
    JsonObject now = behind;
    for (int i = 0; i < 20_000 && now.getString("state").equals("waiting"); i++) {
      now = api.get(next).as(other).send().expect(200).body();
    }
    assertEquals("said", now.getString("state"));
    JsonObject said = list(room, guest, "?after=" + (now.getLong("seq") - 1)).getFirst();
    assertEquals("of who said nothing yet", said.getString("text"));
    assertEquals(behind.getString("ticket_id"), said.getString("id"));
  }

  @Test
  void aUserSaysNoMoreThanHisOwnLimitWhoeverCarriesIt() {
    String room = room(106);
    String chatty = api.users(10_900, 1, 0).getFirst();
    Api.Reply reply = say(room, chatty, "x");
    int said = 0;
    while (reply.status() == 201 || reply.status() == 202 || reply.status() == 409) {
      said++;
      reply = say(room, chatty, "x");
    }

    reply.expect(429, "rate_limited");
    assertTrue(said >= 60 && said < 65, "said " + said);
    assertTrue(reply.header("RateLimit-Policy").contains("\"chat\";q=60;w=3600"));
    String service = api.keyOf("service", "rooms:write");
    api.post(room + "/danmaku")
        .as(service)
        .header("Hongbao-User", "10900")
        .send(new JsonObject().put("text", "x"))
        .expect(429, "rate_limited");
  }

  @Test
  void moderatorsDecideWhoSpeaks() {
    String room = room(107);
    api.post(room + "/rules")
        .as(guest)
        .send(new JsonObject().put("closed", true))
        .expect(403, "forbidden");
    rules(room, "closed", true);
    say(room, guest, "x").expect(403, "chat_closed");
    say(room, moderator, "x").expect(201);
    rules(room, "closed", false);
    rules(room, "emotes_only", true);
    say(room, guest, "words").expect(409, "emotes_only");
    say(room, guest, "[laugh]\uD83D\uDE00").expect(201);
    rules(room, "emotes_only", false);
    rules(room, "followers_only", true);
    say(room, guest, "x").expect(403, "followers_only");
    operator("POST", "/v1/operator/rooms/107/followers")
        .send(new JsonObject().put("add", JsonArray.of("10002")))
        .expect(200);
    say(room, guest, "x").expect(201);
    assertEquals(1, api.get(room).as(guest).send().expect(200).body().getInteger("follower_count"));
  }

  @Test
  void whoIsBannedNeitherSpeaksNorReadsUntilItIsLifted() {
    String room = room(108);
    JsonObject ban =
        new JsonObject()
            .put("user_id", "10003")
            .put("kind", "ban")
            .put("seconds", 600)
            .put("reason", "spam");
    api.post(room + "/sanctions").as(moderator).send(ban).expect(201);

    Api.Reply refused = say(room, other, "x").expect(403, "banned");
    assertTrue(Long.parseLong(refused.header("Retry-After")) > 0);
    api.get(room + "/danmaku").as(other).send().expect(403, "banned");
    assertEquals(
        1, items(api.get(room + "/sanctions").as(moderator).send().expect(200).body()).size());
    api.call("DELETE", room + "/sanctions/10003").as(moderator).send().expect(200);
    say(room, other, "x").expect(201);
  }

  @Test
  void whatIsTakenBackHasNoTextAnywhere() {
    String room = room(109);
    long sequence = entry(say(room, guest, "a secret")).getLong("seq");
    String path = room + "/danmaku/" + sequence;
    api.call("DELETE", path).as(other).send().expect(403, "forbidden");
    JsonObject recall =
        api.call("DELETE", path).as(guest).send().expect(200).body().getJsonObject("entry");

    assertEquals("recall", recall.getString("kind"));
    assertEquals("author", recall.getString("by"));
    JsonObject gone = list(room, other, "").getFirst();
    assertTrue(gone.getBoolean("recalled"));
    assertNull(gone.getString("text"));
    api.call("DELETE", path).as(guest).send().expect(404, "not_found");
    List<JsonObject> kept = until(2, () -> list(room, other, "?from=2020-01-01T00:00:00Z"));
    assertTrue(kept.getFirst().getBoolean("recalled"));
  }

  @Test
  void wordsThatAreNotSaidAreFoundInDisguise() {
    String room = room(110);
    operator("POST", "/v1/operator/chat-filter")
        .send(new JsonObject().put("add", JsonArray.of("bad word", "脏话", "troll")))
        .expect(200);

    say(room, guest, "B.Ａ.d w0rd").expect(409, "text_not_allowed");
    say(room, guest, "脏\u200B话").expect(409, "text_not_allowed");
    // Names are looked at when they are shown: the list changes after they were chosen.
    assertEquals("#10001", entry(say(room, moderator, "me")).getString("nickname"));
    operator("POST", "/v1/operator/chat-filter")
        .send(new JsonObject().put("remove", JsonArray.of("BAD WORD", "脏话", "troll")))
        .expect(200);
    assertEquals("Tr0ll", entry(say(room, moderator, "me")).getString("nickname"));
    say(room, guest, "bad word").expect(201);
  }

  @Test
  void moneyEventsStandBetweenTheWordsAndAreNeverRefused() {
    String room = room(111);
    operator("PUT", "/v1/operator/degradation")
        .send(
            new JsonObject()
                .put("modes", new JsonObject().put("chat", "refused"))
                .put("cause", "a test"))
        .expect(200);
    say(room, guest, "x").expect(503, "degraded");
    String id = api.send(moderator, Api.packet("equal", 20, 2, 111)).getString("id");
    api.open(guest, id).expect(200);
    api.open(other, id).expect(200);
    operator("PUT", "/v1/operator/degradation")
        .send(new JsonObject().put("modes", new JsonObject()).put("cause", "a test"))
        .expect(200);

    List<JsonObject> log = until(4, () -> list(room, guest, ""));
    assertEquals(
        List.of("red_packet.sent", "red_packet.opened", "red_packet.opened", "red_packet.empty"),
        kinds(log));
    JsonObject sent = log.getFirst().getJsonObject("data");
    assertEquals(id, sent.getString("packet_id"));
    assertFalse(sent.getString("claim_code").isEmpty());
    assertFalse(sent.getString("commitment").isEmpty());
  }

  @Test
  void whatAnExpiredPacketLeavesIsToldToTheRoom() {
    String room = room(112);
    api.send(moderator, Api.packet("equal", 20, 2, 112));
    operator("POST", "/v1/sandbox/clock/advance")
        .send(new JsonObject().put("by_ms", 24L * 3_600_000 + 1_000))
        .expect(200);

    List<JsonObject> log =
        until(
            2,
            () ->
                list(room, guest, "?after=0").stream()
                    .filter(item -> item.getString("kind").startsWith("red_packet."))
                    .toList());
    assertEquals("red_packet.refunded", log.get(1).getString("kind"));
  }

  @Test
  void aPageThatIsFullNeverChangesAndMayBeCached() {
    String room = room(113);
    JsonObject gift =
        new JsonObject().put("user_id", "10002").put("gift_id", "rose").put("name", "Rose");
    for (int i = 0; i < 101; i++) {
      operator("POST", room + "/gifts").send(gift).expect(201);
    }
    long epoch = api.get(room).as(guest).send().expect(200).body().getLong("epoch");
    String page = room + "/danmaku/pages/" + epoch;
    Api.Reply first = api.get(page + "/1").as(guest).send();
    for (int i = 0; i < 5_000 && first.status() == 404; i++) {
      first = api.get(page + "/1").as(guest).send();
    }

    assertEquals(100, items(first.expect(200).body()).size());
    assertEquals("public, max-age=86400, immutable", first.header("Cache-Control"));
    assertEquals(1, items(first.body()).getFirst().getLong("seq"));
    api.get(page + "/2").as(guest).send().expect(404, "not_found");
    List<JsonObject> ranged = list(room, guest, "?after=90&limit=5");
    assertEquals(91, ranged.getFirst().getLong("seq"));
    assertEquals(5, ranged.size());
  }

  @Test
  void aRestartHasANewEpochAndKeepsWhatWasSaidAndDecided() throws Exception {
    String room = room(114);
    say(room, guest, "before").expect(201);
    String id = api.send(moderator, Api.packet("equal", 20, 2, 114)).getString("id");
    api.open(guest, id).expect(200);
    // Money comes from the journal, a moment after its answer: the notice is to stand behind it.
    until(3, () -> list(room, guest, ""));
    rules(room, "emotes_only", true);
    api.post(room + "/sanctions")
        .as(moderator)
        .send(new JsonObject().put("user_id", "10003").put("kind", "ban").put("seconds", 600))
        .expect(201);
    operator("POST", "/v1/operator/chat-filter")
        .send(new JsonObject().put("add", JsonArray.of("unspeakable")))
        .expect(200);
    long epoch = api.get(room).as(guest).send().expect(200).body().getLong("epoch");
    until(4, () -> list(room, guest, ""));
    server.close();
    open();

    JsonObject after = api.get(room).as(guest).send().expect(200).body();
    assertTrue(after.getLong("epoch") > epoch);
    assertTrue(after.getBoolean("emotes_only"));
    assertEquals(List.of("red_packet.sent", "red_packet.opened"), kinds(list(room, guest, "")));
    assertEquals("before", list(room, guest, "?epoch=" + epoch).getFirst().getString("text"));
    say(room, other, "x").expect(403, "banned");
    say(room, guest, "unspeakable").expect(409, "text_not_allowed");
    say(room, guest, "words").expect(409, "emotes_only");
    api.open(moderator, id).expect(200);
    List<JsonObject> log = until(4, () -> list(room, guest, ""));
    assertEquals("red_packet.empty", log.get(3).getString("kind"));
    List<JsonObject> all = until(6, () -> list(room, guest, "?from=2020-01-01T00:00:00Z"));
    assertEquals(
        List.of(
            "chat",
            "red_packet.sent",
            "red_packet.opened",
            "notice",
            "red_packet.opened",
            "red_packet.empty"),
        kinds(all));
    assertNotEquals(all.get(0).getLong("epoch"), all.get(5).getLong("epoch"));
    lastPageOf(room, epoch);
  }

  // Its epoch is over, so the page that is not full is a page too.
  private void lastPageOf(String room, long epoch) {
    JsonObject page =
        api.get(room + "/danmaku/pages/" + epoch + "/1").as(guest).send().expect(200).body();
    assertEquals("before", items(page).getFirst().getString("text"));
  }

  @Test
  void aWebPlayerSpeaksItsOwnProtocol() {
    String room = room(115);
    JsonObject text =
        new JsonObject()
            .put("token", guest)
            .put("id", "115")
            .put("author", "whoever")
            .put("time", 12.5)
            .put("text", "<b>hi</b>")
            .put("color", 16_711_680)
            .put("type", 1);

    assertEquals(0, api.post("/v3/").send(text).expect(200).body().getInteger("code"));
    JsonObject said = list(room, guest, "").getFirst();
    assertEquals("<b>hi</b>", said.getString("text"));
    assertEquals("top", said.getString("position"));
    assertEquals("#ff0000", said.getString("colour"));
    assertEquals(12_500, said.getLong("video_time_ms"));
    JsonArray data = new JsonArray();
    for (int i = 0; i < 5_000 && data.isEmpty(); i++) {
      data = api.get("/v3/?id=115&max=10").send().expect(200).body().getJsonArray("data");
    }
    assertEquals(
        JsonArray.of(12.5, 1, 16_711_680, "Lin", "&lt;b&gt;hi&lt;/b&gt;"), data.getJsonArray(0));
    text.put("token", "hb_wrong");
    assertEquals(201, api.post("/v3/").send(text).expect(200).body().getInteger("code"));
    assertEquals(701, api.get("/v3/?id=9999").send().expect(200).body().getInteger("code"));
  }
}
