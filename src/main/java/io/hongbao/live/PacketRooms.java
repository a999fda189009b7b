// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import org.agrona.collections.Long2LongHashMap;

/**
 * Which packet belongs to which room, for events that name the packet alone.
 *
 * <p>Filled from the recovered state before the journal is followed, then by what is followed; a
 * packet leaves with the last event that a room is shown of it.
 *
 * <p><b>Thread:</b> the starter's, then the follower's.
 */
public final class PacketRooms {

  /** No room has this id. */
  static final long NONE = 0;

  private final Long2LongHashMap rooms = new Long2LongHashMap(NONE);

  public void put(long packetId, long roomId) {
    if (roomId != NONE) {
      rooms.put(packetId, roomId);
    }
  }

  long roomOf(long packetId) {
    return rooms.get(packetId);
  }

  void remove(long packetId) {
    rooms.remove(packetId);
  }

  public int size() {
    return rooms.size();
  }
}
