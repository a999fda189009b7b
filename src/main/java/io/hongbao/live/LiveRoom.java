// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.ArrayList;
import java.util.List;

/**
 * One room's log and who follows it.
 *
 * <p><b>Thread:</b> the owner loop; the log is read by everybody.
 */
final class LiveRoom {

  private final long id;
  private final RoomLog log;
  private final List<Follower> followers = new ArrayList<>();
  private List<LogEntry> untold = new ArrayList<>();

  private long usedMs;

  LiveRoom(long id, long epoch, long nowMs) {
    this.id = id;
    this.usedMs = nowMs;
    this.log = new RoomLog(epoch);
  }

  long id() {
    return id;
  }

  RoomLog log() {
    return log;
  }

  /** Whether nobody follows it and nothing is in it, and nothing was for so long. */
  boolean isResting(long nowMs, long forMs) {
    return followers.isEmpty()
        && untold.isEmpty()
        && log.isEmpty()
        && nowMs - Math.max(usedMs, log.lastAtMs()) >= forMs;
  }

  /** Adds a follower, who has heard of everything up to the tail that he is told. */
  void follow(Follower follower, RoomLogs.AllFollower everybody) {
    // What was appended in this turn is told to those who were there.
    tell(everybody);
    followers.add(follower);
    follower.started(log.tail());
  }

  void forget(Follower follower, long nowMs) {
    followers.remove(follower);
    usedMs = nowMs;
  }

  /** Whether the next entry is the first that followers have to be told of. */
  boolean isFirstUntold() {
    return untold.isEmpty();
  }

  LogEntry append(RoomEntry entry, long nowMs, LogLimits limits) {
    LogEntry appended = log.append(entry, nowMs, limits);
    untold.add(appended);
    return appended;
  }

  /** Tells all followers what was appended since. */
  void tell(RoomLogs.AllFollower everybody) {
    if (untold.isEmpty()) {
      return;
    }
    List<LogEntry> batch = List.copyOf(untold);
    untold = new ArrayList<>();
    everybody.entries(id, batch);
    // A copy, since a follower may end itself while it is told.
    for (Follower follower : List.copyOf(followers)) {
      follower.entries(batch);
    }
  }
}
