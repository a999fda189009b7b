// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.RoomSettings;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.export.RecordSource;
import io.hongbao.http.AssetTable;
import io.hongbao.http.LiveParts;
import io.hongbao.http.RoomMoneyJson;
import io.hongbao.live.ChatLimits;
import io.hongbao.live.LiveMeters;
import io.hongbao.live.LiveRooms;
import io.hongbao.live.LocalRoomLogs;
import io.hongbao.live.LogLimits;
import io.hongbao.live.MoneyFollower;
import io.hongbao.live.MoneyThread;
import io.hongbao.live.PacketRooms;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The live rooms of one process.
 *
 * <p><b>Thread:</b> the starter's; rooms live on the event loops, money events come by a thread of
 * their own.
 */
final class LiveRuntime {

  private static final Logger LOG = System.getLogger(LiveRuntime.class.getName());

  /** A refund may come this long after the packet's end; then nobody looks for it in a room. */
  private static final long REFUND_MS_MAX = 3_600_000;

  /** What a start waits for the newest money events; they come later otherwise. */
  private static final long CATCH_UP_MS_MAX = 2_000;

  private final LiveParts parts;
  private final LiveMeters meters;
  private final MoneyThread money;

  private LiveRuntime(LiveParts parts, LiveMeters meters, MoneyThread money) {
    this.parts = parts;
    this.meters = meters;
    this.money = money;
  }

  /** Which packets belong to rooms, by the recovered state; before the lanes have it. */
  static PacketRooms packetsIn(PartitionState[] states, long nowMs) {
    PacketRooms packets = new PacketRooms();
    for (PartitionState state : states) {
      for (Family family : state.families()) {
        if (family instanceof RedPacketFamily redPackets) {
          redPackets
              .state()
              .forEachPacket(
                  packet -> {
                    if (packet.closedAtMs() == 0 || packet.closedAtMs() > nowMs - REFUND_MS_MAX) {
                      packets.put(packet.spec().packetId(), packet.spec().terms().roomId());
                    }
                  });
        }
      }
    }
    return packets;
  }

  static LiveRuntime start(
      Configuration configuration,
      LocalJournal journal,
      int partitions,
      PacketRooms packets,
      List<Executor> loops,
      TimeSource time)
      throws InterruptedException {
    RoomSettings room = configuration.room();
    long epoch = time.nowMs();
    LiveMeters meters = new LiveMeters();
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
    MoneyThread money =
        new MoneyThread(
            new MoneyFollower(
                RecordSource.of(journal, partitions, journal::firstLogPosition),
                logs,
                packets,
                new RoomMoneyJson(new AssetTable(configuration.assets())),
                meters,
                epoch - room.logAgeMs()));
    LiveRuntime live =
        new LiveRuntime(
            new LiveParts(new LiveRooms(logs, epoch), limits), meters, money.start());
    if (!money.awaitCaughtUp(CATCH_UP_MS_MAX)) {
      LOG.log(Level.INFO, "the newest money events of rooms are still being read");
    }
    return live;
  }

  LiveParts parts() {
    return parts;
  }

  LiveMeters meters() {
    return meters;
  }

  /** Something has become durable. */
  void wake() {
    money.wake();
  }

  void stop(long deadlineMs) throws InterruptedException {
    money.stop(deadlineMs);
  }
}
