// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How far a target holds what the journal decided; what evictions, archiving and reads go by.
 *
 * <p><b>Thread:</b> the export loop publishes; every thread may read and wait.
 *
 * <p><b>Durability:</b> a position is published after the commit that contains it is durable, or
 * when there was nothing to write up to it.
 *
 * <p><b>Limit:</b> {@link #WAITERS_MAX} readers may wait; the next one hears at once that the
 * target is behind.
 */
public final class ExportProgress {

  public static final int WAITERS_MAX = 10_000;

  private final AtomicLongArray sequences;
  private final AtomicLongArray timesMs;
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile long logPosition;
  private volatile boolean whole;
  private volatile boolean caughtUp;

  /** Somebody who wants to know when a position is reached. */
  public static final class Waiter {

    private final int partition;
    private final long sequence;
    private final Runnable onReached;

    private Waiter(int partition, long sequence, Runnable onReached) {
      this.partition = partition;
      this.sequence = sequence;
      this.onReached = onReached;
    }
  }

  public ExportProgress(int partitionCount) {
    sequences = new AtomicLongArray(partitionCount);
    timesMs = new AtomicLongArray(partitionCount);
  }

  public int partitionCount() {
    return sequences.length();
  }

  /** Last sequence of the partition that the target holds; 0 if none. */
  public long exportedSequence(int partition) {
    return sequences.get(partition);
  }

  /** Whether the target holds everything that the partition decided up to the position. */
  public boolean isExported(int partition, long position) {
    return sequences.get(partition) >= position;
  }

  /** Partition's time of the record at {@link #exportedSequence}; 0 if none. */
  public long exportedTimeMs(int partition) {
    return timesMs.get(partition);
  }

  /** Latest time of all partitions. */
  public long newestTimeMs() {
    long newest = 0;
    for (int i = 0; i < timesMs.length(); i++) {
      newest = Math.max(newest, timesMs.get(i));
    }
    return newest;
  }

  /** Log position that the target has stored: whatever lies below may go to the archive. */
  public long confirmedLogPosition() {
    return logPosition;
  }

  /** Whether the target holds the whole past; false while it is being rebuilt, and before. */
  public boolean isWhole() {
    return whole;
  }

  /**
   * Whether the target has had everything that was durable when it was last opened. Before that a
   * thing it does not hold may still exist.
   */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /**
   * Calls back once the position is reached, on this or on the loop's thread; must not block.
   *
   * @return what to {@link #forget} when the time is over; null, and no call, when too many wait
   */
  public @Nullable Waiter await(int partition, long sequence, Runnable onReached) {
    Waiter waiter = new Waiter(partition, sequence, onReached);
    synchronized (waiters) {
      if (!isExported(partition, sequence)) {
        return waiters.size() < WAITERS_MAX && waiters.add(waiter) ? waiter : null;
      }
    }
    onReached.run();
    return waiter;
  }

  /** Takes back an {@link #await} whose time is over. */
  public void forget(Waiter waiter) {
    synchronized (waiters) {
      waiters.remove(waiter);
    }
  }

  /** Readers that wait now. */
  public int waiting() {
    synchronized (waiters) {
      return waiters.size();
    }
  }

  void publish(ExportPosition position, boolean isWhole, boolean isCaughtUp) {
    for (int partition = 0; partition < sequences.length(); partition++) {
      // Times first: who sees the sequence also sees a time that is not older.
      timesMs.set(partition, position.timeMs(partition));
      sequences.set(partition, position.sequence(partition));
    }
    whole = isWhole;
    caughtUp = isCaughtUp;
    wake();
  }

  void confirm(long storedLogPosition) {
    logPosition = storedLogPosition;
  }

  /** Says that the target cannot be relied on until it has been opened again. */
  void doubt(boolean isWhole) {
    caughtUp = false;
    whole = isWhole;
  }

  private void wake() {
    List<Runnable> reached = new ArrayList<>();
    synchronized (waiters) {
      if (waiters.isEmpty()) {
        return;
      }
      waiters.removeIf(
          waiter -> {
            boolean isReached = isExported(waiter.partition, waiter.sequence);
            if (isReached) {
              reached.add(waiter.onReached);
            }
            return isReached;
          });
    }
    reached.forEach(Runnable::run);
  }
}
