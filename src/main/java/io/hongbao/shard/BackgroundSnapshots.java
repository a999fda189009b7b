// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.shard;

import io.hongbao.engine.journal.Journal;
import io.hongbao.model.BrokenInvariantException;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The threads that let the {@link SnapshotKeeper} make a round when enough has been journaled.
 *
 * <p>The patient one has what other work leaves of the cores, which on a busy machine may be next
 * to nothing. When four times as much has been journaled as should start a round, it stops after
 * the partitions at hand and the urgent one, which has its part of a busy core, goes on. So a burst
 * has the cores for itself, and what a start must replay stays bounded.
 *
 * <p><b>Thread:</b> its own two, of which one at a time makes a round; the rest is for any.
 *
 * <p><b>Limit:</b> a round begins when {@code snapshot.every_bytes} were journaled since the last
 * one, or {@code snapshot.every} has passed and anything was.
 */
public final class BackgroundSnapshots implements AutoCloseable {

  private static final Logger LOG = System.getLogger(BackgroundSnapshots.class.getName());

  private static final long LOOK_MS = 250;

  /**
   * Pause after a round that failed: each one journals a mark per partition and reads the journal,
   * which is the last thing that a full or failing disk needs.
   */
  private static final long AFTER_FAILURE_MS = 30_000;

  /** So many times {@code snapshot.every_bytes} without one are too many. */
  private static final int LATE_FACTOR = 4;

  private final SnapshotKeeper keeper;
  private final Journal journal;
  private final TimeSource time;
  private final long everyBytes;
  private final long everyMs;
  private final Thread patient;
  private final Thread urgent;
  private long lastNanos;
  private boolean hasFailed;
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
    this.lastNanos = time.nanos();
    this.patient = new Thread(() -> run(() -> true), "hongbao-snapshots");
    this.urgent = new Thread(() -> run(this::isLate), "hongbao-urgent-snapshots");
    patient.setDaemon(true);
    urgent.setDaemon(true);
  }

  public void start() {
    patient.start();
    urgent.start();
  }

  /** Asks for a round soon. */
  public void ask() {
    asked = true;
  }

  public long failures() {
    return failures;
  }

  private void run(BooleanSupplier isMine) {
    try {
      while (!stopping) {
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        if (!stopping && isMine.getAsBoolean()) {
          look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() throws InterruptedException {
    long sinceMs = TimeUnit.NANOSECONDS.toMillis(time.nanos() - lastNanos);
    boolean isTime = grownBytes() >= everyBytes || (sinceMs >= everyMs && keeper.hasWork());
    if (asked || (isTime && (!hasFailed || sinceMs >= AFTER_FAILURE_MS))) {
      asked = false;
      lastNanos = time.nanos();
      hasFailed = !round();
    } else {
      keeper.release();
    }
  }

  private long grownBytes() {
    return journal.durableLogPosition() - keeper.lastRoundLogPosition();
  }

  // The patient thread may have got next to nothing of a busy core: then the other goes on.
  private boolean isLate() {
    return grownBytes() / LATE_FACTOR >= everyBytes;
  }

  private boolean goesOn() {
    return !stopping && (urgent.equals(Thread.currentThread()) || !isLate());
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written by this one thread, read by others.
  private boolean round() throws InterruptedException {
    try {
      keeper.round(this::goesOn);
      return true;
    } catch (BrokenInvariantException e) {
      failures++;
      LOG.log(
          Level.ERROR,
          "the journal does not lead to the state that is served; a start would stop at the same"
              + " record, so take a copy of the data directory before anything else",
          e);
    } catch (IOException | RuntimeException e) {
      failures++;
      LOG.log(Level.WARNING, "a snapshot could not be made and will be tried again: " + e, e);
    }
    return false;
  }

  /** Ends after the partition at work. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    for (Thread thread : List.of(patient, urgent)) {
      LockSupport.unpark(thread);
      thread.join();
    }
  }
}
