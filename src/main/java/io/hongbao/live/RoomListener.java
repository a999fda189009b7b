// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * Hears what concerns one user rather than a room.
 *
 * <p><b>Thread:</b> the room's owner loop; must be quick.
 */
public interface RoomListener {

  /** The user was banned and is to be cut off from the room. */
  default void banned(long roomId, long userId, long untilMs) {}

  /** Something became of the user's message in the line: said, expired or refused. */
  default void ticket(long roomId, TicketView ticket) {}
}
