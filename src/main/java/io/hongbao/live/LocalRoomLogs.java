// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The logs of all rooms in the memory of this process.
 *
 * <p><b>Thread:</b> any.
 */
public final class LocalRoomLogs implements RoomLogs {

  private final Map<Long, LiveRoom> rooms = new ConcurrentHashMap<>();
  private final List<OwnerLoop> loops;
  private final LongToIntFunction ownerOf;
  private final TimeSource time;
  private final LogLimits limits;
  private final long startEpoch;

  /**
   * Makes logs without entries.
   *
   * @param loops the event loops
   * @param ownerOf which of them owns a room
   * @param epoch larger than that of every start before
   */
  public LocalRoomLogs(
      List<? extends Executor> loops,
      LongToIntFunction ownerOf,
      TimeSource time,
      LogLimits limits,
      long epoch) {
    this.ownerOf = ownerOf;
    this.time = time;
    this.limits = limits;
    this.startEpoch = epoch;
    this.loops = loops.stream().map(loop -> new OwnerLoop(loop, limits.appendsMax())).toList();
  }

  @Override
  public Tail tail(long roomId) {
    LiveRoom room = rooms.get(roomId);
    return room == null ? new Tail(startEpoch, 1, 0) : room.log().tail();
  }

  @Override
  public List<LogEntry> read(long roomId, long afterSequence, int maxBytes) {
    LiveRoom room = rooms.get(roomId);
    return room == null ? List.of() : room.log().read(afterSequence, maxBytes);
  }

  @Override
  public Registration follow(long roomId, Follower follower) {
    OwnerLoop loop = loops.get(ownerOf.applyAsInt(roomId));
    LiveRoom room = room(roomId);
    loop.call(() -> room.follow(follower));
    return () -> loop.call(() -> room.forget(follower));
  }

  @Override
  public boolean append(long roomId, RoomEntry entry, AppendHandler handler) {
    LiveRoom room = room(roomId);
    return loops
        .get(ownerOf.applyAsInt(roomId))
        .post(room, () -> handler.appended(room.append(entry, time.nowMs(), limits)));
  }

  @Override
  public Executor owner(long roomId) {
    return loops.get(ownerOf.applyAsInt(roomId))::call;
  }

  /** Lets go of what became too old; each loop looks at its rooms. */
  public void sweep() {
    rooms.forEach(
        (roomId, room) ->
            loops
                .get(ownerOf.applyAsInt(roomId))
                .call(() -> room.log().drop(time.nowMs(), limits)));
  }

  /** Rooms that have a log. */
  public int count() {
    return rooms.size();
  }

  private LiveRoom room(long roomId) {
    @Nullable LiveRoom known = rooms.get(roomId);
    return known != null ? known : rooms.computeIfAbsent(roomId, id -> new LiveRoom(startEpoch));
  }
}
