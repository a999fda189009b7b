// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.live.ChatText;
import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.Say;
import io.hongbao.live.SayKey;
import io.hongbao.live.SayOutcome;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.live.Tail;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Saying something in a room, and reading what was said.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DanmakuRoutes {

  static final String ROOM = "/v1/rooms/{room_id}";
  static final String DANMAKU = ROOM + "/danmaku";

  static final Map<String, Position> POSITIONS = JsonRequest.wireNames(Position.class);
  static final int SIZE_DEFAULT = 25;
  static final int SIZE_MIN = 12;
  static final int SIZE_MAX = 64;
  static final int WHITE = 0xFFFFFF;
  static final long VIDEO_TIME_MS_MAX = 365L * 24 * 3_600_000;

  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final int HEX = 16;
  private static final int LIMIT_MAX = 500;
  private static final int LIMIT_DEFAULT = 100;
  private static final int PAGE_BYTES_MAX = 512 * 1024;

  private final EdgeParts parts;
  private final LiveParts live;

  DanmakuRoutes(EdgeParts parts) {
    this.parts = parts;
    this.live = parts.live();
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post(
            DANMAKU,
            Access.USER_OR_SERVICE.needing(Scope.ROOMS_WRITE),
            BodyRule.JSON,
            this::say));
    routes.add(
        Route.get(DANMAKU, Access.USER_OR_SERVICE.needing(Scope.ROOMS_READ), this::read));
  }

  private void say(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String raw = body.text("text", 1, live.limits().textCharsMax());
    Position position = body.choiceOr("position", POSITIONS, Position.SCROLL);
    int colour = body.has("colour") ? colour(body.text("colour", COLOUR, "a colour as #rrggbb")) : WHITE;
    int size = (int) body.integerOr("size", SIZE_MIN, SIZE_MAX, SIZE_DEFAULT);
    long videoTimeMs = body.integerOr("video_time_ms", 0, VIDEO_TIME_MS_MAX, -1);
    body.end();
    String text = ChatText.clean(raw);
    if (text == null) {
      throw body.wrong("text", "must be visible and without control characters");
    }
    if (!parts.rooms().isInRoom(roomId, exchange.userId())) {
      exchange.refuse(RefusalCode.ROOM_NOT_FOUND, RefusalCode.ROOM_NOT_FOUND.sentence());
      return;
    }
    Say say =
        new Say(
            roomId,
            exchange.userId(),
            "#" + exchange.userId(),
            text,
            position,
            colour,
            size,
            videoTimeMs,
            key(exchange, body));
    live.rooms().say(say, outcome -> exchange.onLoop(() -> answer(exchange, outcome)));
  }

  private static @Nullable SayKey key(Exchange exchange, JsonRequest body)
      throws BadRequestException {
    String header = exchange.request().getHeader(IdempotencyKey.HEADER);
    if (header == null) {
      return null;
    }
    Hash128 hash = IdempotencyKey.parse(header, exchange.userId(), "sayInRoom").hash();
    return new SayKey(
        hash.high(), hash.low(), BodyHash.of(body, exchange.pathValue("room_id")));
  }

  static int colour(String text) {
    return Integer.parseInt(text.substring(1), HEX);
  }

  private static void answer(Exchange exchange, SayOutcome outcome) {
    switch (outcome) {
      case Said said -> {
        JsonWriter json = exchange.json();
        json.beginObject().field("epoch", said.entry().epoch()).name("entry");
        EntryJson.write(json, said.entry());
        json.endObject();
        exchange.position(0, 0, said.isRepeat()).reply(201, json);
      }
      case Waits waits -> exchange.reply(202, exchange.json().beginObject().endObject());
      case Refused refused -> exchange.refuse(refused.code(), refused.detail());
    }
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    int limit = query.integerOr("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    int after = query.integerOr("after", 0, Integer.MAX_VALUE, 0);
    query.end();
    long roomId = Fields.pathId(exchange, "room_id");
    if (!parts.rooms().isInRoom(roomId, exchange.userId())) {
      exchange.refuse(RefusalCode.ROOM_NOT_FOUND, RefusalCode.ROOM_NOT_FOUND.sentence());
      return;
    }
    Tail tail = live.rooms().logs().tail(roomId);
    List<LogEntry> entries = live.rooms().logs().read(roomId, after, PAGE_BYTES_MAX);
    JsonWriter json = exchange.json();
    json.beginObject().field("epoch", tail.epoch()).name("items").beginArray();
    entries.stream().limit(limit).forEach(entry -> EntryJson.write(json, entry));
    json.endArray().endObject();
    exchange.reply(200, json);
  }
}
