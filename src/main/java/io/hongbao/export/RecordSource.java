// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalReader;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * What a follower sees of the journal.
 *
 * <p><b>Thread:</b> any.
 */
public interface RecordSource {

  int partitionCount();

  /** Where the oldest record that can still be read begins; archived ones count. */
  long firstLogPosition();

  /** Everything below is durable. */
  long durableLogPosition();

  /** Highest durable sequence of the partition; 0 if none. */
  long durableSequence(int partition);

  /** Opens a cursor that never passes what is durable. */
  JournalReader readFrom(long logPosition) throws IOException;

  /** A journal seen as a source. */
  static RecordSource of(Journal journal, int partitionCount, LongSupplier firstLogPosition) {
    return new RecordSource() {
      @Override
      public int partitionCount() {
        return partitionCount;
      }

      @Override
      public long firstLogPosition() {
        return firstLogPosition.getAsLong();
      }

      @Override
      public long durableLogPosition() {
        return journal.durableLogPosition();
      }

      @Override
      public long durableSequence(int partition) {
        return journal.durableSequence(partition);
      }

      @Override
      public JournalReader readFrom(long logPosition) throws IOException {
        return journal.readFrom(logPosition);
      }
    };
  }
}
