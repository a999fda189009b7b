// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.LongHashSet;

/**
 * All rooms of the process, for the rules of packets on every event loop.
 *
 * <p><b>Thread:</b> any; reads take no lock. Written by partitions when a change is durable; a
 * member set is never changed, only replaced.
 */
public final class RoomDirectory {

  private record View(boolean isPublic, LongHashSet members) {}

  private final ConcurrentHashMap<Long, View> rooms = new ConcurrentHashMap<>();

  /** Whether the room exists and the user may see what is in it. */
  public boolean isInRoom(long roomId, long userId) {
    View room = rooms.get(roomId);
    return room != null && (room.isPublic() || room.members().contains(userId));
  }

  public int count() {
    return rooms.size();
  }

  void put(long roomId, boolean isPublic, LongHashSet members) {
    LongHashSet copy = new LongHashSet(Math.max(8, members.size()));
    copy.addAll(members);
    rooms.put(roomId, new View(isPublic, copy));
  }
}
