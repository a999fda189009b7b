// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.live.Moderators;
import io.hongbao.live.RoomRules;
import io.hongbao.live.RoomState;
import io.hongbao.live.Sanction;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A room as it stands, and what its moderators do in it.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class ModerationRoutes {

  /** Where the WebSocket of all rooms is. */
  static final String WEBSOCKET = "/v1/rooms/ws";

  private static final String SANCTIONS = DanmakuRoutes.ROOM + "/sanctions";
  private static final String SANCTION = SANCTIONS + "/{user_id}";
  private static final Map<String, Sanction.Kind> KINDS =
      JsonRequest.wireNames(Sanction.Kind.class);
  private static final int MESSAGES_PER_S_MAX = 100_000;
  private static final int REASON_CHARS_MAX = 200;
  private static final long SECONDS_MAX = 3_650L * 24 * 3_600;
  private static final long MS_PER_S = 1_000;

  private final LiveSteps steps;
  private final Moderators moderators;

  ModerationRoutes(LiveSteps steps) {
    this.steps = steps;
    this.moderators = steps.live().moderators();
  }

  void addTo(RouteTable routes) {
    Access reading = Access.USER_OR_SERVICE.needing(Scope.ROOMS_READ);
    Access writing = Access.USER_OR_SERVICE.needing(Scope.ROOMS_WRITE);
    routes.add(Route.get(DanmakuRoutes.ROOM, reading, this::room));
    routes.add(
        Route.post(DanmakuRoutes.ROOM + "/rules", writing, BodyRule.JSON, this::changeRules));
    routes.add(Route.get(SANCTIONS, reading, this::sanctions));
    routes.add(Route.post(SANCTIONS, writing, BodyRule.JSON, this::sanction));
    routes.add(Route.delete(SANCTION, writing, this::lift));
  }

  private void room(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long roomId = Fields.pathId(exchange, "room_id");
    if (steps.mayEnter(exchange, roomId)) {
      steps
          .live()
          .rooms()
          .state(
              roomId,
              exchange.userId(),
              steps.told(exchange, state -> show(exchange, roomId, state)));
    }
  }

  private void show(Exchange exchange, long roomId, RoomState state) {
    JsonWriter json = exchange.json();
    state(json, roomId, state, steps.live().limits().textCharsMax());
    exchange.reply(200, json);
  }

  static void state(JsonWriter json, long roomId, RoomState state, int textCharsMax) {
    json.beginObject().name("room_id").id(roomId).field("websocket", WEBSOCKET);
    json.field("epoch", state.tail().epoch()).field("first_seq", state.tail().firstSequence());
    json.field("last_seq", state.tail().lastSequence());
    json.field("closed", state.rules().isClosed());
    json.field("followers_only", state.rules().isFollowersOnly());
    json.field("emotes_only", state.rules().isEmotesOnly());
    json.field("messages_per_s", state.messagesPerS()).field("waiting", state.waiting());
    json.field("text_max_chars", textCharsMax);
    json.field("follower_count", state.followerCount()).name("moderators").beginArray();
    state.moderators().forEach(json::id);
    json.endArray().field("moderator", state.isModerator()).endObject();
  }

  private void changeRules(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    JsonRequest body = JsonRequest.parse(buffer, steps.parts().http().bodyBytesMax());
    RoomRules.Patch patch =
        new RoomRules.Patch(
            body.has("closed") ? body.flag("closed") : null,
            body.has("followers_only") ? body.flag("followers_only") : null,
            body.has("emotes_only") ? body.flag("emotes_only") : null,
            body.has("messages_per_s")
                ? (int) body.integer("messages_per_s", 0, MESSAGES_PER_S_MAX)
                : null);
    body.end();
    if (patch.isEmpty()) {
      throw body.wrong("closed", "is missing, as is everything else");
    }
    if (steps.mayEnter(exchange, roomId)) {
      moderators.rules(
          roomId,
          exchange.userId(),
          patch,
          steps.told(exchange, state -> show(exchange, roomId, state)));
    }
  }

  private void sanctions(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long roomId = Fields.pathId(exchange, "room_id");
    if (steps.mayEnter(exchange, roomId)) {
      moderators.sanctions(
          roomId,
          exchange.userId(),
          steps.told(
              exchange,
              all -> {
                JsonWriter json = exchange.json().beginObject().name("items").beginArray();
                all.forEach(each -> sanction(json, each));
                exchange.reply(200, json.endArray().endObject());
              }));
    }
  }

  private void sanction(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    JsonRequest body = JsonRequest.parse(buffer, steps.parts().http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    Sanction.Kind kind = body.choice("kind", KINDS);
    long seconds = body.integer("seconds", 1, SECONDS_MAX);
    String reason = body.has("reason") ? Fields.line(body, "reason", REASON_CHARS_MAX) : "";
    body.end();
    Sanction sanction =
        new Sanction(
            userId, kind, exchange.nowMs() + seconds * MS_PER_S, exchange.userId(), reason);
    if (steps.mayEnter(exchange, roomId)) {
      moderators.sanction(
          roomId,
          exchange.userId(),
          sanction,
          steps.told(
              exchange,
              made -> {
                JsonWriter json = exchange.json();
                sanction(json, made);
                exchange.reply(201, json);
              }));
    }
  }

  private static void sanction(JsonWriter json, Sanction sanction) {
    json.beginObject().name("user_id").id(sanction.userId());
    json.field("kind", sanction.kind().wireName()).name("until").time(sanction.untilMs());
    json.name("by_user_id").id(sanction.byUserId());
    if (!sanction.reason().isEmpty()) {
      json.field("reason", sanction.reason());
    }
    json.endObject();
  }

  private void lift(Exchange exchange, Buffer body) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    long userId = Fields.pathId(exchange, "user_id");
    if (steps.mayEnter(exchange, roomId)) {
      moderators.lift(
          roomId,
          exchange.userId(),
          userId,
          steps.told(
              exchange,
              wasThere ->
                  exchange.reply(
                      200, exchange.json().beginObject().field("lifted", wasThere).endObject())));
    }
  }
}
