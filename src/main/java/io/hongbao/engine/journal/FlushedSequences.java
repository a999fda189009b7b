// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

/**
 * The last sequence of each partition in the flush under way, kept back until it is durable.
 *
 * <p><b>Thread:</b> the journal's writer.
 */
final class FlushedSequences {

  private final long[] last;
  private final int[] touched;
  private int touchedCount;

  FlushedSequences(int partitionCount) {
    this.last = new long[partitionCount];
    this.touched = new int[partitionCount];
  }

  /** Sequences begin at 1, so 0 means that the partition is not in this flush. */
  void note(int partition, long sequence) {
    if (last[partition] == 0) {
      touched[touchedCount++] = partition;
    }
    last[partition] = sequence;
  }

  void publishTo(DurablePositions positions) {
    for (int i = 0; i < touchedCount; i++) {
      int partition = touched[i];
      positions.publishSequence(partition, last[partition]);
      last[partition] = 0;
    }
    touchedCount = 0;
  }
}
