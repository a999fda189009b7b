// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
import java.util.function.LongToIntFunction;

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
  private final LongAdder forgotten = new LongAdder();
  private volatile long epoch;
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
            .map(
                loop ->
                    new OwnerLoop(
                        loop, limits.appendsMax(), this::tellEverybody, new OwnedRooms(rooms)))
            .toList();
  }

  /** The life of logs that begin now. */
  public long epoch() {
    return epoch;
  }

  /**
   * Lets logs that begin from now on have a later life, so that rooms can be forgotten that have
   * this one. No start may ever have it again. One thread at a time.
   */
  public void beginEpoch(long later) {
    epoch = Math.max(epoch, later);
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
    loop.call(() -> room(loop, roomId).follow(follower, this::tellEverybody));
    // A room that is followed is not forgotten: it is the same one.
    return () -> loop.call(() -> room(loop, roomId).forget(follower, time.nowMs()));
  }

  @Override
  public boolean append(long roomId, RoomEntry entry, AppendHandler handler) {
    OwnerLoop loop = loop(roomId);
    if (loop.isHere()) {
      append(loop, roomId, entry, handler);
      return true;
    }
    return loop.post(() -> append(loop, roomId, entry, handler));
  }

  @Override
  public boolean appendLater(long roomId, RoomEntry entry) {
    OwnerLoop loop = loop(roomId);
    return loop.leave(() -> append(loop, roomId, entry, AppendHandler.NOBODY));
  }

  @Override
  public void wakeOwners() {
    loops.forEach(OwnerLoop::wakeForWhatWaits);
  }

  private void append(OwnerLoop loop, long roomId, RoomEntry entry, AppendHandler handler) {
    LiveRoom room = room(loop, roomId);
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

  /**
   * Lets go of what became too old, and forgets rooms that rest; called on each loop every second.
   *
   * @param mayForget whether nothing else needs the room, and its entries are durable
   * @return whether rooms wait for a later epoch ({@link #beginEpoch}) to be forgotten
   */
  public boolean sweep(int loop, LongPredicate mayForget) {
    OwnedRooms owned = loops.get(loop).rooms();
    forgotten.add(owned.sweep(time.nowMs(), limits, epoch, mayForget));
    return owned.wantsEpoch();
  }

  /** Rooms that were forgotten. */
  public long forgotten() {
    return forgotten.sum();
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

  // On the owner loop only: there rooms are made and forgotten, so none goes under our hands.
  private LiveRoom room(OwnerLoop loop, long roomId) {
    return loop.rooms().room(roomId, epoch, time.nowMs());
  }
}
