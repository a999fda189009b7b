// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the bank's work one piece after the other, and lets nothing out before it is durable.
 *
 * <p>A batch is: what has become due, then what was asked; one flush of the book; then answers and
 * notices go out. What became due is worked off first and in the order of its time, so that the
 * bank behaves as if it had been awake at each of those times.
 *
 * <p><b>Thread:</b> {@link #call}, {@link #enqueue} and {@link #close}: any. The rest: inside a
 * piece of work only. At most one batch runs at a time, on the executor, and may block there.
 *
 * <p><b>Failure:</b> when the book or a rule fails, every open and every later call fails (outcome
 * unknown), the listener is told once, and nothing is done any more.
 *
 * <p><b>Limit:</b> {@link #CALLS_OPEN_MAX} calls may be open.
 */
final class BankLane {

  /**
   * Far above what a desk lets through, since it also holds the answers that are late by script.
   */
  static final int CALLS_OPEN_MAX = 4096;

  /** Bounds a line of the book; each piece of work adds two entries at most. */
  private static final int BATCH_MAX = 256;

  /** A clock that was moved by hand is noticed after this time even when nobody says so. */
  private static final long NAP_MS_MAX = 1000;

  private record Due(long atMs, long order, LongConsumer work) {}

  private final Executor executor;
  private final LongSupplier clockMs;
  private final Timers timers;
  private final BankBook book;
  private final Consumer<Throwable> onFailure;

  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  // Counts the pieces in the queue; whoever lifts it from 0 starts the batch, and only the batch
  // brings it back to 0. That makes batches exclusive and orders their memory.
  private final AtomicInteger queued = new AtomicInteger();
  private final Set<Answer<?>> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger openCount = new AtomicInteger();
  private final Promise<Void> closed = Promise.promise();
  private volatile @Nullable Throwable stopped;
  private volatile boolean closing;

  // Owner: the running batch.
  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
  private List<Runnable> afterFlush = new ArrayList<>();
  private int taken;
  private long dueCount;
  private long nowMs;
  private long timerId = -1;
  private long timerAtMs = Long.MAX_VALUE;

  BankLane(
      Executor executor,
      LongSupplier clockMs,
      Timers timers,
      BankBook book,
      Consumer<Throwable> onFailure) {
    this.executor = executor;
    this.clockMs = clockMs;
    this.timers = timers;
    this.book = book;
    this.onFailure = onFailure;
  }

  /** A call from outside; the work may answer at once or keep the answer for later. */
  <T> Future<T> call(Consumer<Answer<T>> work) {
    if (openCount.incrementAndGet() > CALLS_OPEN_MAX) {
      openCount.decrementAndGet();
      return Future.failedFuture("the simulated provider has too many open calls");
    }
    var answer = new Answer<T>();
    open.add(answer);
    // After the add: either we see the stop here, or the one who stops sees our answer.
    if (stopped != null) {
      answer.fail("the simulated provider has stopped");
    } else {
      enqueue(() -> work.accept(answer));
    }
    return answer.promise.future();
  }

  /** Work of the bank's own; never refused, as its amount is bounded by the bank's state. */
  void enqueue(Runnable work) {
    queue.add(work);
    if (queued.getAndIncrement() > 0) {
      return;
    }
    try {
      executor.execute(this::runBatches);
    } catch (RejectedExecutionException shutDown) {
      // The count stays above 0, so that no batch can ever start again.
      stopped = shutDown;
      failOpenCalls();
    }
  }

  /** Time of the present batch; never goes back. */
  long nowMs() {
    return nowMs;
  }

  void record(BankEntry entry) {
    book.add(entry);
  }

  /** Lets the work wait until all that was recorded so far is durable; it must not block. */
  void afterFlush(Runnable work) {
    afterFlush.add(work);
  }

  /**
   * Runs the work at that time, at once in the next turn when it is past; it is given that time.
   */
  void at(long dueMs, LongConsumer work) {
    dues.add(new Due(dueMs, dueCount++, work));
  }

  /** Finishes what was asked before, closes the book; later calls fail. */
  Future<Void> close() {
    closing = true;
    enqueue(() -> {});
    return closed.future();
  }

  private void runBatches() {
    do {
      taken = 0;
      try {
        if (stopped == null) {
          runBatch();
        }
      } catch (IOException | RuntimeException | Error broken) {
        stop(broken);
        onFailure.accept(broken);
      }
      if (stopped != null) {
        // Nothing is done any more, and nobody waits: all open calls have failed.
        while (queue.poll() != null) {
          taken++;
        }
      }
      if (closing) {
        closeBook();
      }
    } while (queued.addAndGet(-taken) > 0);
  }

  private void runBatch() throws IOException {
    nowMs = Math.max(nowMs, clockMs.getAsLong());
    for (int piece = 0; piece < BATCH_MAX; piece++) {
      Due due = dues.peek();
      if (due != null && due.atMs() <= nowMs) {
        dues.remove();
        due.work().accept(due.atMs());
        continue;
      }
      Runnable work = queue.poll();
      if (work == null) {
        break;
      }
      taken++;
      work.run();
    }
    book.flush();
    List<Runnable> ready = afterFlush;
    afterFlush = new ArrayList<>();
    for (Runnable work : ready) {
      release(work);
    }
    setTimer();
  }

  // What runs here is the listeners of whoever asked; their mistakes are not the bank's.
  private static void release(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException othersMistake) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, othersMistake);
    }
  }

  private void closeBook() {
    if (stopped == null && !queue.isEmpty()) {
      return;
    }
    stop(new IllegalStateException("the simulated provider is closed"));
    try {
      book.close();
      closed.tryComplete();
    } catch (IOException failed) {
      closed.tryFail(failed);
    }
  }

  private void setTimer() {
    Due next = dues.peek();
    if (next == null || stopped != null) {
      return;
    }
    long wakeAtMs = Math.min(next.atMs(), nowMs + NAP_MS_MAX);
    if (timerAtMs > nowMs && timerAtMs <= wakeAtMs) {
      return;
    }
    timers.cancel(timerId);
    timerAtMs = wakeAtMs;
    // The mark is taken back when it rings, not when its time has come: timers and clock differ.
    timerId =
        timers.set(Math.max(1, wakeAtMs - nowMs), () -> enqueue(() -> timerAtMs = Long.MAX_VALUE));
  }

  private void stop(Throwable cause) {
    stopped = cause;
    timers.cancel(timerId);
    failOpenCalls();
  }

  private void failOpenCalls() {
    open.forEach(answer -> answer.fail("the simulated provider has stopped"));
  }

  /** One open call; the first of the three ways out counts. */
  final class Answer<T> {

    private final Promise<T> promise = Promise.promise();

    private Answer() {}

    /** Answers once the batch is durable. */
    void give(T value) {
      afterFlush(
          () -> {
            if (leave()) {
              promise.complete(value);
            }
          });
    }

    /** Breaks the connection once the batch is durable: the caller will not know what was done. */
    void lose() {
      afterFlush(() -> fail("connection broken by script"));
    }

    private void fail(String why) {
      if (leave()) {
        promise.fail(why);
      }
    }

    private boolean leave() {
      boolean first = open.remove(this);
      if (first) {
        openCount.decrementAndGet();
      }
      return first;
    }
  }
}
