// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * The rooms of one owner loop: makes them, lets go of what is old in them, forgets those in which
 * nobody is and nothing happens.
 *
 * <p><b>Invariant:</b> no room has the same number twice in one epoch. A room that had entries is
 * forgotten only when new logs begin a later epoch than its own.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class OwnedRooms {

  /**
   * A room is kept so long after its last entry and its last follower: who comes back by then goes
   * on, and an empty log takes some 300 bytes.
   */
  static final long FORGET_AFTER_MS = 3_600_000;

  /** The part of the rooms that one sweep looks at, and its bounds: 20,000 looks take some ms. */
  private static final int PARTS = 10;

  private static final int LOOKS_MIN = 100;
  private static final int LOOKS_MAX = 20_000;

  private final Map<Long, LiveRoom> shared;
  private final Deque<LiveRoom> round = new ArrayDeque<>();
  private boolean wantsEpoch;

  /**
   * Begins without rooms.
   *
   * @param shared where all threads find them; those of this loop are put in and taken out here
   */
  OwnedRooms(Map<Long, LiveRoom> shared) {
    this.shared = shared;
  }

  LiveRoom room(long roomId, long epoch, long nowMs) {
    LiveRoom known = shared.get(roomId);
    if (known == null) {
      known = new LiveRoom(roomId, epoch, nowMs);
      shared.put(roomId, known);
      round.add(known);
    }
    return known;
  }

  /**
   * Looks at the next part of the rooms.
   *
   * @param epoch of logs that begin now
   * @param mayForget whether nothing else needs the room
   * @return how many were forgotten
   */
  int sweep(long nowMs, LogLimits limits, long epoch, LongPredicate mayForget) {
    int forgotten = 0;
    wantsEpoch = false;
    int looks = Math.min(round.size(), Math.clamp(round.size() / PARTS, LOOKS_MIN, LOOKS_MAX));
    for (int i = 0; i < looks; i++) {
      LiveRoom room = round.remove();
      room.log().drop(nowMs, limits);
      boolean isOver = room.isResting(nowMs, FORGET_AFTER_MS) && mayForget.test(room.id());
      if (isOver && (room.log().epoch() < epoch || room.log().tail().lastSequence() == 0)) {
        shared.remove(room.id());
        forgotten++;
      } else {
        wantsEpoch |= isOver;
        round.add(room);
      }
    }
    return forgotten;
  }

  /** Whether rooms wait for a later epoch to be forgotten. */
  boolean wantsEpoch() {
    return wantsEpoch;
  }
}
