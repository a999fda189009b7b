// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * The logs of all rooms.
 *
 * <p>A room that nobody ever used has an empty log; looking at it makes nothing.
 *
 * <p><b>Thread:</b> any, and nothing blocks.
 *
 * <p><b>Invariant:</b> a room has one order; who reads and follows sees the same entries under the
 * same numbers.
 *
 * <p><b>Limit:</b> a log keeps {@code room.log_bytes} and {@code room.log_age}; what is older is
 * read from the read model.
 */
public interface RoomLogs {

  /** What the log holds at this moment. */
  Tail tail(long roomId);

  /**
   * The entries behind a sequence, oldest first.
   *
   * @param afterSequence 0 for all; when entries behind it have left the log, reading begins with
   *     the oldest that is there, and the caller sees it by the sequence
   * @param maxBytes by {@link RoomEntry#sizeBytes}; one entry comes always, if there is one
   * @return empty when nothing is there
   */
  List<LogEntry> read(long roomId, long afterSequence, int maxBytes);

  /**
   * Tells a follower of everything that is appended from now on.
   *
   * <p>Called on the owner loop it takes effect before it returns.
   */
  Registration follow(long roomId, Follower follower);

  /**
   * Puts an entry at the end of a room's log; at once when this is the owner loop.
   *
   * @return false when too many entries wait for the owner loop; nothing happened then and the
   *     handler hears nothing
   */
  boolean append(long roomId, RoomEntry entry, AppendHandler handler);

  /**
   * Puts an entry at the end of a room's log, from another thread and as one of many: the loop that
   * owns the room need not hear of it before {@link #wakeOwners}.
   *
   * @return false when too many entries wait for the owner loop; nothing happened then
   */
  boolean appendLater(long roomId, RoomEntry entry);

  /** Lets owner loops append what was left to them by {@link #appendLater}. */
  void wakeOwners();

  /**
   * Runs something on the loop that owns the room, in one line with what is appended.
   *
   * @return false when too much waits for that loop; it is not run then
   */
  boolean submit(long roomId, Runnable task);

  /** Runs something on the loop that owns the room; nothing is refused. */
  Executor owner(long roomId);

  /** Tells a follower of everything in all rooms; one for the process, set before anything is. */
  void followAll(AllFollower follower);

  /** Is told of the entries of all rooms, each room's on its owner loop and in order. */
  @FunctionalInterface
  interface AllFollower {
    void entries(long roomId, List<LogEntry> batch);
  }

  /** Ends what {@link #follow} began; may be closed twice. */
  interface Registration extends AutoCloseable {

    @Override
    void close();
  }
}
