// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.ladder.Rung;
import io.hongbao.live.ChatText;
import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.Say;
import io.hongbao.live.SayOutcome;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The protocol of the DPlayer web player, version 3, so that it needs no more than our address.
 *
 * <p>Its errors are a number and a text in an answer 200; numbers are those of {@link RefusalCode}.
 * It puts texts into pages as they come, so they leave here escaped for HTML. Its token is the
 * user's, in the body; without one nobody can speak, and public rooms can be read by all.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DplayerRoutes {

  static final String PATH = "/v3/";

  private static final int MAX_DEFAULT = 1_000;
  private static final int MAX = 5_000;
  private static final double MS_PER_S = 1_000;
  private static final int RGB_MAX = 0xFFFFFF;
  private static final Position[] TYPES = {Position.SCROLL, Position.TOP, Position.BOTTOM};
  private static final CharSequence BEARER = "Bearer ";

  private final LiveSteps steps;

  DplayerRoutes(LiveSteps steps) {
    this.steps = steps;
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get(PATH, Access.PUBLIC, this::read));
    routes.add(Route.post(PATH, Access.PUBLIC, BodyRule.JSON, this::say));
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    if (isTurnedAway(exchange)) {
      return;
    }
    QueryReader query = QueryReader.of(exchange.request());
    long roomId = query.id("id", Fields.ID_MAX);
    int max = query.integerOr("max", 1, MAX, MAX_DEFAULT);
    query.end();
    if (!steps.parts().rooms().isInRoom(roomId, Principal.NO_USER)) {
      error(exchange, RefusalCode.ROOM_NOT_FOUND, RefusalCode.ROOM_NOT_FOUND.sentence());
      return;
    }
    steps.await(
        exchange, steps.live().history().newestChat(roomId, max), found -> list(exchange, found));
  }

  // Live texts stand where they were said after the first that is shown.
  private static void list(Exchange exchange, List<LogEntry> entries) {
    long firstMs = entries.isEmpty() ? 0 : entries.getFirst().atMs();
    JsonWriter json = exchange.json().beginObject().field("code", 0).name("data").beginArray();
    for (LogEntry entry : entries) {
      if (entry.entry() instanceof Chat chat) {
        long timeMs = chat.videoTimeMs() >= 0 ? chat.videoTimeMs() : entry.atMs() - firstMs;
        json.beginArray().raw(seconds(timeMs)).value(typeOf(chat.position()));
        json.value(chat.colourRgb()).value(escaped(chat.nickname()));
        json.value(escaped(chat.text())).endArray();
      }
    }
    exchange.reply(200, json.endArray().endObject());
  }

  private static byte[] seconds(long ms) {
    return String.format(Locale.ROOT, "%.3f", ms / MS_PER_S).getBytes(StandardCharsets.US_ASCII);
  }

  private static int typeOf(Position position) {
    return switch (position) {
      case SCROLL -> 0;
      case TOP -> 1;
      case BOTTOM -> 2;
    };
  }

  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  private void say(Exchange exchange, Buffer buffer) throws BadRequestException {
    if (isTurnedAway(exchange)) {
      return;
    }
    JsonObject body = tree(buffer);
    long userId = steps.userOfToken(token(exchange, body));
    if (userId == Sessions.NOBODY) {
      error(exchange, RefusalCode.UNAUTHENTICATED, RefusalCode.UNAUTHENTICATED.sentence());
      return;
    }
    long roomId = Ids.parse(text(body, "id"), Fields.ID_MAX);
    String text = ChatText.clean(text(body, "text"));
    int charsMax = steps.live().limits().textCharsMax();
    if (roomId == Ids.NOT_AN_ID
        || text == null
        || text.codePointCount(0, text.length()) > charsMax) {
      error(exchange, RefusalCode.MALFORMED_REQUEST, "id or text is missing or too long.");
      return;
    }
    if (!steps.parts().rooms().isInRoom(roomId, userId)) {
      error(exchange, RefusalCode.ROOM_NOT_FOUND, RefusalCode.ROOM_NOT_FOUND.sentence());
      return;
    }
    if (!steps.mayChat(exchange, userId)) {
      return;
    }
    Say said = read(roomId, userId, text, body);
    steps.nickname(
        exchange,
        userId,
        nickname ->
            steps
                .live()
                .rooms()
                .say(
                    said.by(nickname),
                    outcome -> exchange.onLoop(() -> answer(exchange, outcome))));
  }

  // Its routes are not the contract's, so the ladder of those does not know them.
  private boolean isTurnedAway(Exchange exchange) {
    boolean isRefused = steps.parts().ladder().ladder().turnsAway(Rung.CHAT);
    if (isRefused) {
      exchange.refuse(RouteRungs.DEGRADED, false);
    }
    return isRefused;
  }

  private static JsonObject tree(Buffer buffer) throws BadRequestException {
    try {
      return new JsonObject(buffer);
    } catch (DecodeException e) {
      throw new BadRequestException(RefusalCode.MALFORMED_REQUEST, "The body is not JSON.");
    }
  }

  private static String token(Exchange exchange, JsonObject body) {
    String header = exchange.request().getHeader(HttpHeaders.AUTHORIZATION);
    boolean isBearer =
        header != null && header.regionMatches(true, 0, BEARER.toString(), 0, BEARER.length());
    return isBearer && header != null ? header.substring(BEARER.length()) : text(body, "token");
  }

  private static String text(JsonObject body, String name) {
    return body.getValue(name) instanceof String text ? text : "";
  }

  private static Say read(long roomId, long userId, String text, JsonObject body) {
    double seconds = number(body, "time");
    boolean isInVideo = seconds >= 0 && seconds * MS_PER_S <= DanmakuRoutes.VIDEO_TIME_MS_MAX;
    int colour = (int) Math.clamp(number(body, "color"), 0, RGB_MAX);
    int type = (int) Math.clamp(number(body, "type"), 0, TYPES.length - 1);
    return new Say(
        roomId,
        userId,
        "",
        text,
        TYPES[type],
        body.containsKey("color") ? colour : DanmakuRoutes.WHITE,
        DanmakuRoutes.SIZE_DEFAULT,
        isInVideo ? Math.round(seconds * MS_PER_S) : -1,
        null);
  }

  private static double number(JsonObject body, String name) {
    return body.getValue(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private static void answer(Exchange exchange, SayOutcome outcome) {
    switch (outcome) {
      case Said said -> ok(exchange);
      // It will appear; a player has no word for waiting.
      case Waits waits -> ok(exchange);
      case Refused refused -> error(exchange, refused.code(), refused.detail());
    }
  }

  private static void ok(Exchange exchange) {
    JsonWriter json = exchange.json().beginObject().field("code", 0);
    exchange.reply(200, json.name("data").beginObject().endObject().endObject());
  }

  private static void error(Exchange exchange, RefusalCode code, String detail) {
    exchange.reply(
        200,
        exchange
            .json()
            .beginObject()
            .field("code", code.number())
            .field("msg", detail)
            .endObject());
  }
}
