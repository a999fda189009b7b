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

  LiveRoom(long id, long epoch) {
    this.id = id;
    this.log = new RoomLog(epoch);
  }

  RoomLog log() {
    return log;
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  /** Adds a follower, who has heard of everything up to the tail that he is told. */
  void follow(Follower follower, RoomLogs.AllFollower everybody) {
    // What was appended in this turn is told to those who were there.
    tell(everybody);
    followers.add(follower);
    follower.started(log.tail());
  }

  void forget(Follower follower) {
    followers.remove(follower);
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
