// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * A client of {@code hongbao.v1}; see docs/PROTOCOL.md.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class JsonConnection extends WebSocketConnection {

  private static final long ROOM_MAX = (1L << 53) - 1;
  private static final int RECENT_MAX = 100;

  private final boolean deflates;

  JsonConnection(GatewayLoop loop, Place place, boolean deflates) {
    super(loop, place, loop.limits().messageBytesMax(), deflates);
    this.deflates = deflates;
  }

  /** The first words. */
  void welcome() {
    GatewayLimits limits = loop().limits();
    String position = userId() == 0 ? null : loop().gateway().admission().stream(this, "");
    JsonBytes json = loop().json().raw("{\"op\":\"welcome\",\"server_ms\":");
    json.number(loop().nowMs());
    if (userId() != 0) {
      json.raw(",\"user_id\":").id(userId());
    }
    if (position != null) {
      json.raw(",\"position\":").text(position);
    }
    json.raw(",\"ping_ms\":").number(limits.pingMs());
    json.raw(",\"limits\":{\"rooms\":").number(limits.roomsMax());
    json.raw(",\"message_bytes\":").number(limits.messageBytesMax()).raw("}}");
    send(json);
  }

  @Override
  Wire wire() {
    return deflates ? Wire.JSON_DEFLATE : Wire.JSON;
  }

  @Override
  public void message(boolean isText, ByteBuf payload) throws ProtocolException {
    if (!isText) {
      throw new ProtocolException(CloseCode.UNSUPPORTED, "text frames only");
    }
    if (!isOpen()) {
      return;
    }
    countMessage();
    ClientMessage message = ClientMessage.parse(payload);
    if (message == null) {
      error("malformed_request", "This is no JSON object.", 0, "never");
      return;
    }
    switch (message.text("op")) {
      case "join" -> join(message);
      case "leave" -> leave(message);
      case "auth" -> auth(message);
      case "ping" -> send(loop().json().raw("{\"op\":\"pong\"}"));
      default -> error("malformed_request", "There is no such op.", 0, "never");
    }
  }

  private void join(ClientMessage message) {
    long roomId = message.number("room", 0);
    Density density = message.has("density") ? Density.of(message.text("density")) : Density.FULL;
    if (roomId < 1 || roomId > ROOM_MAX || density == null) {
      error("malformed_request", "The room is no id, or there is no such density.", 0, "never");
      return;
    }
    if (!loop().gateway().mayRead(roomId, userId())) {
      error("not_found", "There is no such room for you.", roomId, "never");
      return;
    }
    Member.Start start =
        new Member.Start(
            message.number("resume", "epoch", 0),
            Math.max(0, message.number("resume", "sequence", 0)),
            Math.clamp(message.number("recent", 0), 0, RECENT_MAX));
    Member known = member(roomId);
    if (known != null) {
      // Another density goes on where the one before was.
      start = loop().gateway().startBehind(known);
      leave(known);
    } else if (memberCount() >= loop().limits().roomsMax()) {
      error("limit_exceeded", "This connection is in too many rooms.", roomId, "never");
      return;
    }
    loop().room(roomId).join(this, wire().lane(density), start);
  }

  private void leave(ClientMessage message) {
    long roomId = message.number("room", 0);
    Member known = member(roomId);
    if (known != null) {
      leave(known);
    }
    send(loop().json().raw("{\"op\":\"left\",\"room\":").id(roomId).raw('}'));
  }

  private void auth(ClientMessage message) {
    Admission admission = loop().gateway().admission();
    boolean isIn = viewer() != null;
    if (isIn == message.has("ticket")) {
      error("malformed_request", "There is one user in a connection.", 0, "never");
      return;
    }
    if (!isIn && !admission.byTicket(this, message.text("ticket"))) {
      error("unauthenticated", "The ticket is unknown, used or too old.", 0, "never");
      return;
    }
    String position = isOpen() ? admission.stream(this, message.text("after")) : "";
    if (position == null) {
      error("malformed_request", "This is no position of a private stream.", 0, "never");
      position = admission.stream(this, "");
    }
    if (isOpen() && position != null) {
      JsonBytes json = loop().json().raw("{\"op\":\"authed\",\"user_id\":").id(userId());
      send(json.raw(",\"position\":").text(position).raw('}'));
      leaveForbidden(loop().gateway());
      Viewer who = viewer();
      if (who != null) {
        who.readOn();
      }
    }
  }

  @Override
  void lostPlace() {
    error("cursor_unknown", "The private stream goes on now, not there.", 0, "never");
  }

  /** Refuses something; the connection stays. */
  void error(String code, String detail, long roomId, String retry) {
    JsonBytes json = loop().json().raw("{\"op\":\"error\",\"code\":").text(code);
    json.raw(",\"detail\":").text(detail);
    if (roomId != 0) {
      json.raw(",\"room\":").id(roomId);
    }
    send(json.raw(",\"retry\":").text(retry).raw('}'));
  }

  @Override
  void cutOff(Member member, CutOff why) {
    long roomId = member.room.roomId();
    leave(member);
    error(why.code(), why.detail(), roomId, "never");
  }

  @Override
  void note(byte[] json) {
    send(loop().json().raw(json, 0, json.length));
  }

  @Override
  void joined(Member member, long epoch, Opening opening, long newest) {
    send(Replies.joined(loop().json(), member, epoch, opening, newest));
  }

  @Override
  void tell(PrivatePage page) {
    JsonBytes json = loop().json().raw("{\"op\":\"private\",\"position\":").text(page.position());
    json.raw(",\"items\":[");
    for (int i = 0; i < page.items().size(); i++) {
      byte[] item = page.items().get(i);
      if (i > 0) {
        json.raw(',');
      }
      json.raw(item, 0, item.length);
    }
    send(json.raw("]}"));
  }
}
