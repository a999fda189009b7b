// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.RoomSettings;
import io.hongbao.http.LiveParts;
import io.hongbao.live.ChatLimits;
import io.hongbao.live.LiveRooms;
import io.hongbao.live.LocalRoomLogs;
import io.hongbao.live.LogLimits;
import io.hongbao.model.Slot;
import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The live rooms of one process.
 *
 * <p><b>Thread:</b> the starter's; rooms live on the event loops.
 */
final class LiveRuntime {

  private final LiveParts parts;

  private LiveRuntime(LiveParts parts) {
    this.parts = parts;
  }

  static LiveRuntime start(
      Configuration configuration, int partitions, List<Executor> loops, TimeSource time) {
    RoomSettings room = configuration.room();
    long epoch = time.nowMs();
    LocalRoomLogs logs =
        new LocalRoomLogs(
            loops,
            roomId -> Slot.partition(roomId, partitions) % loops.size(),
            time,
            new LogLimits(room.logBytes(), room.logAgeMs(), room.appendsMax()),
            epoch);
    ChatLimits limits =
        new ChatLimits(
            room.textMaxChars(), room.budgetPerS(), room.waitingMax(), room.keysMax());
    return new LiveRuntime(new LiveParts(new LiveRooms(logs, epoch), limits));
  }

  LiveParts parts() {
    return parts;
  }
}
