// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.model.Check;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next snapshot of one partition from its previous one and the journal.
 *
 * <p>The target is a record in which the live partition journaled the hash of its state; replay
 * compares its own against it, so a snapshot that comes into being is one that agrees with the live
 * state, which is never read and never waits.
 *
 * <p><b>Thread:</b> the snapshot thread.
 *
 * <p><b>Limit:</b> as many partitions' states in memory at a time as {@link #groupFrom} allows, so
 * that the log is not read once for each of many small ones.
 */
public final class SnapshotBuilder {

  /** Of snapshot files and log; a state takes some two or three times that in memory. */
  private static final long GROUP_BYTES = 64L << 20;

  private final SnapshotStore store;
  private final Journal journal;
  private final IntFunction<PartitionState> emptyStates;

  /**
   * @param emptyStates makes an empty state that is not live, by partition
   */
  public SnapshotBuilder(
      SnapshotStore store, Journal journal, IntFunction<PartitionState> emptyStates) {
    this.store = store;
    this.journal = journal;
    this.emptyStates = emptyStates;
  }

  /**
   * Builds and writes the snapshot at that record, which must be durable.
   *
   * @return log position from which the journal continues after it
   */
  public long build(int partition, long targetSequence, long firstLogPosition) throws IOException {
    long[] passed = new long[1];
    build(partition, new long[] {targetSequence}, passed, 0, firstLogPosition);
    return passed[0];
  }

  /**
   * How many partitions, from one on, may be built together: at least one, and so many that their
   * newest snapshots and what was journaled since stay within a bound.
   *
   * @param end the partition behind the last one
   * @param grownBytes what all partitions together have journaled since their snapshots
   * @param partitions all there are
   */
  public int groupFrom(int first, int end, long grownBytes, int partitions) throws IOException {
    long leftBytes = GROUP_BYTES;
    int count = 0;
    while (first + count < end && leftBytes > 0) {
      leftBytes -= store.newestSizeBytes(first + count) + grownBytes / partitions;
      count++;
    }
    return Math.max(1, leftBytes < 0 ? count - 1 : count);
  }

  /**
   * Builds and writes the snapshots of neighbouring partitions at those records, which must be
   * durable. The log is read once for all of them.
   *
   * @param first the first partition
   * @param targets the records, from the first partition on
   * @param passed takes the log positions from which the journal continues after each
   * @param at where the first partition's stands
   */
  public void build(int first, long[] targets, long[] passed, int at, long firstLogPosition)
      throws IOException {
    Map<Integer, PartitionState> left = new HashMap<>();
    long start = Long.MAX_VALUE;
    for (int i = 0; i < targets.length; i++) {
      int partition = first + i;
      SnapshotStore.@Nullable Loaded previous =
          store.newest(partition, () -> emptyStates.apply(partition));
      PartitionState state = previous == null ? emptyStates.apply(partition) : previous.state();
      passed[at + i] = previous == null ? firstLogPosition : previous.nextLogPosition();
      if (state.sequence() < targets[i]) {
        left.put(partition, state);
        start = Math.min(start, passed[at + i]);
      }
    }
    if (left.isEmpty()) {
      return;
    }
    try (JournalReader reader = journal.readFrom(start)) {
      while (!left.isEmpty()) {
        Check.that(reader.next(), "the journal reaches the snapshot's record");
        PartitionState state = left.get(reader.partition());
        if (state == null || reader.sequence() <= state.sequence()) {
          continue;
        }
        state.replay(
            reader.sequence(),
            reader.timeMs(),
            reader.buffer(),
            reader.offset(),
            reader.lengthBytes());
        int index = reader.partition() - first;
        if (state.sequence() >= targets[index]) {
          store.write(state, reader.nextLogPosition());
          passed[at + index] = reader.nextLogPosition();
          left.remove(reader.partition());
        }
      }
    }
  }
}
