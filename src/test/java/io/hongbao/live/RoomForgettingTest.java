// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.RoomChange.EpochBegun;
import io.hongbao.live.RoomEntry.Notice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** A server lives for months and sees millions of rooms; what nobody is in is forgotten. */
class RoomForgettingTest {

  private static final long ROOM = 7;
  private static final LongPredicate ALL = roomId -> true;

  private final HandTime time = new HandTime();
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final LocalRoomLogs logs =
      new LocalRoomLogs(
          List.of(loop::add), roomId -> 0, time, new LogLimits(1 << 20, 600_000, 100_000), 5);
  private final List<Long> kept = new ArrayList<>();
  private boolean canKeep = true;
  private final RoomBook book =
      new RoomBook() {
        @Override
        public CompletableFuture<Void> save(RoomChange change) {
          if (!canKeep) {
            return CompletableFuture.failedFuture(new IllegalStateException("no disk"));
          }
          kept.add(((EpochBegun) change).epoch());
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean hasRoom() {
          return true;
        }
      };
  private final RoomEpochs epochs = new RoomEpochs(logs, book, time);

  private void runLoop() {
    for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
      next.run();
    }
  }

  private void append(long roomId) {
    assertTrue(logs.append(roomId, new Notice("c", "t"), AppendHandler.NOBODY));
  }

  // As a server does it every second.
  private void sweep(int times, LongPredicate mayForget) {
    for (int i = 0; i < times; i++) {
      if (logs.sweep(0, mayForget)) {
        epochs.next();
      }
    }
  }

  @Test
  void roomsInWhichNothingHappensLeaveNothingBehind() {
    long rooms = 20_000;
    for (int day = 0; day < 3; day++) {
      for (long roomId = 1; roomId <= rooms; roomId++) {
        append(day * rooms + roomId);
      }
      runLoop();
      assertEquals(rooms, logs.count());
      time.nowMs += OwnedRooms.FORGET_AFTER_MS;
      sweep(150, ALL);
      assertEquals(0, logs.count());
    }

    assertEquals(3 * rooms, logs.forgotten());
    assertEquals(3, kept.size(), "epochs, one for all rooms that were forgotten together");
  }

  /** No number is given twice: whoever comes back sees by the epoch that it begins anew. */
  @Test
  void aRoomThatComesBackBeginsWithOneInALaterEpoch() {
    append(ROOM);
    append(ROOM);
    runLoop();
    assertEquals(new Tail(5, 1, 2), logs.tail(ROOM));
    time.nowMs += OwnedRooms.FORGET_AFTER_MS;
    sweep(2, ALL);
    assertEquals(0, logs.count());
    Tail between = logs.tail(ROOM);
    append(ROOM);
    runLoop();

    assertEquals(List.of(logs.epoch()), kept, "kept before anybody was told of it");
    assertEquals(new Tail(logs.epoch(), 1, 0), between);
    assertEquals(new Tail(logs.epoch(), 1, 1), logs.tail(ROOM));
    assertTrue(logs.epoch() > 5);
  }

  @Test
  void aRoomIsKeptForAnHourAfterItsLastFollowerHasGone() {
    RoomLogs.Registration registration = logs.follow(ROOM, batch -> {});
    append(ROOM);
    runLoop();
    time.nowMs += 2 * OwnedRooms.FORGET_AFTER_MS;
    sweep(3, ALL);
    assertEquals(1, logs.count());

    registration.close();
    runLoop();
    time.nowMs += OwnedRooms.FORGET_AFTER_MS - 1;
    sweep(3, ALL);
    assertEquals(new Tail(5, 2, 1), logs.tail(ROOM), "who comes back goes on");
    time.nowMs++;
    sweep(3, ALL);
    assertEquals(0, logs.count());
  }

  @Test
  void aRoomIsKeptWhileSomethingElseNeedsIt() {
    append(ROOM);
    append(8);
    runLoop();
    time.nowMs += OwnedRooms.FORGET_AFTER_MS;
    sweep(3, roomId -> roomId != ROOM);

    assertEquals(1, logs.count());
    assertEquals(5, logs.tail(ROOM).epoch());
    assertNotEquals(5, logs.tail(8).epoch());
  }

  /** Else a start after a crash could begin with an epoch that clients have seen. */
  @Test
  void nothingIsForgottenWhileTheEpochCannotBeKept() {
    append(ROOM);
    runLoop();
    canKeep = false;
    time.nowMs += OwnedRooms.FORGET_AFTER_MS;
    sweep(3, ALL);
    assertEquals(new Tail(5, 2, 1), logs.tail(ROOM));

    canKeep = true;
    time.nowMs += RoomEpochs.EVERY_MS;
    sweep(2, ALL);
    assertEquals(0, logs.count());
  }

  /** Entries that are under way to a room when it is forgotten come into the one that follows. */
  @Test
  void everyEntryComesOnceUnderANumberOfItsOwn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<String> places = new HashSet<>();
    List<String> twice = new ArrayList<>();
    logs.followAll(
        (roomId, batch) -> {
          for (LogEntry entry : batch) {
            String place = roomId + " " + entry.epoch() + " " + entry.sequence();
            if (!places.add(place)) {
              twice.add(place);
            }
          }
        });
    int entries = 20_000;
    for (int i = 0; i < entries; i++) {
      if (random.nextBoolean()) {
        append(random.nextInt(10));
      } else {
        assertTrue(logs.appendLater(random.nextInt(10), new Notice("c", "t")));
      }
      switch (random.nextInt(6)) {
        case 0 -> time.nowMs += random.nextLong(OwnedRooms.FORGET_AFTER_MS);
        case 1 -> sweep(1, ALL);
        case 2 -> {
          logs.wakeOwners();
          runLoop();
        }
        default -> {}
      }
    }
    logs.wakeOwners();
    runLoop();

    assertEquals(List.of(), twice, "seed " + seed);
    assertEquals(entries, places.size(), "seed " + seed);
    assertTrue(logs.forgotten() > 100, "seed " + seed + ": forgotten " + logs.forgotten());
  }
}
