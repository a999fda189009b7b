// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.engine.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/** A lane's ring that is as small as it may be, and what its writer would write. */
final class Rings {

  static final int RING_BYTES = 1024;
  static final int PAYLOAD_BYTES = 40;

  private static final int SEGMENT_BYTES = 16 << 10;
  private static final int FRAME_BYTES = 2048;
  private static final JournalSettings SETTINGS =
      JournalSettings.standard(new UUID(1, 2), 1, 1)
          .withSegmentBytes(SEGMENT_BYTES, FRAME_BYTES)
          .withLaneBytesMax(RING_BYTES);
  private static final ThreadLocal<FrameBuilder> FRAME =
      ThreadLocal.withInitial(() -> new FrameBuilder(new UUID(1, 2), FRAME_BYTES));
  private static final ThreadLocal<FlushedSequences> FLUSHED =
      ThreadLocal.withInitial(() -> new FlushedSequences(1));
  private static final ThreadLocal<UnsafeBuffer> SOURCE =
      ThreadLocal.withInitial(() -> new UnsafeBuffer(new byte[PAYLOAD_BYTES]));

  private Rings() {}

  static DurablePositions positions() {
    return new DurablePositions(new long[1], 0);
  }

  static Lane lane(DurablePositions positions, WriterSignal signal) {
    return new Lane(0, SETTINGS, positions, signal);
  }

  /** Appends a record whose payload is its sequence, again and again. */
  static void append(Lane lane, long sequence) {
    UnsafeBuffer source = SOURCE.get();
    for (int at = 0; at < PAYLOAD_BYTES; at += Long.BYTES) {
      source.putLong(at, sequence);
    }
    lane.append(0, sequence, sequence, source, 0, PAYLOAD_BYTES);
  }

  /**
   * Takes what is there into a frame, as the writer does.
   *
   * @return records that were taken; negative when one of them is not what was appended
   */
  static int drain(Lane lane, long firstSequence) {
    FrameBuilder frame = FRAME.get();
    FlushedSequences flushed = FLUSHED.get();
    frame.begin(FRAME_BYTES);
    int records = lane.drainTo(frame, flushed);
    ByteBuffer bytes = frame.finish(1, 0, 0).duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int at = JournalLayout.FRAME_HEADER_BYTES;
    for (int i = 0; i < records; i++) {
      boolean isWhole =
          bytes.getInt(at + JournalLayout.RECORD_LENGTH_AT) == PAYLOAD_BYTES
              && bytes.getLong(at + JournalLayout.RECORD_SEQUENCE_AT) == firstSequence + i;
      for (int word = 0; word < PAYLOAD_BYTES; word += Long.BYTES) {
        long value =
            Long.reverseBytes(bytes.getLong(at + JournalLayout.RECORD_HEADER_BYTES + word));
        isWhole &= value == firstSequence + i || Long.reverseBytes(value) == firstSequence + i;
      }
      if (!isWhole) {
        return -1 - i;
      }
      at += JournalLayout.recordBytes(PAYLOAD_BYTES);
    }
    // Forgets them, as a flush that is over does.
    flushed.publishTo(positions());
    return records;
  }
}
