// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.model.Check;
import java.io.IOException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next snapshot of one partition from its previous one and the journal.
 *
 * <p>The target is a record in which the live partition journaled the hash of its state; replay
 * compares its own against it, so a snapshot that comes into being is one that agrees with the live
 * state, which is never read and never waits.
 *
 * <p><b>Thread:</b> the snapshot thread. <b>Limit:</b> one partition's state in memory at a time.
 */
public final class SnapshotBuilder {

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
    SnapshotStore.@Nullable Loaded previous =
        store.newest(partition, () -> emptyStates.apply(partition));
    PartitionState state = previous == null ? emptyStates.apply(partition) : previous.state();
    long position = previous == null ? firstLogPosition : previous.nextLogPosition();
    if (state.sequence() >= targetSequence) {
      return position;
    }
    try (JournalReader reader = journal.readFrom(position)) {
      while (state.sequence() < targetSequence) {
        Check.that(reader.next(), "the journal reaches the snapshot's record");
        if (reader.partition() == partition && reader.sequence() > state.sequence()) {
          state.replay(
              reader.sequence(),
              reader.timeMs(),
              reader.buffer(),
              reader.offset(),
              reader.lengthBytes());
        }
        position = reader.nextLogPosition();
      }
    }
    store.write(state, position);
    return position;
  }
}
