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

  private final RoomLog log;
  private final List<Follower> followers = new ArrayList<>();
  private List<LogEntry> untold = new ArrayList<>();

  LiveRoom(long epoch) {
    this.log = new RoomLog(epoch);
  }

  RoomLog log() {
    return log;
  }

  void follow(Follower follower) {
    // What was appended in this turn is told to those who were there.
    tell();
    followers.add(follower);
    follower.started(log.tail());
  }

  void forget(Follower follower) {
    followers.remove(follower);
  }

  LogEntry append(RoomEntry entry, long nowMs, LogLimits limits) {
    LogEntry appended = log.append(entry, nowMs, limits);
    untold.add(appended);
    return appended;
  }

  /** Tells all followers what was appended since. */
  void tell() {
    if (untold.isEmpty()) {
      return;
    }
    List<LogEntry> batch = List.copyOf(untold);
    untold = new ArrayList<>();
    // A copy, since a follower may end itself while it is told.
    for (Follower follower : List.copyOf(followers)) {
      follower.entries(batch);
    }
  }
}
