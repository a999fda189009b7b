// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Recall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoomLogTest {

  private static final long ROOM = 7;
  private static final int ENTRY_BYTES = new Notice("c", "t").sizeBytes();
  private static final LogLimits LIMITS = new LogLimits(10 * ENTRY_BYTES, 60_000, 1_024);

  private final HandTime time = new HandTime();
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final LocalRoomLogs logs = logs(loop::add, LIMITS);

  private LocalRoomLogs logs(Executor executor, LogLimits limits) {
    return new LocalRoomLogs(List.of(executor), roomId -> 0, time, limits, 5);
  }

  private void runLoop() {
    for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
      next.run();
    }
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      assertTrue(logs.append(ROOM, new Notice("c", "t"), AppendHandler.NOBODY));
    }
    runLoop();
  }

  private static List<Long> sequences(List<LogEntry> entries) {
    return entries.stream().map(LogEntry::sequence).toList();
  }

  @Test
  void aRoomThatNobodyUsedIsEmptyAndHasTheEpoch() {
    assertEquals(new Tail(5, 1, 0), logs.tail(ROOM));
    assertEquals(List.of(), logs.read(ROOM, 0, 1_000));
    assertEquals(0, logs.count());
  }

  @Test
  void entriesAreNumberedWithoutAGap() {
    append(3);

    assertEquals(new Tail(5, 1, 3), logs.tail(ROOM));
    assertEquals(List.of(1L, 2L, 3L), sequences(logs.read(ROOM, 0, 100_000)));
    assertEquals(List.of(3L), sequences(logs.read(ROOM, 2, 100_000)));
    assertEquals(List.of(), logs.read(ROOM, 3, 100_000));
  }

  @Test
  void oneEntryComesAlwaysHoweverLittleIsAskedFor() {
    append(3);

    assertEquals(List.of(1L), sequences(logs.read(ROOM, 0, 1)));
    assertEquals(List.of(1L, 2L), sequences(logs.read(ROOM, 0, 2 * ENTRY_BYTES)));
  }

  @Test
  void theLogIsBoundedByBytes() {
    append(25);

    assertEquals(new Tail(5, 16, 25), logs.tail(ROOM));
    assertEquals(16, logs.read(ROOM, 0, 1).getFirst().sequence());
  }

  @Test
  void theLogIsBoundedByAge() {
    append(2);
    time.nowMs += 30_000;
    append(1);
    time.nowMs += 30_000;
    logs.sweep(0, roomId -> true);
    runLoop();

    assertEquals(new Tail(5, 3, 3), logs.tail(ROOM));
    time.nowMs += 30_000;
    logs.sweep(0, roomId -> true);
    runLoop();
    assertEquals(new Tail(5, 4, 3), logs.tail(ROOM));
    append(1);
    assertEquals(4, logs.read(ROOM, 0, 1).getFirst().sequence());
  }

  @Test
  void timeNeverGoesBackInsideAnEpoch() {
    append(1);
    time.nowMs -= 5_000;
    append(1);

    List<LogEntry> read = logs.read(ROOM, 0, 100_000);
    assertEquals(read.get(0).atMs(), read.get(1).atMs());
  }

  @Test
  void whoFollowsHearsEverythingBehindTheTailHeWasToldAndNothingTwice() {
    append(2);
    List<String> heard = new ArrayList<>();
    Follower follower =
        new Follower() {
          @Override
          public void started(Tail tail) {
            heard.add("after " + tail.lastSequence());
          }

          @Override
          public void entries(List<LogEntry> batch) {
            heard.add(sequences(batch).toString());
          }
        };
    RoomLogs.Registration registration = logs.follow(ROOM, follower);
    runLoop();
    append(3);
    registration.close();
    runLoop();
    append(1);

    assertEquals(List.of("after 2", "[3, 4, 5]"), heard);
  }

  @Test
  void aFollowerThatFailsTakesNothingFromOthers() {
    List<Long> heard = new ArrayList<>();
    var unused =
        logs.follow(
            8,
            batch -> {
              throw new IllegalStateException("a bug of somebody's");
            });
    var other = logs.follow(ROOM, batch -> heard.addAll(sequences(batch)));
    runLoop();
    logs.append(8, new Notice("c", "t"), AppendHandler.NOBODY);
    append(2);

    assertEquals(List.of(1L, 2L), heard);
    unused.close();
    other.close();
  }

  @Test
  void aFullQueueSaysSoAndKeepsNothing() {
    for (int i = 0; i < LIMITS.appendsMax(); i++) {
      assertTrue(logs.append(ROOM, new Notice("c", "t"), AppendHandler.NOBODY));
    }
    assertFalse(logs.append(ROOM, new Notice("c", "t"), AppendHandler.NOBODY));
    assertFalse(logs.submit(ROOM, () -> {}));
    runLoop();

    assertEquals(LIMITS.appendsMax(), logs.tail(ROOM).lastSequence());
  }

  @Test
  void whatIsRecalledHasNoTextAnyMore() {
    logs.append(
        ROOM, new Chat(1, 2, "n", "secret", Position.SCROLL, 0, 25, -1), AppendHandler.NOBODY);
    logs.append(ROOM, new Recall(5, 1, Recall.By.AUTHOR), AppendHandler.NOBODY);
    runLoop();

    List<LogEntry> read = logs.read(ROOM, 0, 100_000);
    assertTrue(((Chat) read.get(0).entry()).isRecalled());
    assertEquals(1, read.get(0).sequence());
    assertEquals(new Recall(5, 1, Recall.By.AUTHOR), read.get(1).entry());
  }

  /** A reader on another thread, while the ring is written, grows and drops. */
  @Test
  void readersBesideTheWriterSeeConsecutiveEntries() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    LocalRoomLogs busy = logs(Runnable::run, new LogLimits(200 * ENTRY_BYTES, 60_000, 1_024));
    AtomicBoolean isOver = new AtomicBoolean();
    List<String> faults = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!isOver.get()) {
                Tail tail = busy.tail(ROOM);
                long after = Math.max(0, tail.firstSequence() - 5);
                List<Long> read = sequences(busy.read(ROOM, after, 100 * ENTRY_BYTES));
                if (!read.isEmpty()
                    && !read.equals(
                        LongStream.rangeClosed(read.getFirst(), read.getLast()).boxed().toList())) {
                  faults.add(read.toString());
                }
              }
            });
    reader.start();
    for (int i = 0; i < 100_000; i++) {
      busy.append(ROOM, new Notice("c", "t".repeat(random.nextInt(4))), AppendHandler.NOBODY);
    }
    isOver.set(true);
    reader.join();

    assertEquals(List.of(), faults, "seed " + seed);
    assertEquals(100_000, busy.tail(ROOM).lastSequence());
  }
}
