// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.live.ChatText;
import io.hongbao.live.LiveRooms.GiftPlace;
import io.hongbao.live.LiveRooms.GiftShown;
import io.hongbao.live.LogEntry;
import io.hongbao.live.Moderators;
import io.hongbao.live.RoomState;
import io.hongbao.live.SayKey;
import io.hongbao.live.filter.WordFilter;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/**
 * What backends say of live rooms: who moderates and follows them, which words are not said, and
 * what was given.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class LiveOperatorRoutes {

  private static final String ROOM = "/v1/operator/rooms/{room_id}";
  private static final String FILTER = "/v1/operator/chat-filter";
  private static final int USERS_MAX = 1_000;
  private static final int WORDS_MAX = 1_000;
  private static final int GIFT_CHARS_MAX = 64;
  private static final int GIFTS_MAX = 1_000_000;

  private final LiveSteps steps;
  private final Moderators moderators;

  LiveOperatorRoutes(LiveSteps steps) {
    this.steps = steps;
    this.moderators = steps.live().moderators();
  }

  void addTo(RouteTable routes) {
    Access writing = Access.SERVICE.needing(Scope.ROOMS_WRITE);
    routes.add(
        Route.post(ROOM + "/moderators", writing, BodyRule.BULK_JSON, this::changeModerators));
    routes.add(Route.post(ROOM + "/followers", writing, BodyRule.BULK_JSON, this::changeFollowers));
    routes.add(Route.get(FILTER, Access.SERVICE_OR_SUPPORT.needing(Scope.ROOMS_READ), this::words));
    routes.add(Route.post(FILTER, writing, BodyRule.BULK_JSON, this::changeWords));
    routes.add(Route.post(DanmakuRoutes.ROOM + "/gifts", writing, BodyRule.JSON, this::give));
  }

  /** Who comes to a list and who leaves it. */
  private record Change(List<Long> added, List<Long> removed) {}

  private Change change(Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, steps.parts().http().bulkBodyBytesMax());
    List<Long> added = users(body, "add");
    List<Long> removed = users(body, "remove");
    body.end();
    if (added.isEmpty() && removed.isEmpty()) {
      throw body.wrong("add", "is missing, as is remove");
    }
    return new Change(added, removed);
  }

  private static List<Long> users(JsonRequest body, String name) throws BadRequestException {
    return body.has(name)
        ? Arrays.stream(body.ids(name, Fields.ID_MAX, USERS_MAX)).boxed().toList()
        : List.of();
  }

  private void changeModerators(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    Change change = change(buffer);
    moderators.moderators(
        roomId,
        change.added(),
        change.removed(),
        steps.told(exchange, state -> show(exchange, roomId, state)));
  }

  private void changeFollowers(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    Change change = change(buffer);
    moderators.followers(
        roomId,
        change.added(),
        change.removed(),
        steps.told(exchange, state -> show(exchange, roomId, state)));
  }

  private void show(Exchange exchange, long roomId, RoomState state) {
    JsonWriter json = exchange.json();
    ModerationRoutes.state(json, roomId, state, steps.live().limits().textCharsMax());
    exchange.reply(200, json);
  }

  private void words(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    List<String> words = steps.live().rooms().filter().words();
    JsonWriter json = exchange.json().beginObject().field("count", words.size());
    json.name("words").beginArray();
    words.forEach(json::value);
    exchange.reply(200, json.endArray().endObject());
  }

  private void changeWords(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, steps.parts().http().bulkBodyBytesMax());
    List<String> added = wordsOf(body, "add");
    List<String> removed = wordsOf(body, "remove");
    body.end();
    if (added.isEmpty() && removed.isEmpty()) {
      throw body.wrong("add", "is missing, as is remove");
    }
    moderators.words(
        added,
        removed,
        steps.told(
            exchange,
            count ->
                exchange.reply(
                    200, exchange.json().beginObject().field("count", count).endObject())));
  }

  // Folded as the filter does; of a word that is nothing but signs, nothing would be left.
  private static List<String> wordsOf(JsonRequest body, String name) throws BadRequestException {
    if (!body.has(name)) {
      return List.of();
    }
    List<String> words =
        body.texts(name, WORDS_MAX, WordFilter.WORD_CHARS_MAX).stream()
            .map(WordFilter::folded)
            .toList();
    if (words.contains("")) {
      throw body.wrong(name, "holds a word without a letter");
    }
    if (words.stream().anyMatch(word -> word.length() > WordFilter.FOLDED_CHARS_MAX)) {
      throw body.wrong(name, "holds a word that is too long when it is written out");
    }
    return words;
  }

  private static String label(JsonRequest body, String name) throws BadRequestException {
    String text = ChatText.clean(body.text(name, 1, GIFT_CHARS_MAX));
    if (text == null) {
      throw body.wrong(name, "must be visible and without control characters");
    }
    return text;
  }

  private void give(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    JsonRequest body = JsonRequest.parse(buffer, steps.parts().http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    String giftId = label(body, "gift_id");
    String name = label(body, "name");
    int count = (int) body.integerOr("count", 1, GIFTS_MAX, 1);
    long value = body.integerOr("value", 0, JsonRequest.INTEGER_MAX, 0);
    body.end();
    SayKey key = LiveSteps.key(exchange, userId, "showGift", body);
    if (!steps.mayEnter(exchange, roomId, userId)) {
      return;
    }
    steps.nickname(
        exchange,
        userId,
        nickname ->
            steps
                .live()
                .rooms()
                .give(
                    roomId,
                    new GiftShown(userId, nickname, giftId, name, count, value),
                    key,
                    steps.told(exchange, place -> show(exchange, place))));
  }

  private static void show(Exchange exchange, GiftPlace place) {
    LogEntry entry = place.entry();
    JsonWriter json = exchange.json().beginObject().field("epoch", entry.epoch()).name("entry");
    EntryJson.write(json, entry);
    exchange.position(0, 0, place.isRepeat()).reply(201, json.endObject());
  }
}
