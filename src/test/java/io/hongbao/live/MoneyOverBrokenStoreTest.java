// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.export.FakeSource;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.sql.RoomStore;
import io.hongbao.redpacket.RedPacketCodec;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.time.SystemTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The rooms' database cannot be written while red packets are opened. Once its queue took every
 * money event meanwhile, until the memory was full; now they wait in the journal.
 */
class MoneyOverBrokenStoreTest {

  private static final int OPENS = 3_000;
  private static final int UNSAVED_MAX = 400;
  private static final int APPENDS_MAX = 64;
  private static final String URL = RoomStore.memoryUrl("money-over-broken-store");

  private final SystemTime time = new SystemTime();
  private final FakeSource source = new FakeSource(1);
  private final RedPacketCodec codec = new RedPacketCodec();
  private final LiveMeters meters = new LiveMeters();

  private void record(RedPacketEvent event) {
    source.append(0, time.nowMs(), new FakeSource.Part(codec, event));
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void await(String what, BooleanSupplier is) throws InterruptedException {
    for (int i = 0; i < 10_000 && !is.getAsBoolean(); i++) {
      Thread.sleep(1);
    }
    assertTrue(is.getAsBoolean(), what);
  }

  @Test
  void moneyWaitsInTheJournalAndComesOnceIntoLogAndDatabase() throws Exception {
    RoomStore store = RoomStore.open(URL, 20, UNSAVED_MAX, time);
    ExecutorService loop = Executors.newSingleThreadExecutor();
    LocalRoomLogs logs =
        new LocalRoomLogs(
            List.of(loop),
            roomId -> 0,
            time,
            new LogLimits(1 << 24, 3_600_000, APPENDS_MAX),
            store.epoch());
    AtomicLong unsavedMost = new AtomicLong();
    logs.followAll(
        (roomId, batch) -> {
          store.entries(roomId, batch);
          unsavedMost.accumulateAndGet(store.meters().unsaved(), Math::max);
        });
    MoneyFollower follower =
        new MoneyFollower(
            source, logs, store, new PacketRooms(), event -> new byte[] {'{', '}'}, meters, 0);
    MoneyThread thread = new MoneyThread(follower).start();
    try {
      run("ALTER TABLE room_money RENAME TO room_money_away");
      record(MoneyFollowerTest.created(50, 7));
      for (int i = 1; i <= OPENS; i++) {
        record(MoneyFollowerTest.opened(50, i));
      }
      thread.wake();
      await("the reading stops", follower::isHeld);
      await("a write fails", () -> store.meters().failures() > 0);
      long behindBytes = follower.behindBytes();
      run("ALTER TABLE room_money_away RENAME TO room_money");
      await("all is written", () -> store.meters().rows() == OPENS + 1);

      assertTrue(behindBytes > OPENS / 2 * 24, "most was not read: " + behindBytes);
      long bound = UNSAVED_MAX / 2 + APPENDS_MAX + 1;
      assertTrue(unsavedMost.get() <= bound, unsavedMost + " waited, at most " + bound);
      assertTrue(meters.moneyHeld() > 0);
      List<String> once = new ArrayList<>();
      for (int i = 1; i <= OPENS + 1; i++) {
        once.add("0:" + i + ":0");
      }
      assertEquals(once, eventIds(logs.read(7, 0, 1 << 24)));
      List<LogEntry> kept = store.after(7, store.epoch(), 0, 2 * OPENS).get(5, TimeUnit.SECONDS);
      assertEquals(once, eventIds(kept));
    } finally {
      thread.stop(5_000);
      loop.shutdown();
      store.close(5_000);
    }
  }

  private static List<String> eventIds(List<LogEntry> entries) {
    return entries.stream().map(entry -> ((MoneyEvent) entry.entry()).eventId()).toList();
  }
}
