// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.FakeTime;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BankLaneTest {

  private final TornDisk disk = new TornDisk();
  private final FakeTime time = new FakeTime();
  private final List<Throwable> failures = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private BankLane lane(Executor executor) throws IOException {
    BankBook book = BankBook.open(disk, "sim", entry -> {});
    return new BankLane(executor, time, time, book, failures::add);
  }

  @Test
  void servesManyThreadsOneByOneAndForcesForManyAtOnce() throws Exception {
    ExecutorService thread = BankThread.start();
    BankLane lane = lane(thread);
    var inside = new AtomicInteger();
    var answers = new CountDownLatch(2000);
    var callers = new ArrayList<Thread>();

    for (int caller = 0; caller < 4; caller++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int call = 0; call < 500; call++) {
                      Future<Integer> answer =
                          lane.call(
                              open -> {
                                int alone = inside.incrementAndGet();
                                lane.record(new BankEntry.ScriptSpent());
                                inside.decrementAndGet();
                                open.give(alone);
                              });
                      answer.onSuccess(
                          alone -> {
                            assertEquals(1, alone);
                            answers.countDown();
                          });
                    }
                  }));
    }

    assertTrue(answers.await(30, TimeUnit.SECONDS));
    for (Thread caller : callers) {
      caller.join();
    }
    lane.close().await(10, TimeUnit.SECONDS);
    thread.shutdown();
    assertTrue(thread.awaitTermination(10, TimeUnit.SECONDS));
    var entries = new ArrayList<BankEntry>();
    BankBook.open(disk, "sim", entries::add).close();
    assertEquals(2000, entries.size());
    assertTrue(disk.forces < 2000, "forces: " + disk.forces);
    assertEquals(List.of(), failures);
  }

  @Test
  void answersNobodyBeforeTheBookIsForced() throws IOException {
    BankLane lane = lane(waiting::add);
    int forcesBefore = disk.forces;
    var forcesAtAnswer = new ArrayList<Integer>();
    for (int call = 0; call < 3; call++) {
      lane.<Boolean>call(
              answer -> {
                lane.record(new BankEntry.ScriptSpent());
                answer.give(true);
              })
          .onSuccess(ignored -> forcesAtAnswer.add(disk.forces));
    }

    assertEquals(1, waiting.size());
    waiting.remove().run();

    int once = forcesBefore + 1;
    assertEquals(List.of(once, once, once), forcesAtAnswer);
  }

  @Test
  void refusesCallsBeyondItsLimitAndServesAgainAfterwards() throws IOException {
    BankLane lane = lane(waiting::add);
    for (int call = 0; call < BankLane.CALLS_OPEN_MAX; call++) {
      assertFalse(lane.<Boolean>call(answer -> answer.give(true)).isComplete());
    }

    assertTrue(lane.<Boolean>call(answer -> answer.give(true)).failed());
    waiting.remove().run();

    Future<Boolean> later = lane.call(answer -> answer.give(true));
    waiting.remove().run();
    assertTrue(later.succeeded());
  }

  @Test
  void failsOpenCallsAndAllLaterOnesWhenARuleIsBroken() throws IOException {
    BankLane lane = lane(Runnable::run);
    Future<Boolean> open = lane.call(answer -> {});
    assertFalse(open.isComplete());

    lane.enqueue(
        () -> {
          throw new IllegalStateException("books do not balance");
        });

    assertTrue(open.failed());
    assertTrue(lane.<Boolean>call(answer -> answer.give(true)).failed());
    assertEquals(1, failures.size());
    assertTrue(lane.close().succeeded());
  }

  @Test
  void isNotHarmedByAListenerThatThrows() throws IOException {
    BankLane lane = lane(waiting::add);
    var uncaught = new ArrayList<Throwable>();
    lane.<Boolean>call(answer -> answer.give(true))
        .onSuccess(
            ignored -> {
              throw new IllegalStateException("somebody else's mistake");
            });
    Thread self = Thread.currentThread();
    var handler = self.getUncaughtExceptionHandler();

    self.setUncaughtExceptionHandler((thread, mistake) -> uncaught.add(mistake));
    try {
      waiting.remove().run();
    } finally {
      self.setUncaughtExceptionHandler(handler);
    }

    assertEquals(1, uncaught.size());
    assertEquals(List.of(), failures);
    Future<Boolean> next = lane.call(answer -> answer.give(true));
    waiting.remove().run();
    assertTrue(next.succeeded());
  }

  @Test
  void failsCallsWhenItsThreadIsGone() throws IOException {
    ExecutorService thread = BankThread.start();
    BankLane lane = lane(thread);
    thread.shutdown();

    assertTrue(lane.<Boolean>call(answer -> answer.give(true)).failed());
    assertTrue(lane.<Boolean>call(answer -> answer.give(true)).failed());
  }
}
