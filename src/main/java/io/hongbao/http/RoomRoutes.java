// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.room.RoomCommand;
import io.hongbao.room.RoomCommand.ChangeMembers;
import io.hongbao.room.RoomCommand.OpenRoom;
import io.hongbao.room.RoomCommand.ReadRoom;
import io.hongbao.room.RoomShown;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Rooms as audiences of packets.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class RoomRoutes {

  private static final String ROOMS = "/v1/operator/rooms";
  private static final String ROOM = ROOMS + "/{room_id}";

  private final EdgeParts parts;

  RoomRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post(
            ROOMS,
            Access.SERVICE.needing(Scope.ROOMS_WRITE).audited(Access.Audit.ALL_KEYS),
            BodyRule.BULK_JSON,
            this::create));
    routes.add(Route.get(ROOM, Access.SERVICE_OR_SUPPORT.needing(Scope.ROOMS_READ), this::read));
    routes.add(
        Route.post(
            ROOM + "/members",
            Access.SERVICE.needing(Scope.ROOMS_WRITE).audited(Access.Audit.ALL_KEYS),
            BodyRule.BULK_JSON,
            this::change));
  }

  private void create(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bulkBodyBytesMax());
    long roomId = body.id("room_id", Fields.ID_MAX);
    boolean isPublic = body.flagOr("public", false);
    List<Long> members = users(body, "members");
    if (isPublic && !members.isEmpty()) {
      throw body.wrong("members", "must be empty for a public room");
    }
    body.end();
    ask(
        exchange,
        roomId,
        new OpenRoom(roomId, isPublic, members),
        (room, position, repeated) -> {
          JsonWriter json = exchange.json();
          room(json, room);
          exchange
              .position(parts.shape().partitionOf(roomId), position, false)
              .reply(room.wasMade() ? 201 : 200, json);
        });
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long roomId = Fields.pathId(exchange, "room_id");
    ask(
        exchange,
        roomId,
        new ReadRoom(roomId),
        (room, position, repeated) -> {
          JsonWriter json = exchange.json();
          room(json, room);
          exchange.reply(200, json);
        });
  }

  private void change(Exchange exchange, Buffer buffer) throws BadRequestException {
    long roomId = Fields.pathId(exchange, "room_id");
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bulkBodyBytesMax());
    List<Long> add = users(body, "add");
    List<Long> remove = users(body, "remove");
    body.end();
    checkChange(body, add, remove);
    ask(
        exchange,
        roomId,
        new ChangeMembers(roomId, add, remove),
        (room, position, repeated) -> {
          int partition = parts.shape().partitionOf(roomId);
          JsonWriter json = exchange.json().beginObject().name("room_id").id(roomId);
          json.field("added_count", room.addedCount()).field("removed_count", room.removedCount());
          json.field("member_count", room.memberCount());
          json.name("position").position(partition, room.position()).endObject();
          exchange.position(partition, position, false).reply(200, json);
        });
  }

  private static void checkChange(JsonRequest body, List<Long> add, List<Long> remove)
      throws BadRequestException {
    if (!body.has("add") && !body.has("remove")) {
      throw body.wrong("add", "is missing, as is remove");
    }
    if (add.size() + remove.size() > ChangeMembers.COUNT_MAX) {
      throw body.wrong("remove", "and add have more than " + ChangeMembers.COUNT_MAX + " ids");
    }
    var both = new HashSet<>(add);
    both.retainAll(new HashSet<>(remove));
    if (!both.isEmpty()) {
      throw body.wrong("remove", "names a user who stands in add too");
    }
  }

  private void ask(
      Exchange exchange, long roomId, RoomCommand command, Exchange.Taker<RoomShown> taker) {
    exchange.ask(parts.shape().partitionOf(roomId), command, RoomShown.class, taker);
  }

  private void room(JsonWriter json, RoomShown room) {
    json.beginObject().name("room_id").id(room.roomId()).field("public", room.isPublic());
    json.field("member_count", room.memberCount());
    if (!room.isPublic()) {
      json.field("member_max", parts.roomMembersMax());
    }
    json.name("created_at").time(room.createdAtMs());
    int partition = parts.shape().partitionOf(room.roomId());
    json.name("position").position(partition, room.position()).endObject();
  }

  private static List<Long> users(JsonRequest body, String name) throws BadRequestException {
    return body.has(name)
        ? Arrays.stream(body.ids(name, Fields.ID_MAX, ChangeMembers.COUNT_MAX)).boxed().toList()
        : List.of();
  }
}
