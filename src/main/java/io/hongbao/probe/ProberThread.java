// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Prober".
package io.hongbao.probe;

import io.hongbao.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;

/**
 * Does something again and again, at a fixed rate, on a thread of its own.
 *
 * <p>When the machine stood still, what was missed is not made up for.
 */
public final class ProberThread implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ProberThread.class.getName());

  private final long everyNanos;
  private final Runnable task;
  private final TimeSource time;
  private final Thread thread;
  private volatile boolean isStopping;

  public ProberThread(String name, long everyMs, Runnable task, TimeSource time) {
    this.everyNanos = everyMs * 1_000_000;
    this.task = task;
    this.time = time;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  public ProberThread start() {
    thread.start();
    return this;
  }

  private void run() {
    long dueNanos = time.nanos() + everyNanos;
    while (!isStopping) {
      long leftNanos = dueNanos - time.nanos();
      if (leftNanos > 0) {
        LockSupport.parkNanos(this, leftNanos);
        continue;
      }
      try {
        task.run();
      } catch (RuntimeException bug) {
        LOG.log(Level.ERROR, "a round of " + thread.getName() + " failed", bug);
      }
      dueNanos = Math.max(dueNanos + everyNanos, time.nanos());
    }
  }

  /** Ends after the round at work. */
  @Override
  public void close() {
    isStopping = true;
    LockSupport.unpark(thread);
  }
}
