// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Recovery".
package io.hongbao.engine.snapshot;

import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.model.Check;
import java.io.IOException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings all partitions to where the journal ends: newest good snapshot of each, then the tail.
 *
 * <p><b>Thread:</b> the starter's, before anything is served.
 *
 * <p><b>Failure:</b> a gap between a snapshot and the journal, or a replay that contradicts a
 * journaled hash, stops the start.
 */
public final class Recovery {

  private final SnapshotStore store;
  private final Journal journal;
  private final long firstLogPosition;

  public Recovery(SnapshotStore store, Journal journal, long firstLogPosition) {
    this.store = store;
    this.journal = journal;
    this.firstLogPosition = firstLogPosition;
  }

  /**
   * What was recovered.
   *
   * @param snapshotLogPositions per partition: where the journal continues after its snapshot
   */
  public record Recovered(
      PartitionState[] states, long[] snapshotLogPositions, long recordsReplayed) {}

  /**
   * @param emptyStates makes an empty state by partition
   */
  public Recovered recover(int partitionCount, IntFunction<PartitionState> emptyStates)
      throws IOException {
    PartitionState[] states = new PartitionState[partitionCount];
    long[] positions = new long[partitionCount];
    long start = Long.MAX_VALUE;
    for (int i = 0; i < partitionCount; i++) {
      int partition = i;
      SnapshotStore.@Nullable Loaded loaded =
          store.newest(partition, () -> emptyStates.apply(partition));
      states[i] = loaded == null ? emptyStates.apply(i) : loaded.state();
      checkJournalReaches(states[i], i);
      positions[i] = loaded == null ? firstLogPosition : loaded.nextLogPosition();
      start = Math.min(start, positions[i]);
    }
    long replayed = 0;
    try (JournalReader reader = journal.readFrom(start)) {
      while (reader.next()) {
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
    for (int i = 0; i < partitionCount; i++) {
      Check.equal(
          states[i].sequence(),
          journal.durableSequence(i),
          "last record between snapshot and end of the journal");
    }
    return new Recovered(states, positions, replayed);
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
