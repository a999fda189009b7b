// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Calls every operation of live rooms once with success. */
final class LiveContract {

  private static final String ROOM = "/v1/rooms/7";

  private final Api api;

  LiveContract(Api api) {
    this.api = api;
  }

  private Api.Call operator(String method, String path) {
    return api.call(method, path).as(api.operatorKey()).header("Hongbao-Cause", "contract");
  }

  private static JsonObject users(String... ids) {
    return new JsonObject().put("add", JsonArray.of((Object[]) ids));
  }

  private static JsonObject text(String text) {
    return new JsonObject().put("text", text);
  }

  /**
   * Needs room 7 with both as members.
   *
   * @param moderator token of the user 10001
   * @param guest token of the user 10002
   */
  void callAll(String moderator, String guest) {
    operator("POST", "/v1/operator/rooms/7/moderators").send(users("10001")).expect(200);
    operator("POST", "/v1/operator/rooms/7/followers").send(users("10002")).expect(200);
    operator("POST", "/v1/operator/chat-filter")
        .send(new JsonObject().put("add", JsonArray.of("forbidden")))
        .expect(200);
    operator("GET", "/v1/operator/chat-filter").send().expect(200);
    api.get(ROOM).as(guest).send().expect(200);
    api.post("/v1/tickets").as(guest).send().expect(201);
    JsonObject said =
        api.post(ROOM + "/danmaku")
            .as(guest)
            .key(api.newKey())
            .send(text("contract").put("position", "top").put("colour", "#ff0000"))
            .expect(201)
            .body();
    api.get(ROOM + "/danmaku?limit=5").as(guest).send().expect(200);
    long sequence = said.getJsonObject("entry").getLong("seq");
    api.call("DELETE", ROOM + "/danmaku/" + sequence).as(guest).send().expect(200);
    waiting(moderator, guest);
    sanctions(moderator);
    operator("POST", ROOM + "/gifts")
        .send(
            new JsonObject()
                .put("user_id", "10002")
                .put("gift_id", "rose")
                .put("name", "Rose")
                .put("count", 2))
        .expect(201);
    page(moderator);
  }

  private void waiting(String moderator, String guest) {
    api.post(ROOM + "/rules")
        .as(moderator)
        .send(new JsonObject().put("messages_per_s", 1))
        .expect(200);
    api.post(ROOM + "/danmaku").as(guest).send(text("first")).expect(201);
    JsonObject ticket =
        api.post(ROOM + "/danmaku").as(guest).send(text("second")).expect(202).body();
    String path = ROOM + "/waiting/" + ticket.getString("ticket_id");
    api.get(path).as(guest).send().expect(200);
    api.call("DELETE", path).as(guest).send().expect(200);
    api.post(ROOM + "/rules")
        .as(moderator)
        .send(new JsonObject().put("messages_per_s", 0))
        .expect(200);
  }

  private void sanctions(String moderator) {
    JsonObject mute =
        new JsonObject().put("user_id", "10003").put("kind", "mute").put("seconds", 60);
    api.post(ROOM + "/sanctions").as(moderator).send(mute).expect(201);
    api.get(ROOM + "/sanctions").as(moderator).send().expect(200);
    api.call("DELETE", ROOM + "/sanctions/10003").as(moderator).send().expect(200);
  }

  // A moderator may speak as much as the user's own limit allows; gifts have none.
  private void page(String moderator) {
    long epoch = api.get(ROOM).as(moderator).send().expect(200).body().getLong("epoch");
    JsonObject gift =
        new JsonObject().put("user_id", "10002").put("gift_id", "rose").put("name", "Rose");
    for (int i = 0; i < DanmakuHistoryRoutes.PAGE_ENTRIES; i++) {
      operator("POST", ROOM + "/gifts").send(gift).expect(201);
    }
    String path = ROOM + "/danmaku/pages/" + epoch + "/1";
    Api.Reply reply = api.get(path).as(moderator).send();
    for (int i = 0; i < 500 && reply.status() == 404; i++) {
      reply = api.get(path).as(moderator).send();
    }
    reply.expect(200);
  }
}
