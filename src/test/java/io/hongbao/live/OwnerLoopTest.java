// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.RoomEntry.Notice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A loop that has been woken once need not be woken again: a wake-up that is lost between the look
 * at the queue and the sleep would leave entries lying until somebody else speaks. So here nobody
 * speaks a third time before he was heard; the second comes at any moment of the loop's turn.
 */
class OwnerLoopTest {

  private static final int ROUNDS = 10_000;
  private static final int NAP_MAX = 500;
  private static final long HEARD_NANOS_MAX = 5_000_000_000L;

  private static void nap(Random random) {
    for (int i = random.nextInt(NAP_MAX); i > 0; i--) {
      Thread.onSpinWait();
    }
  }

  @Test
  void noWakeUpIsLostWhetherTasksArePostedOrLeft() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (ExecutorService loop = Executors.newSingleThreadExecutor()) {
      AtomicInteger told = new AtomicInteger();
      LocalRoomLogs logs =
          new LocalRoomLogs(
              List.of(loop), roomId -> 0, new HandTime(), new LogLimits(1 << 16, 60_000, 64), 5);
      logs.followAll((roomId, batch) -> told.addAndGet(batch.size()));
      for (int round = 1; round <= ROUNDS; round++) {
        append(logs, random);
        nap(random);
        append(logs, random);
        awaitTold(told, 2 * round, seed);
      }
    }
  }

  private static void append(LocalRoomLogs logs, Random random) {
    long roomId = 1L + random.nextInt(2);
    Notice notice = new Notice("c", "t");
    if (random.nextBoolean()) {
      assertTrue(logs.append(roomId, notice, AppendHandler.NOBODY));
    } else {
      assertTrue(logs.appendLater(roomId, notice));
      logs.wakeOwners();
    }
  }

  private static void awaitTold(AtomicInteger told, int count, long seed) {
    long fromNanos = System.nanoTime();
    for (int i = 1; told.get() < count; i++) {
      Thread.onSpinWait();
      if (i % 1_000 == 0) {
        Thread.yield();
        assertTrue(
            System.nanoTime() - fromNanos < HEARD_NANOS_MAX,
            () -> "seed " + seed + " round " + count + ": a wake-up was lost");
      }
    }
  }

  /** What a task of the loop appends is told, though the loop is awake already. */
  @Test
  void whatIsAppendedInATurnOfTheLoopIsToldToo() throws Exception {
    try (ExecutorService loop = Executors.newSingleThreadExecutor()) {
      LocalRoomLogs logs =
          new LocalRoomLogs(
              List.of(loop), roomId -> 0, new HandTime(), new LogLimits(1 << 20, 60_000, 64), 5);
      CountDownLatch told = new CountDownLatch(2);
      logs.followAll((roomId, batch) -> batch.forEach(entry -> told.countDown()));
      boolean isTaken =
          logs.submit(
              1,
              () -> {
                boolean first = logs.append(1, new Notice("c", "t"), AppendHandler.NOBODY);
                boolean second = logs.append(2, new Notice("c", "t"), AppendHandler.NOBODY);
                assertTrue(first && second);
              });

      assertTrue(isTaken && told.await(5, TimeUnit.SECONDS));
    }
  }

  /** The loop is awake until its turn ends: what comes then, from elsewhere, needs the next one. */
  @Test
  void whatComesWhileFollowersAreToldHasATurnOfItsOwn() throws Exception {
    Queue<Runnable> loop = new ArrayDeque<>();
    LocalRoomLogs logs =
        new LocalRoomLogs(
            List.of(loop::add), roomId -> 0, new HandTime(), new LogLimits(1 << 20, 60_000, 64), 5);
    List<Long> told = new ArrayList<>();
    logs.followAll(
        (roomId, batch) -> {
          told.add(roomId);
          if (roomId < 5) {
            elsewhere(logs, roomId + 1, roomId % 2 == 0);
          }
        });
    elsewhere(logs, 1, false);
    for (Runnable turn = loop.poll(); turn != null; turn = loop.poll()) {
      turn.run();
    }

    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), told);
  }

  private static void elsewhere(LocalRoomLogs logs, long roomId, boolean leaves) {
    Thread thread =
        new Thread(
            () -> {
              Notice notice = new Notice("c", "t");
              boolean isTaken =
                  leaves
                      ? logs.appendLater(roomId, notice)
                      : logs.append(roomId, notice, AppendHandler.NOBODY);
              logs.wakeOwners();
              assertTrue(isTaken);
            });
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
