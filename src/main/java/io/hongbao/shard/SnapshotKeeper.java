// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.shard;

import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.engine.snapshot.SnapshotBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Makes snapshots of all partitions, some at a time, and lets go of what they have passed.
 *
 * <p><b>Thread:</b> whoever calls {@link #round}: a thread of its own in production. It waits for
 * lanes and for the disk, and is therefore never an event loop.
 *
 * <p><b>Failure:</b> a snapshot that cannot be made is reported and tried again in the next round;
 * the journal keeps what it would have replaced.
 */
public final class SnapshotKeeper {

  private static final long LANE_WAIT_S = 30;
  private static final long QUIET_BYTES = 64 * 1024;

  private final LaneSet lanes;
  private final Journal journal;
  private final SnapshotBuilder builder;
  private final LongSupplier exportedLogPosition;
  private final long firstLogPosition;
  private final long[] passed;
  private volatile long rounds;
  private volatile long lastRoundLogPosition;

  /**
   * @param exportedLogPosition what all exporters have confirmed
   * @param firstLogPosition where the journal begins
   * @param passed per partition, where the journal continues after its newest snapshot
   */
  public SnapshotKeeper(
      LaneSet lanes,
      Journal journal,
      SnapshotBuilder builder,
      LongSupplier exportedLogPosition,
      long firstLogPosition,
      long[] passed) {
    this.lanes = lanes;
    this.journal = journal;
    this.builder = builder;
    this.exportedLogPosition = exportedLogPosition;
    this.firstLogPosition = firstLogPosition;
    this.passed = passed.clone();
    this.lastRoundLogPosition = Arrays.stream(passed).min().orElse(firstLogPosition);
  }

  /** Log position at the end of the last round; what has grown since is what a start replays. */
  public long lastRoundLogPosition() {
    return lastRoundLogPosition;
  }

  /**
   * Whether so much was journaled since the last round that a start would notice. A round itself
   * journals one small record per partition; that alone starts no other.
   */
  public boolean hasWork() {
    return journal.durableLogPosition() - lastRoundLogPosition > QUIET_BYTES;
  }

  public long rounds() {
    return rounds;
  }

  /**
   * Makes one snapshot of every partition.
   *
   * @param goOn asked before each group of partitions; false ends the round early
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Written by this one thread, read by others.
  public void round(java.util.function.BooleanSupplier goOn)
      throws IOException, InterruptedException {
    long startPosition = journal.durableLogPosition();
    // All marks first: they share a flush, and the snapshots stand at about the same place.
    List<CompletableFuture<Long>> marked = new ArrayList<>();
    for (int partition = 0; partition < passed.length; partition++) {
      marked.add(mark(partition));
    }
    long grownBytes = startPosition - Arrays.stream(passed).min().orElse(firstLogPosition);
    int first = 0;
    while (first < passed.length) {
      if (!goOn.getAsBoolean()) {
        return;
      }
      long[] targets = new long[builder.groupFrom(first, passed.length, grownBytes, passed.length)];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = sequence(first + i, marked.get(first + i));
        awaitDurable(first + i, targets[i]);
      }
      builder.build(first, targets, passed, first, firstLogPosition);
      first += targets.length;
    }
    rounds++;
    lastRoundLogPosition = startPosition;
    release();
  }

  /** Lets the journal archive what snapshots and exporters have passed. */
  public void release() {
    long position = Arrays.stream(passed).min().orElse(firstLogPosition);
    journal.archiveBelow(Math.min(position, exportedLogPosition.getAsLong()));
  }

  private CompletableFuture<Long> mark(int partition) throws IOException {
    CompletableFuture<Long> marked = new CompletableFuture<>();
    boolean isTaken = lanes.run(partition, core -> marked.complete(core.markStateHash()));
    if (!isTaken) {
      throw new IOException("partition " + partition + " is too busy for a snapshot");
    }
    return marked;
  }

  private static long sequence(int partition, CompletableFuture<Long> marked)
      throws IOException, InterruptedException {
    try {
      long sequence = marked.get(LANE_WAIT_S, TimeUnit.SECONDS);
      if (sequence == 0) {
        throw new IOException("partition " + partition + " has no room for a snapshot's mark");
      }
      return sequence;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("partition " + partition + " did not mark its state", e);
    }
  }

  private void awaitDurable(int partition, long sequence) throws IOException, InterruptedException {
    // A flush takes well under a millisecond; after the bound the journal has failed.
    for (int i = 0; i < LANE_WAIT_S * 1000; i++) {
      if (journal.durableSequence(partition) >= sequence) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    throw new JournalDamagedException("journal", 0, "does not become durable");
  }
}
