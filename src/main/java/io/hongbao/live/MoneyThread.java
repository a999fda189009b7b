// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of a {@link MoneyFollower}.
 *
 * <p><b>Thread:</b> any; {@link #wake} is cheap enough for the journal's writer.
 */
public final class MoneyThread {

  private static final Logger LOG = System.getLogger(MoneyThread.class.getName());

  /** A wake-up that got lost costs no more than this. */
  private static final long PARK_NANOS_MAX = 100_000_000;

  /** A full loop is asked again this soon, and files that cannot be read. */
  private static final long RETRY_NANOS = 2_000_000;

  /** A database that has no room is asked again this soon; it writes 5,000 entries at a time. */
  private static final long HELD_NANOS = 20_000_000;

  /** So many events at once are a storm: then it waits a moment for more of them. */
  private static final int STORM = 8;

  private static final long GATHER_NANOS = 2_000_000;

  private final MoneyFollower follower;
  private final Thread thread;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean isSignalled;
  private volatile boolean isPausing;
  private volatile boolean isStopping;

  public MoneyThread(MoneyFollower follower) {
    this.follower = follower;
    this.thread = new Thread(this::run, "hongbao-room-money");
    thread.setDaemon(true);
  }

  public MoneyThread start() {
    thread.start();
    return this;
  }

  /** Waits until what was durable at the start stands in the logs, or the time is over. */
  public boolean awaitCaughtUp(long timeMs) throws InterruptedException {
    return caughtUp.await(timeMs, TimeUnit.MILLISECONDS);
  }

  /** Bytes of the journal that are durable and whose money events are not in the logs yet. */
  public long behindBytes() {
    return follower.behindBytes();
  }

  /** Says that something has become durable. */
  public void wake() {
    if (!isSignalled) {
      isSignalled = true;
      if (!isPausing) {
        LockSupport.unpark(thread);
      }
    }
  }

  public void stop(long deadlineMs) throws InterruptedException {
    isStopping = true;
    LockSupport.unpark(thread);
    if (!ended.await(deadlineMs, TimeUnit.MILLISECONDS)) {
      LOG.log(Level.WARNING, "the follower of money events did not end in time");
    }
  }

  private void run() {
    try {
      while (!isStopping) {
        isSignalled = false;
        if (!step()) {
          rest();
        }
      }
      follower.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a segment", e);
    } finally {
      ended.countDown();
    }
  }

  private boolean step() {
    try {
      boolean hasMore = follower.step();
      if (!hasMore && !follower.isStuck()) {
        caughtUp.countDown();
      }
      return hasMore;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "money events of rooms cannot be read; trying again", e);
      closeQuietly();
      LockSupport.parkNanos(this, PARK_NANOS_MAX);
      return false;
    }
  }

  private void closeQuietly() {
    try {
      follower.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a segment", e);
    }
  }

  private void rest() {
    if (follower.delivered() >= STORM) {
      pause(GATHER_NANOS);
    } else if (follower.isHeld()) {
      pause(HELD_NANOS);
    } else if (follower.isStuck()) {
      pause(RETRY_NANOS);
    } else if (!isSignalled && !isStopping) {
      LockSupport.parkNanos(this, PARK_NANOS_MAX);
    }
  }

  // The journal's word, after each flush, would end it at once.
  private void pause(long nanos) {
    isPausing = true;
    if (!isStopping) {
      LockSupport.parkNanos(this, nanos);
    }
    isPausing = false;
  }
}
