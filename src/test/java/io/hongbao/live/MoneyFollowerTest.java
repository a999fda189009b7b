// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.export.FakeSource;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketCodec;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;
import io.hongbao.redpacket.RedPacketEvent.PacketExpired;
import io.hongbao.redpacket.RedPacketEvent.RestReturned;
import io.hongbao.redpacket.RedPacketEvent.ShareOpened;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MoneyFollowerTest {

  private static final int CNY = 1;

  private final HandTime time = new HandTime();
  private final FakeSource source = new FakeSource(4);
  private final RedPacketCodec codec = new RedPacketCodec();
  private final PacketRooms packets = new PacketRooms();
  private final LiveMeters meters = new LiveMeters();
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private boolean hasRoomForMoney = true;
  private final RoomBook book =
      new RoomBook() {
        @Override
        public CompletableFuture<Void> save(RoomChange change) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean hasRoom() {
          return true;
        }

        @Override
        public boolean hasRoomForMoney() {
          return hasRoomForMoney;
        }
      };
  private LocalRoomLogs logs = logs(1_024, 5);

  private LocalRoomLogs logs(int appendsMax, long epoch) {
    return new LocalRoomLogs(
        List.of(loop::add),
        roomId -> 0,
        time,
        new LogLimits(1 << 24, 3_600_000, appendsMax),
        epoch);
  }

  private MoneyFollower follower(long lookBackToMs) {
    return new MoneyFollower(
        source, logs, book, packets, event -> new byte[] {'{', '}'}, meters, lookBackToMs);
  }

  private void runLoop() {
    for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
      next.run();
    }
  }

  private void record(int partition, RedPacketEvent... events) {
    source.append(
        partition,
        time.nowMs(),
        Arrays.stream(events)
            .map(event -> new FakeSource.Part(codec, event))
            .toArray(FakeSource.Part[]::new));
  }

  static PacketCreated created(long packetId, long roomId) {
    PacketTerms terms =
        new PacketTerms(
            PacketKind.LUCKY_FAIR,
            GrabMode.RESERVE,
            CNY,
            1_000,
            2,
            roomId,
            roomId == 0 ? 9 : 0,
            SenderNonce.NONE,
            "",
            "");
    return new PacketCreated(
        new PacketSpec(packetId, 1, terms, 1, 2, 3, 4, new DrawSeed(1, 2, 3, 4)));
  }

  static ShareOpened opened(long packetId, int place) {
    return new ShareOpened(packetId, 100 + place, place, CNY, 10L * place);
  }

  private static PacketClosed closed(long packetId, PacketState state) {
    return new PacketClosed(packetId, state, 1, new DrawSeed(1, 2, 3, 4));
  }

  private List<String> log(long roomId) {
    List<String> log = new ArrayList<>();
    for (LogEntry entry : logs.read(roomId, 0, 1 << 24)) {
      MoneyEvent event = (MoneyEvent) entry.entry();
      log.add(event.type().substring(11) + " " + event.packetId() + " " + event.eventId());
    }
    return log;
  }

  private void follow(MoneyFollower follower) throws Exception {
    while (follower.step()) {
      runLoop();
    }
    runLoop();
  }

  @Test
  void eachEventComesOnceIntoTheLogOfItsRoomInTheJournalsOrder() throws Exception {
    record(0, created(50, 7));
    record(1, created(51, 8));
    record(1, created(52, 0));
    record(0, opened(50, 1));
    record(0, opened(50, 2), closed(50, PacketState.EMPTY));
    record(1, opened(52, 1));
    MoneyFollower follower = follower(0);
    follow(follower);
    record(1, new PacketExpired(51, CNY, 1_000), closed(51, PacketState.EXPIRED));
    record(2, new RestReturned(51, 1, CNY, 1_000, 5_000));
    follow(follower);
    follow(follower);

    assertEquals(
        List.of("sent 50 0:1:0", "opened 50 0:2:0", "opened 50 0:3:0", "empty 50 0:3:1"), log(7));
    assertEquals(List.of("sent 51 1:1:0", "refunded 51 2:1:0"), log(8));
    assertEquals(6, meters.money());
    assertEquals(0, packets.size());
  }

  @Test
  void aFullLoopHoldsThemBackAndLosesNone() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    logs = logs(4, 5);
    record(0, created(50, 7));
    List<String> expected = new ArrayList<>();
    expected.add("sent 50 0:1:0");
    for (int i = 1; i <= 200; i++) {
      record(0, opened(50, i));
      expected.add("opened 50 0:" + (i + 1) + ":0");
    }
    MoneyFollower follower = follower(0);
    boolean wasStuck = false;
    for (int i = 0; i < 5_000 && log(7).size() < expected.size(); i++) {
      follower.step();
      wasStuck |= follower.isStuck();
      if (random.nextInt(3) == 0) {
        runLoop();
      }
    }

    assertEquals(expected, log(7), "seed " + seed);
    assertTrue(wasStuck);
    assertFalse(follower.isStuck());
  }

  /** The newest events stand in the new epoch too, and those that follow come behind them once. */
  @Test
  void aRestartPutsTheNewestBackFirst() throws Exception {
    record(0, created(50, 7));
    record(0, opened(50, 1));
    time.nowMs += 600_000;
    long startMs = time.nowMs();
    record(0, opened(50, 2));
    // What a start knows of packets from its state; the first record is too old to be read again.
    packets.put(50, 7);
    logs = logs(1_024, 6);
    MoneyFollower follower = follower(startMs);
    follow(follower);
    record(0, opened(50, 3));
    follow(follower);

    assertEquals(List.of("opened 50 0:3:0", "opened 50 0:4:0"), log(7));
    assertEquals(6, logs.tail(7).epoch());
  }

  @Test
  void aFollowerThatLostItsFilesGoesOnWhereItWas() throws Exception {
    record(0, created(50, 7));
    MoneyFollower follower = follower(0);
    follow(follower);
    follower.close();
    record(0, opened(50, 1));
    follow(follower);

    assertEquals(List.of("sent 50 0:1:0", "opened 50 0:2:0"), log(7));
  }

  /** The journal is their queue: what the database has no room for is not even read. */
  @Test
  void aDatabaseWithoutRoomStopsTheReadingAndNothingIsLost() throws Exception {
    record(0, created(50, 7));
    MoneyFollower follower = follower(0);
    follow(follower);
    hasRoomForMoney = false;
    List<String> expected = new ArrayList<>(log(7));
    for (int i = 1; i <= 50; i++) {
      record(0, opened(50, i));
      expected.add("opened 50 0:" + (i + 1) + ":0");
      follow(follower);
    }
    assertEquals(expected.subList(0, 1), log(7));
    assertTrue(follower.isHeld());
    assertTrue(follower.behindBytes() > 49 * 24, "one record is read, the others are not");
    assertEquals(1, meters.moneyHeld());

    hasRoomForMoney = true;
    follow(follower);

    assertEquals(expected, log(7));
    assertFalse(follower.isHeld());
    assertEquals(0, follower.behindBytes());
  }
}
