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
import io.hongbao.live.TicketView;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Saying something in a room, and waiting for one's turn.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DanmakuRoutes {

  static final String ROOM = "/v1/rooms/{room_id}";
  static final String DANMAKU = ROOM + "/danmaku";
  static final int SIZE_DEFAULT = 25;
  static final long VIDEO_TIME_MS_MAX = 365L * 24 * 3_600_000;
  static final int WHITE = 0xFFFFFF;

  private static final String WAITING = ROOM + "/waiting/{ticket_id}";
  private static final Map<String, Position> POSITIONS = JsonRequest.wireNames(Position.class);
  private static final int SIZE_MIN = 12;
  private static final int SIZE_MAX = 64;
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final int HEX = 16;

  private final LiveSteps steps;
  private final LiveParts live;

  DanmakuRoutes(LiveSteps steps) {
    this.steps = steps;
    this.live = steps.live();
  }

  void addTo(RouteTable routes) {
    Access writing = Access.USER_OR_SERVICE.needing(Scope.ROOMS_WRITE);
    routes.add(Route.post(DANMAKU, writing, BodyRule.JSON, this::say));
    routes.add(Route.get(WAITING, Access.USER_OR_SERVICE.needing(Scope.ROOMS_READ), this::waiting));
    routes.add(Route.delete(WAITING, writing, this::cancel));
  }

  private void say(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    JsonRequest body = JsonRequest.parse(buffer, steps.parts().http().bodyBytesMax());
    Say said = read(exchange, roomId, body);
    if (!steps.mayEnter(exchange, roomId) || !steps.mayChat(exchange, exchange.userId())) {
      return;
    }
    steps.nickname(
        exchange,
        exchange.userId(),
        nickname ->
            live.rooms()
                .say(
                    said.by(nickname),
                    outcome -> exchange.onLoop(() -> answer(exchange, outcome))));
  }

  private Say read(Exchange exchange, long roomId, JsonRequest body) throws BadRequestException {
    String raw = body.text("text", 1, live.limits().textCharsMax());
    Position position = body.choiceOr("position", POSITIONS, Position.SCROLL);
    int colour =
        body.has("colour")
            ? Integer.parseInt(body.text("colour", COLOUR, "a colour as #rrggbb").substring(1), HEX)
            : WHITE;
    int size = (int) body.integerOr("size", SIZE_MIN, SIZE_MAX, SIZE_DEFAULT);
    long videoTimeMs = body.integerOr("video_time_ms", 0, VIDEO_TIME_MS_MAX, -1);
    body.end();
    String text = ChatText.clean(raw);
    if (text == null) {
      throw body.wrong("text", "must be visible and without control characters");
    }
    SayKey key = LiveSteps.key(exchange, exchange.userId(), "sayInRoom", body);
    return new Say(roomId, exchange.userId(), "", text, position, colour, size, videoTimeMs, key);
  }

  private void answer(Exchange exchange, SayOutcome outcome) {
    switch (outcome) {
      case Said said -> {
        JsonWriter json = exchange.json().beginObject();
        json.field("epoch", said.entry().epoch()).name("entry");
        EntryJson.write(json, said.entry());
        json.endObject();
        exchange.position(0, 0, said.isRepeat()).reply(201, json);
      }
      case Waits waits -> {
        JsonWriter json = exchange.json();
        ticket(json, waits.ticket());
        exchange.position(0, 0, waits.isRepeat()).reply(202, json);
      }
      case Refused refused -> steps.refuse(exchange, refused);
    }
  }

  private void waiting(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long roomId = Fields.pathId(exchange, "room_id");
    long ticketId = Fields.pathId(exchange, "ticket_id");
    live.rooms()
        .ticket(
            roomId,
            ticketId,
            exchange.userId(),
            steps.told(exchange, view -> show(exchange, view)));
  }

  private void cancel(Exchange exchange, Buffer body) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    long ticketId = Fields.pathId(exchange, "ticket_id");
    live.rooms()
        .cancel(
            roomId,
            ticketId,
            exchange.userId(),
            steps.told(exchange, view -> show(exchange, view)));
  }

  private static void show(Exchange exchange, TicketView view) {
    JsonWriter json = exchange.json();
    ticket(json, view);
    exchange.reply(200, json);
  }

  static void ticket(JsonWriter json, TicketView view) {
    json.beginObject().name("ticket_id").id(view.id()).field("state", view.state().wireName());
    if (view.place() > 0) {
      json.field("place", view.place());
    }
    json.name("expires_at").time(view.expiresAtMs());
    LogEntry entry = view.entry();
    if (entry != null) {
      json.field("epoch", entry.epoch()).field("seq", entry.sequence());
    }
    if (view.refusedBy() != null) {
      json.field("code", view.refusedBy().wireName());
    }
    json.endObject();
  }
}
