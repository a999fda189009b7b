// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/**
 * A thread that runs what it is given, one after the other: an event loop without sockets.
 *
 * <p><b>Thread:</b> {@link #execute} for any.
 */
final class LoopThread implements Executor, AutoCloseable {

  /** As the server's loops do, {@code EventLoops.TICK_MS}. */
  private static final long TICK_NANOS = 5_000_000;

  /** So seldom is the clock looked at while there is work. */
  private static final int TASKS_PER_LOOK = 64;

  private final ManyToOneConcurrentLinkedQueue<Runnable> tasks =
      new ManyToOneConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean isIdle;
  private volatile boolean isClosed;
  private volatile Runnable tick = () -> {};

  LoopThread(String name) {
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Sets what is run every few milliseconds, busy or not. */
  void onTick(Runnable task) {
    tick = task;
  }

  @SuppressWarnings("ReferenceEquality") // There is one such thread; it equals only itself.
  @Override
  public void execute(Runnable task) {
    tasks.offer(task);
    if (isIdle && Thread.currentThread() != thread) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    long nextTick = System.nanoTime() + TICK_NANOS;
    while (!isClosed) {
      for (int i = 0; i < TASKS_PER_LOOK; i++) {
        Runnable task = tasks.poll();
        if (task == null) {
          break;
        }
        task.run();
      }
      long now = System.nanoTime();
      if (now - nextTick >= 0) {
        nextTick = now + TICK_NANOS;
        tick.run();
      } else if (tasks.isEmpty()) {
        isIdle = true;
        if (tasks.isEmpty()) {
          LockSupport.parkNanos(this, nextTick - now);
        }
        isIdle = false;
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
