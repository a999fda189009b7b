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
  private final long epoch;
  private volatile AllFollower everybody = (roomId, batch) -> {};

  /**
   * Makes logs without entries.
   *
   * @param executors the event loops
   * @param ownerOf which of them owns a room
   * @param epoch larger than that of every start before
   */
  public LocalRoomLogs(
      List<? extends Executor> executors,
      LongToIntFunction ownerOf,
      TimeSource time,
      LogLimits limits,
      long epoch) {
    this.ownerOf = ownerOf;
    this.time = time;
    this.limits = limits;
    this.epoch = epoch;
    this.loops =
        executors.stream()
            .map(loop -> new OwnerLoop(loop, limits.appendsMax(), this::tellEverybody))
            .toList();
  }

  /** The life of all logs of this start. */
  public long epoch() {
    return epoch;
  }

  @Override
  public Tail tail(long roomId) {
    LiveRoom room = rooms.get(roomId);
    return room == null ? new Tail(epoch, 1, 0) : room.log().tail();
  }

  @Override
  public List<LogEntry> read(long roomId, long afterSequence, int maxBytes) {
    LiveRoom room = rooms.get(roomId);
    return room == null ? List.of() : room.log().read(afterSequence, maxBytes);
  }

  @Override
  public Registration follow(long roomId, Follower follower) {
    OwnerLoop loop = loop(roomId);
    LiveRoom room = room(roomId);
    loop.call(() -> room.follow(follower, this::tellEverybody));
    return () -> loop.call(() -> room.forget(follower));
  }

  @Override
  public boolean append(long roomId, RoomEntry entry, AppendHandler handler) {
    OwnerLoop loop = loop(roomId);
    LiveRoom room = room(roomId);
    if (loop.isHere()) {
      append(loop, room, entry, handler);
      return true;
    }
    return loop.post(() -> append(loop, room, entry, handler));
  }

  @Override
  public boolean appendLater(long roomId, RoomEntry entry) {
    OwnerLoop loop = loop(roomId);
    LiveRoom room = room(roomId);
    return loop.leave(() -> append(loop, room, entry, AppendHandler.NOBODY));
  }

  @Override
  public void wakeOwners() {
    loops.forEach(OwnerLoop::wakeForWhatWaits);
  }

  private void append(OwnerLoop loop, LiveRoom room, RoomEntry entry, AppendHandler handler) {
    boolean isFirst = room.isFirstUntold();
    LogEntry appended = room.append(entry, time.nowMs(), limits);
    if (isFirst) {
      loop.changed(room);
    }
    handler.appended(appended);
  }

  @Override
  public boolean submit(long roomId, Runnable task) {
    return loop(roomId).post(task);
  }

  @Override
  public Executor owner(long roomId) {
    return loop(roomId)::call;
  }

  @Override
  public void followAll(AllFollower follower) {
    everybody = follower;
  }

  /** Lets go of what became too old; each loop looks at its rooms. */
  public void sweep() {
    rooms.forEach((roomId, room) -> loop(roomId).call(() -> room.log().drop(time.nowMs(), limits)));
  }

  /** Rooms that have a log. */
  public int count() {
    return rooms.size();
  }

  /** Tasks and entries that wait for one of the loops. */
  public int waiting() {
    return loops.stream().mapToInt(OwnerLoop::waiting).max().orElse(0);
  }

  private void tellEverybody(long roomId, List<LogEntry> batch) {
    everybody.entries(roomId, batch);
  }

  private OwnerLoop loop(long roomId) {
    return loops.get(ownerOf.applyAsInt(roomId));
  }

  private LiveRoom room(long roomId) {
    @Nullable LiveRoom known = rooms.get(roomId);
    return known != null ? known : rooms.computeIfAbsent(roomId, id -> new LiveRoom(id, epoch));
  }
}
