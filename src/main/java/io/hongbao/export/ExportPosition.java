// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/**
 * How far a target has come, in the log and in each partition.
 *
 * <p><b>Thread:</b> the loop's; handed out as a copy.
 *
 * <p>A target that was begun empty lacks the past until it has reached {@link
 * #completeFromLogPosition()}; before that nothing may be concluded from what it does not hold.
 */
public final class ExportPosition {

  private final long[] sequences;
  private final long[] timesMs;
  private final long completeFromLogPosition;
  private long logPosition;

  /** The position of a target that holds nothing yet. */
  public ExportPosition(int partitionCount, long logPosition, long completeFromLogPosition) {
    this.sequences = new long[partitionCount];
    this.timesMs = new long[partitionCount];
    this.logPosition = logPosition;
    this.completeFromLogPosition = completeFromLogPosition;
  }

  public int partitionCount() {
    return sequences.length;
  }

  /** Where the next record begins. */
  public long logPosition() {
    return logPosition;
  }

  public long completeFromLogPosition() {
    return completeFromLogPosition;
  }

  /** Sequence of the partition's last record below the log position; 0 if none. */
  public long sequence(int partition) {
    return sequences[partition];
  }

  /** The partition's time of that record; 0 if none. */
  public long timeMs(int partition) {
    return timesMs[partition];
  }

  /** Notes that a record has been taken. */
  public void passed(int partition, long sequence, long timeMs, long nextLogPosition) {
    restore(partition, sequence, timeMs);
    logPosition = nextLogPosition;
  }

  /** Notes that up to there nothing is left to take. */
  public void reached(long nextLogPosition) {
    logPosition = Math.max(logPosition, nextLogPosition);
  }

  /** Puts back what a target has stored of one partition. */
  public void restore(int partition, long sequence, long timeMs) {
    sequences[partition] = sequence;
    timesMs[partition] = timeMs;
  }
}
