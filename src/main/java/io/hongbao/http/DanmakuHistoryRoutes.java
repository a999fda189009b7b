// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomHistory.Place;
import io.hongbao.live.Tail;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a room: the newest from memory, the rest from the rooms' database; and taking it
 * back.
 *
 * <p>A page of the pages' route is full or belongs to an epoch that is over, and so never changes:
 * caches may keep it. What was taken back since says a later entry.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DanmakuHistoryRoutes {

  /** Entries of one page that caches may keep. */
  static final int PAGE_ENTRIES = 100;

  private static final String PAGE = DanmakuRoutes.DANMAKU + "/pages/{epoch}/{page}";
  private static final String ENTRY = DanmakuRoutes.DANMAKU + "/{seq}";
  private static final char CURSOR = 'd';
  private static final int LIMIT_MAX = 500;
  private static final int LIMIT_DEFAULT = 100;
  private static final int READ_BYTES_MAX = 512 * 1024;
  private static final CharSequence FOR_EVER =
      HttpHeaders.createOptimized("private, max-age=86400, immutable");
  private static final CharSequence FOR_EVERYBODY =
      HttpHeaders.createOptimized("public, max-age=86400, immutable");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private final LiveSteps steps;
  private final LiveParts live;

  DanmakuHistoryRoutes(LiveSteps steps) {
    this.steps = steps;
    this.live = steps.live();
  }

  void addTo(RouteTable routes) {
    Access reading = Access.USER_OR_SERVICE.needing(Scope.ROOMS_READ);
    routes.add(Route.get(DanmakuRoutes.DANMAKU, reading, this::list));
    routes.add(Route.get(PAGE, reading, this::page).listing());
    routes.add(
        Route.delete(ENTRY, Access.USER_OR_SERVICE.needing(Scope.ROOMS_WRITE), this::recall));
  }

  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    long roomId = Fields.pathId(exchange, "room_id");
    int limit = query.integerOr("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    Long fromMs = query.timeMsOrNull("from");
    Long toMs = query.timeMsOrNull("to");
    String cursor = query.textOrNull("cursor");
    long epoch = number(query, "epoch");
    long after = number(query, "after");
    query.end();
    if (!steps.mayEnter(exchange, roomId)) {
      return;
    }
    if (fromMs != null || toMs != null || cursor != null) {
      long from = fromMs == null ? 0 : fromMs;
      long to = toMs == null ? Long.MAX_VALUE : toMs;
      between(exchange, roomId, from, to, cursor, limit);
    } else {
      after(exchange, roomId, epoch, after, limit);
    }
  }

  // Memory has the newest; what has left it, or belongs to an earlier epoch, has the database.
  private void after(Exchange exchange, long roomId, long epoch, long after, int limit) {
    Tail tail = live.rooms().logs().tail(roomId);
    boolean isNow = epoch == 0 || epoch == tail.epoch();
    if (isNow && (after + 1 >= tail.firstSequence() || tail.lastSequence() == 0)) {
      List<LogEntry> entries =
          live.rooms().logs().read(roomId, after, READ_BYTES_MAX).stream().limit(limit).toList();
      // What has left memory since the look at the tail is in the database.
      if (entries.isEmpty() || entries.getFirst().sequence() == after + 1) {
        reply(exchange, roomId, tail, tail.epoch(), entries);
        return;
      }
    }
    long asked = isNow ? tail.epoch() : epoch;
    steps.await(
        exchange,
        live.history().after(roomId, asked, after, limit),
        entries -> reply(exchange, roomId, tail, asked, entries));
  }

  private static void reply(
      Exchange exchange, long roomId, Tail tail, long epoch, List<LogEntry> entries) {
    JsonWriter json = begin(exchange, roomId, tail).field("epoch", epoch);
    items(json, entries);
    if (!entries.isEmpty()) {
      long last = entries.getLast().sequence();
      json.field("next_after", last);
      json.field("has_more", epoch != tail.epoch() || last < tail.lastSequence());
    } else {
      json.field("has_more", false);
    }
    exchange.reply(200, json.endObject());
  }

  private static JsonWriter begin(Exchange exchange, long roomId, Tail tail) {
    JsonWriter json = exchange.json().beginObject().name("room_id").id(roomId);
    json.name("now").beginObject().field("epoch", tail.epoch());
    json.field("first_seq", tail.firstSequence()).field("last_seq", tail.lastSequence());
    return json.endObject();
  }

  private static void items(JsonWriter json, List<LogEntry> entries) {
    json.name("items").beginArray();
    entries.forEach(entry -> EntryJson.write(json, entry));
    json.endArray();
  }

  private void between(
      Exchange exchange, long roomId, long from, long to, @Nullable String cursor, int limit)
      throws BadRequestException {
    Place place = null;
    if (cursor != null) {
      long[] keys = PageCursor.parse(cursor, CURSOR, 3);
      place = new Place(keys[0], keys[1], keys[2]);
    }
    Tail tail = live.rooms().logs().tail(roomId);
    steps.await(
        exchange,
        live.history().between(roomId, from, to, place, limit),
        entries -> {
          JsonWriter json = begin(exchange, roomId, tail);
          json.name("items").beginArray();
          for (LogEntry entry : entries) {
            EntryJson.write(json, entry, entry.epoch());
          }
          json.endArray();
          boolean hasMore = entries.size() == limit;
          json.field("has_more", hasMore);
          if (hasMore) {
            LogEntry last = entries.getLast();
            String next = PageCursor.write(CURSOR, last.atMs(), last.epoch(), last.sequence());
            json.field("next_cursor", next);
          }
          exchange.reply(200, json.endObject());
        });
  }

  private void page(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long roomId = Fields.pathId(exchange, "room_id");
    long epoch = Fields.pathId(exchange, "epoch");
    long page = Fields.pathId(exchange, "page");
    if (!steps.mayEnter(exchange, roomId)) {
      return;
    }
    Tail tail = live.rooms().logs().tail(roomId);
    long first = (page - 1) * PAGE_ENTRIES;
    boolean mayGrow = epoch >= tail.epoch();
    steps.await(
        exchange,
        live.history().after(roomId, epoch, first, PAGE_ENTRIES),
        found -> {
          List<LogEntry> entries =
              found.stream().filter(each -> each.sequence() <= first + PAGE_ENTRIES).toList();
          if (entries.isEmpty() || (mayGrow && entries.size() < PAGE_ENTRIES)) {
            exchange.refuse(RefusalCode.NOT_FOUND, "There is no such page yet.");
          } else {
            send(exchange, roomId, epoch, page, entries);
          }
        });
  }

  private void send(Exchange exchange, long roomId, long epoch, long page, List<LogEntry> entries) {
    JsonWriter json = exchange.json().beginObject().name("room_id").id(roomId);
    json.field("epoch", epoch).field("page", page);
    items(json, entries);
    boolean isPublic = steps.parts().rooms().isInRoom(roomId, Principal.NO_USER);
    exchange
        .request()
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, isPublic ? FOR_EVERYBODY : FOR_EVER);
    exchange.end(200, json.endObject().toBuffer());
  }

  private void recall(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    long epoch = number(query, "epoch");
    query.end();
    long roomId = Fields.pathId(exchange, "room_id");
    long sequence = Fields.pathId(exchange, "seq");
    if (!steps.mayEnter(exchange, roomId)) {
      return;
    }
    Tail tail = live.rooms().logs().tail(roomId);
    long asked = epoch == 0 ? tail.epoch() : epoch;
    if (asked == tail.epoch() && sequence >= tail.firstSequence()) {
      recall(exchange, roomId, live.rooms().logs().read(roomId, sequence - 1, 1), sequence);
      return;
    }
    steps.await(
        exchange,
        live.history().after(roomId, asked, sequence - 1, 1),
        found -> recall(exchange, roomId, found, sequence));
  }

  private void recall(Exchange exchange, long roomId, List<LogEntry> found, long sequence) {
    LogEntry entry = found.isEmpty() ? null : found.getFirst();
    if (entry == null
        || entry.sequence() != sequence
        || !(entry.entry() instanceof Chat chat)
        || chat.isRecalled()) {
      exchange.refuse(RefusalCode.NOT_FOUND, "There is no such message.");
      return;
    }
    live.moderators()
        .recall(
            roomId,
            exchange.userId(),
            entry,
            steps.told(
                exchange,
                recalled -> {
                  JsonWriter json = exchange.json().beginObject();
                  json.field("epoch", recalled.epoch()).name("entry");
                  EntryJson.write(json, recalled);
                  exchange.reply(200, json.endObject());
                }));
  }

  private static long number(QueryReader query, String name) throws BadRequestException {
    String text = query.textOrNull(name);
    if (text == null || text.equals("0")) {
      return 0;
    }
    long number = Ids.parse(text, Fields.ID_MAX);
    if (number == Ids.NOT_AN_ID) {
      throw QueryReader.wrong(name, "must be a whole number");
    }
    return number;
  }
}
