// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Recovery".
package io.hongbao.engine.snapshot;

import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.model.Check;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings all partitions to where the journal ends: newest good snapshot of each, then the tail.
 *
 * <p>Partitions have nothing to do with each other here, so several workers share them, each with
 * its own reader of the log: to read it twice costs less than to wait for one another.
 *
 * <p><b>Thread:</b> the starter's, before anything is served; with more than one worker also
 * threads of its own, which end before {@link #recover} returns.
 *
 * <p><b>Failure:</b> a gap between a snapshot and the journal, or a replay that contradicts a
 * journaled hash, stops the start.
 */
public final class Recovery {

  private final SnapshotStore store;
  private final Journal journal;
  private final long firstLogPosition;
  private final int workers;

  /** With one worker, the caller itself: everything happens in a fixed order. */
  public Recovery(SnapshotStore store, Journal journal, long firstLogPosition) {
    this(store, journal, firstLogPosition, 1);
  }

  /**
   * @param workers threads that share the partitions
   */
  public Recovery(SnapshotStore store, Journal journal, long firstLogPosition, int workers) {
    this.store = store;
    this.journal = journal;
    this.firstLogPosition = firstLogPosition;
    this.workers = workers;
  }

  /**
   * What was recovered.
   *
   * @param snapshotLogPositions per partition: where the journal continues after its snapshot
   */
  public record Recovered(
      PartitionState[] states, long[] snapshotLogPositions, long recordsReplayed) {}

  /**
   * @param emptyStates makes an empty state by partition; called by all workers
   */
  public Recovered recover(int partitionCount, IntFunction<PartitionState> emptyStates)
      throws IOException {
    PartitionState[] states = new PartitionState[partitionCount];
    long[] positions = new long[partitionCount];
    if (workers == 1) {
      long replayed = recover(states, positions, emptyStates, 0, 1);
      return new Recovered(states, positions, replayed);
    }
    List<Future<Long>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      for (int worker = 0; worker < workers; worker++) {
        int first = worker;
        parts.add(threads.submit(() -> recover(states, positions, emptyStates, first, workers)));
      }
    }
    long replayed = 0;
    for (Future<Long> part : parts) {
      replayed += result(part);
    }
    return new Recovered(states, positions, replayed);
  }

  // All have ended; the first failure is the one that is told.
  private static long result(Future<Long> part) throws IOException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException disk -> throw disk;
        case RuntimeException broken -> throw broken;
        case Error fatal -> throw fatal;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the recovery was interrupted");
    }
  }

  /** Recovers every {@code step}-th partition from the first on. */
  private long recover(
      PartitionState[] states,
      long[] positions,
      IntFunction<PartitionState> emptyStates,
      int first,
      int step)
      throws IOException {
    long start = Long.MAX_VALUE;
    for (int i = first; i < states.length; i += step) {
      int partition = i;
      SnapshotStore.@Nullable Loaded loaded =
          store.newest(partition, () -> emptyStates.apply(partition));
      states[i] = loaded == null ? emptyStates.apply(i) : loaded.state();
      checkJournalReaches(states[i], i);
      positions[i] = loaded == null ? firstLogPosition : loaded.nextLogPosition();
      start = Math.min(start, positions[i]);
    }
    long replayed = start == Long.MAX_VALUE ? 0 : replay(states, start, first, step);
    for (int i = first; i < states.length; i += step) {
      Check.equal(
          states[i].sequence(),
          journal.durableSequence(i),
          "last record between snapshot and end of the journal");
    }
    return replayed;
  }

  private long replay(PartitionState[] states, long start, int first, int step) throws IOException {
    long replayed = 0;
    try (JournalReader reader = journal.readFrom(start)) {
      while (reader.next()) {
        if (reader.partition() % step != first) {
          continue;
        }
        PartitionState state = states[reader.partition()];
        if (reader.sequence() <= state.sequence()) {
          continue;
        }
        state.replay(
            reader.sequence(),
            reader.timeMs(),
            reader.buffer(),
            reader.offset(),
            reader.lengthBytes());
        replayed++;
      }
    }
    return replayed;
  }

  // A snapshot is made of what was durable in the journal. If the journal ends before it, then it
  // is not whole, or it is another one: going on would give new records the numbers of lost ones.
  private void checkJournalReaches(PartitionState state, int partition) throws IOException {
    long journaled = journal.durableSequence(partition);
    if (state.sequence() > journaled) {
      throw new JournalDamagedException(
          "journal",
          journal.durableLogPosition(),
          "ends at record "
              + journaled
              + " of partition "
              + partition
              + ", of which a snapshot holds record "
              + state.sequence());
    }
  }
}
