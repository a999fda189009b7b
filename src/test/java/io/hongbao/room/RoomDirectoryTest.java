// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.time.SeededRandomness;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The directory against plain sets, and under readers on another thread. */
class RoomDirectoryTest {

  private static final long SEED = 17;

  private final RoomDirectory directory = new RoomDirectory();

  @Test
  void agreesWithSets() {
    SeededRandomness chance = new SeededRandomness(SEED);
    Map<Long, Set<Long>> rooms = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      long roomId = 1 + (chance.nextLong() & 0xFFF);
      long userId = 1 + (chance.nextLong() & 0x3F);
      directory.open(roomId, false);
      Set<Long> members = rooms.computeIfAbsent(roomId, id -> new HashSet<>());
      if (chance.nextLong() % 2 == 0) {
        directory.change(roomId, List.of(userId), List.of());
        members.add(userId);
      } else {
        directory.change(roomId, List.of(), List.of(userId));
        members.remove(userId);
      }
    }

    assertEquals(rooms.size(), directory.count());
    for (long roomId = 0; roomId <= 0x1000; roomId++) {
      for (long userId = 1; userId <= 0x40; userId++) {
        assertEquals(
            rooms.getOrDefault(roomId, Set.of()).contains(userId),
            directory.isInRoom(roomId, userId));
      }
    }
  }

  // A reader must find whoever stays, however many come and go around him in the same room and
  // however often tables are made anew.
  @Test
  void readersSeeWhoStaysThroughAllChanges() throws InterruptedException {
    directory.open(1, false);
    directory.change(1, List.of(5L, 6L, 7L), List.of());
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong missed = new AtomicLong();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    for (long userId = 5; userId <= 7; userId++) {
                      if (!directory.isInRoom(1, userId) || directory.isInRoom(1, -userId)) {
                        missed.incrementAndGet();
                      }
                    }
                  }
                });
    for (long step = 0; step < 100_000; step++) {
      long userId = 100 + step % 50;
      directory.change(1, List.of(userId), List.of());
      directory.change(1, List.of(), List.of(100 + (step * 7) % 50));
      directory.open(2 + step % 3_000, true);
    }
    stop.set(true);
    reader.join();

    assertEquals(0, missed.get());
  }
}
