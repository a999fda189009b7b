// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.shard;

import io.hongbao.engine.journal.Journal;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that lets the {@link SnapshotKeeper} make a round when enough has been journaled.
 *
 * <p><b>Limit:</b> a round begins when {@code snapshot.every_bytes} were journaled since the last
 * one, or {@code snapshot.every} has passed and anything was.
 */
public final class BackgroundSnapshots implements AutoCloseable {

  private static final Logger LOG = System.getLogger(BackgroundSnapshots.class.getName());

  private static final long LOOK_MS = 250;

  private final SnapshotKeeper keeper;
  private final Journal journal;
  private final TimeSource time;
  private final long everyBytes;
  private final long everyMs;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean asked;
  private volatile long failures;

  public BackgroundSnapshots(
      SnapshotKeeper keeper, Journal journal, TimeSource time, long everyBytes, long everyMs) {
    this.keeper = keeper;
    this.journal = journal;
    this.time = time;
    this.everyBytes = everyBytes;
    this.everyMs = everyMs;
    this.thread = new Thread(this::run, "hongbao-snapshots");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Asks for a round soon. */
  public void ask() {
    asked = true;
  }

  public long failures() {
    return failures;
  }

  private void run() {
    long lastNanos = time.nanos();
    try {
      while (!stopping) {
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        if (stopping) {
          return;
        }
        long grown = journal.durableLogPosition() - keeper.lastRoundLogPosition();
        boolean isTime =
            TimeUnit.NANOSECONDS.toMillis(time.nanos() - lastNanos) >= everyMs && keeper.hasWork();
        if (asked || grown >= everyBytes || isTime) {
          asked = false;
          lastNanos = time.nanos();
          round();
        } else {
          keeper.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written by this one thread, read by others.
  private void round() throws InterruptedException {
    try {
      keeper.round(() -> !stopping);
    } catch (IOException | RuntimeException e) {
      failures++;
      LOG.log(Level.WARNING, "a snapshot could not be made and will be tried again: " + e, e);
    }
  }

  /** Ends after the partition at work. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
