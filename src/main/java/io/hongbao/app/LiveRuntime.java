// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.RoomSettings;
import io.hongbao.datadir.DataDirectory;
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
import io.hongbao.live.Moderators;
import io.hongbao.live.MoneyFollower;
import io.hongbao.live.MoneyThread;
import io.hongbao.live.NoStore;
import io.hongbao.live.PacketRooms;
import io.hongbao.live.RoomBook;
import io.hongbao.live.RoomEpochs;
import io.hongbao.live.Tracker;
import io.hongbao.live.sql.RoomStore;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.RedPacket;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The live rooms of one process.
 *
 * <p><b>Thread:</b> the starter's; rooms live on the event loops, money events come by a thread of
 * their own.
 */
final class LiveRuntime {

  private static final Logger LOG = System.getLogger(LiveRuntime.class.getName());

  /** A packet that was over for so long when the log ended has nothing in the part read again. */
  private static final long REFUND_MS_MAX = 3_600_000;

  /** What a start waits for the newest money events; they come later otherwise. */
  private static final long CATCH_UP_MS_MAX = 2_000;

  /** Ticks of {@link EventLoops} between two sweeps of a loop's rooms: some ten seconds. */
  private static final int TICKS_PER_SWEEP = 2_000;

  /** Ticks between two looks at a part of a loop's logs: a second. */
  private static final int TICKS_PER_LOOK = 200;

  /** History is cut every ten minutes or so. */
  private static final int TICKS_PER_DELETION = 60 * TICKS_PER_SWEEP;

  private final LiveParts parts;
  private final LocalRoomLogs logs;
  private final MoneyThread money;
  private final @Nullable RoomStore store;
  private final ExecutorService words;
  private final TimeSource time;
  private final RoomEpochs epochs;
  private final long historyAgeMs;
  private final int[] ticks;

  private LiveRuntime(
      LiveParts parts,
      LocalRoomLogs logs,
      MoneyThread money,
      @Nullable RoomStore store,
      ExecutorService words,
      TimeSource time,
      long historyAgeMs,
      int loops) {
    this.parts = parts;
    this.logs = logs;
    this.money = money;
    this.store = store;
    this.words = words;
    this.time = time;
    this.historyAgeMs = historyAgeMs;
    this.epochs = new RoomEpochs(logs, store == null ? RoomBook.NONE : store, time);
    this.ticks = new int[loops];
  }

  /**
   * What a start knows of rooms before the lanes have the state.
   *
   * @param packets which of them belong to rooms
   * @param endMs when the last record was written: however long nothing ran since then, what was
   *     shown to nobody any more is counted back from here
   */
  record Recovered(PacketRooms packets, long endMs) {}

  /** Looks through the recovered state. */
  static Recovered recovered(PartitionState[] states, long nowMs) {
    long endMs = 0;
    for (PartitionState state : states) {
      endMs = Math.max(endMs, state.timeMs());
    }
    endMs = Math.min(endMs, nowMs);
    PacketRooms packets = new PacketRooms();
    for (PartitionState state : states) {
      for (Family family : state.families()) {
        if (family instanceof RedPacketFamily redPackets) {
          long closedMs = endMs - REFUND_MS_MAX;
          redPackets.state().forEachPacket(packet -> put(packets, packet, closedMs));
        }
      }
    }
    return new Recovered(packets, endMs);
  }

  // A rest that is still on its way will be told of, whenever it arrives.
  private static void put(PacketRooms packets, RedPacket packet, long closedMs) {
    boolean isOver = packet.closedAtMs() != 0 && packet.closedAtMs() <= closedMs;
    if (!isOver || packet.pendingTransfers() > 0) {
      packets.put(packet.spec().packetId(), packet.spec().terms().roomId());
    }
  }

  static LiveRuntime start(
      Configuration configuration,
      DataDirectory directory,
      LocalJournal journal,
      Recovered recovered,
      List<Executor> loops,
      TimeSource time)
      throws InterruptedException {
    RoomSettings room = configuration.room();
    int partitions = directory.manifest().partitions();
    LongToIntFunction ownerOf = roomId -> Slot.partition(roomId, partitions) % loops.size();
    RoomStore store = open(directory, room, time);
    long epoch = store == null ? time.nowMs() : store.epoch();
    LiveMeters meters = new LiveMeters();
    LocalRoomLogs logs =
        new LocalRoomLogs(
            loops,
            ownerOf,
            time,
            new LogLimits(room.logBytes(), room.logAgeMs(), room.appendsMax()),
            epoch);
    ChatLimits limits =
        new ChatLimits(room.textMaxChars(), room.budgetPerS(), room.waitingMax(), room.keysMax());
    NoStore none = new NoStore();
    LiveRooms rooms =
        new LiveRooms(
            logs,
            store == null ? none : store,
            limits,
            meters,
            room.tracking() ? new TrackingLog() : Tracker.NONE,
            time,
            loops.size(),
            ownerOf,
            epoch);
    load(store, rooms, logs, time);
    ExecutorService words = Executors.newSingleThreadExecutor(LiveRuntime::wordsThread);
    MoneyThread money =
        new MoneyThread(
            new MoneyFollower(
                RecordSource.of(journal, partitions, journal::firstLogPosition),
                logs,
                store == null ? none : store,
                recovered.packets(),
                new RoomMoneyJson(new AssetTable(configuration.assets())),
                meters,
                recovered.endMs() - room.logAgeMs()));
    LiveParts parts =
        new LiveParts(rooms, new Moderators(rooms, words), store == null ? none : store, limits);
    money.start();
    if (!money.awaitCaughtUp(CATCH_UP_MS_MAX)) {
      LOG.log(Level.INFO, "the newest money events of rooms are still being read");
    }
    return new LiveRuntime(
        parts, logs, money, store, words, time, room.historyAgeMs(), loops.size());
  }

  private static Thread wordsThread(Runnable task) {
    Thread thread = new Thread(task, "hongbao-room-words");
    thread.setDaemon(true);
    return thread;
  }

  private static @Nullable RoomStore open(
      DataDirectory directory, RoomSettings room, TimeSource time) {
    // Not beside the read model, which people delete: nothing makes this one anew.
    String file = directory.path().resolve(DataDirectory.ROOMS).resolve("rooms").toString();
    try {
      return RoomStore.open(RoomStore.fileUrl(file), room.flushMs(), room.unsavedMax(), time);
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "the rooms' database cannot be opened: chat is refused", e);
      return null;
    }
  }

  private static void load(
      @Nullable RoomStore store, LiveRooms rooms, LocalRoomLogs logs, TimeSource time) {
    if (store == null) {
      return;
    }
    try {
      store.moderations(time.nowMs()).forEach(rooms::load);
      rooms.filter().change(store.words(), List.of());
      logs.followAll(store);
    } catch (SQLException e) {
      throw new IllegalStateException("what moderators decided cannot be read", e);
    }
  }

  LiveParts parts() {
    return parts;
  }

  LiveMetrics metrics() {
    return new LiveMetrics(
        parts.rooms().meters(), logs, money, store == null ? null : store.meters());
  }

  /** Something has become durable. */
  void wake() {
    money.wake();
  }

  /** Lets rooms of one loop go on; called on that loop every some milliseconds. */
  void tick(int loop) {
    parts.rooms().pump(loop);
    if (++ticks[loop] % TICKS_PER_SWEEP == 0) {
      parts.rooms().sweep(loop);
    }
    if (ticks[loop] % TICKS_PER_LOOK == 0 && logs.sweep(loop, parts.rooms()::mayForget)) {
      epochs.next();
    }
    if (loop == 0 && ticks[loop] % TICKS_PER_DELETION == 0 && store != null) {
      store.deleteBefore(time.nowMs() - historyAgeMs);
    }
  }

  void stop(long deadlineMs) throws InterruptedException {
    money.stop(deadlineMs);
    // The database has the words; the automaton of a server that stops is nobody's.
    words.shutdown();
    if (store != null) {
      try {
        store.close(deadlineMs);
      } catch (SQLException e) {
        LOG.log(Level.WARNING, "the rooms' database was not closed", e);
      }
    }
  }
}
