// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.engine.journal.FrameCursor.Found;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over whole segments in log order, checks that nothing is missing between records, and finds
 * the highest position that was surely durable.
 *
 * <p><b>Thread:</b> one.
 */
final class LogScan {

  private long @Nullable [] sequences;
  private long durablePosition;
  private long frames;
  private long marks;
  private long records;
  private long bytes;

  /** Begins a segment: its table must go on where the segment before it ended. */
  void enter(SegmentHeader header) throws JournalDamagedException {
    if (sequences == null) {
      sequences = header.sequences().clone();
    } else if (!Arrays.equals(sequences, header.sequences())) {
      throw new JournalDamagedException(
          header.name().live(),
          JournalLayout.SEGMENT_TABLE_AT,
          "sequences do not continue those of the segment before");
    }
    durablePosition = Math.max(durablePosition, header.durablePosition());
  }

  /** Reads frames up to the limit or the first bad one. */
  Found scan(FrameCursor cursor, long limitPosition) throws IOException {
    while (true) {
      Found found = cursor.nextFrame(limitPosition);
      if (found != Found.FRAME) {
        return found;
      }
      if (cursor.frameDurablePosition() > cursor.framePosition()) {
        throw cursor.damaged(0, "a frame says that its successors were durable");
      }
      durablePosition = Math.max(durablePosition, cursor.frameDurablePosition());
      frames++;
      bytes += cursor.frameBytes();
      if (cursor.frameRecordCount() == 0) {
        marks++;
      }
      while (cursor.nextRecord()) {
        checkSequence(cursor);
        records++;
      }
    }
  }

  /** The newest segment may end anywhere, but not before what was durable. */
  void checkTail(FrameCursor cursor) throws JournalDamagedException {
    if (cursor.position() < durablePosition) {
      throw cursor.damagedAt(
          cursor.position(), cursor.reason() + ", but the log was durable to " + durablePosition);
    }
  }

  private void checkSequence(FrameCursor cursor) throws JournalDamagedException {
    int partition = cursor.partition();
    long[] last = sequences();
    int offset = (int) (cursor.recordPosition() - cursor.framePosition());
    if (partition >= last.length) {
      throw cursor.damaged(offset, "partition " + partition + " of " + last.length);
    }
    if (cursor.sequence() != last[partition] + 1) {
      throw cursor.damaged(
          offset,
          "sequence "
              + cursor.sequence()
              + " of partition "
              + partition
              + " follows "
              + last[partition]);
    }
    last[partition]++;
  }

  long[] sequences() {
    return sequences == null ? new long[0] : sequences;
  }

  /** Everything below was forced before something that was found was written. */
  long durablePosition() {
    return durablePosition;
  }

  long frames() {
    return frames;
  }

  long marks() {
    return marks;
  }

  long records() {
    return records;
  }

  long bytes() {
    return bytes;
  }
}
