// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far the log and each partition are durable, and how far they are appended.
 *
 * <p><b>Thread:</b> the writer publishes; every thread may read what is published. {@link #append}
 * belongs to the loop that owns the partition.
 */
final class DurablePositions {

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  /** Longs from one partition to the next: a cache line, since loops write neighbours. */
  private static final int APPENDED_STRIDE = 8;

  private final long[] durable;
  private final long[] appended;
  private volatile long logPosition;

  DurablePositions(long[] sequences, long logPosition) {
    this.durable = sequences.clone();
    this.appended = new long[sequences.length * APPENDED_STRIDE];
    for (int i = 0; i < sequences.length; i++) {
      appended[i * APPENDED_STRIDE] = sequences[i];
    }
    this.logPosition = logPosition;
  }

  int partitionCount() {
    return durable.length;
  }

  long logPosition() {
    return logPosition;
  }

  long sequence(int partition) {
    return (long) ELEMENT.getAcquire(durable, partition);
  }

  long[] copyOfSequences() {
    return durable.clone();
  }

  void publishSequence(int partition, long sequence) {
    ELEMENT.setRelease(durable, partition, sequence);
  }

  void publishLogPosition(long position) {
    logPosition = position;
  }

  /** Notes the append of a sequence; false if it is not the next one. */
  boolean append(int partition, long sequence) {
    int index = partition * APPENDED_STRIDE;
    if (appended[index] + 1 != sequence) {
      return false;
    }
    appended[index] = sequence;
    return true;
  }
}
