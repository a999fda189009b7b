// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds the frame around a log position by looking back from it, for files in which one can.
 *
 * <p>Frames begin at multiples of {@link JournalLayout#FRAME_ALIGNMENT} and name their own position
 * and directory, so a header is known where it stands. What looks like one is only a guess: the
 * caller reads the frame and checks it.
 *
 * <p><b>Thread:</b> one.
 */
final class FrameSearch {

  private static final int STEP_BYTES = 64 << 10;

  private final SegmentHeader header;
  private final SegmentBytes source;

  FrameSearch(SegmentHeader header, SegmentBytes source) {
    this.header = header;
    this.source = source;
  }

  /**
   * Looks for the frame that holds the position or ends at it.
   *
   * @return where it probably begins; the segment's base when no header was found
   */
  long before(long position) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(STEP_BYTES).order(LITTLE_ENDIAN);
    long alignment = JournalLayout.FRAME_ALIGNMENT;
    long end = position / alignment * alignment + alignment;
    long lowest = Math.max(header.basePosition(), position - JournalLayout.FRAME_BYTES_LIMIT);
    while (end > lowest) {
      long begin = Math.max(lowest / alignment * alignment, end - STEP_BYTES);
      window.clear().limit((int) (end - begin));
      fill(window, begin);
      for (long at = end - alignment; at >= begin; at -= alignment) {
        if (looksLikeFrame(window, (int) (at - begin), at)) {
          return at;
        }
      }
      end = begin;
    }
    return header.basePosition();
  }

  private void fill(ByteBuffer window, long position) throws IOException {
    while (window.hasRemaining()
        && source.read(header.offsetOf(position + window.position()), window) > 0) {
      continue;
    }
    // What the file does not have looks like nothing.
    while (window.hasRemaining()) {
      window.put((byte) 0);
    }
  }

  private boolean looksLikeFrame(ByteBuffer window, int index, long position) {
    return window.limit() - index >= JournalLayout.FRAME_HEADER_BYTES
        && window.getInt(index) == JournalLayout.FRAME_MAGIC
        && window.getLong(index + JournalLayout.FRAME_POSITION_AT) == position
        && window.getLong(index + JournalLayout.FRAME_SEGMENT_ID_AT) == header.segmentId()
        && window.getLong(index + JournalLayout.FRAME_DIRECTORY_ID_AT)
            == header.directoryId().getMostSignificantBits();
  }
}
