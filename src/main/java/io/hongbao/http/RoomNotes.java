// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.live.TicketView;

/**
 * What a user is told in passing on a private stream, as JSON.
 *
 * <p><b>Thread:</b> any.
 */
public final class RoomNotes {

  private RoomNotes() {}

  /** What became of a message that waited in a room's line. */
  public static byte[] slowMode(long roomId, TicketView ticket) {
    JsonWriter json = new JsonWriter();
    json.reset().beginObject().field("op", "note").field("kind", "slow_mode");
    json.name("room").id(roomId).name("ticket");
    DanmakuRoutes.ticket(json, ticket);
    return json.endObject().toBytes();
  }
}
