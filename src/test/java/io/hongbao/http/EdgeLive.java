// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.live.ChatLimits;
import io.hongbao.live.LiveMeters;
import io.hongbao.live.LiveRooms;
import io.hongbao.live.LocalRoomLogs;
import io.hongbao.live.LogLimits;
import io.hongbao.live.Moderators;
import io.hongbao.live.NoStore;
import io.hongbao.live.Tracker;
import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.concurrent.Executor;

/** Live rooms for an edge without a server around it; nobody can say anything in them. */
final class EdgeLive {

  private EdgeLive() {}

  static LiveParts none(TimeSource time) {
    List<Executor> loops = List.of(Runnable::run);
    var logs = new LocalRoomLogs(loops, roomId -> 0, time, new LogLimits(1, 1, 64), 1);
    var limits = new ChatLimits(100, 1, 1, 1);
    var none = new NoStore();
    var rooms =
        new LiveRooms(logs, none, limits, new LiveMeters(), Tracker.NONE, time, 1, roomId -> 0, 1);
    return new LiveParts(rooms, new Moderators(rooms, Runnable::run), none, limits);
  }
}
