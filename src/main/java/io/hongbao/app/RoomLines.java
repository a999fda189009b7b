// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.app;

import io.hongbao.gateway.CutOff;
import io.hongbao.gateway.Gateway;
import io.hongbao.http.RoomNotes;
import io.hongbao.live.RoomListener;
import io.hongbao.live.TicketView;

/**
 * Carries what concerns one user from the rooms to his connections.
 *
 * <p><b>Thread:</b> the room's owner loop.
 */
record RoomLines(Gateway gateway) implements RoomListener {

  @Override
  public void banned(long roomId, long userId, long untilMs) {
    gateway.cutOff(roomId, userId, CutOff.BANNED);
  }

  @Override
  public void ticket(long roomId, TicketView ticket) {
    gateway.note(ticket.userId(), RoomNotes.slowMode(roomId, ticket));
  }
}
