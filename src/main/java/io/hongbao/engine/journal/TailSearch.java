// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.engine.journal.FrameCursor.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Judges a bad frame in the newest segment: is it the torn tail, or damage?
 *
 * <p>A later frame that says "everything before me was durable", and means a position behind the
 * bad frame, proves that the bad frame was durable once. Without such a witness the bad frame was
 * never acknowledged.
 *
 * <p>A client cannot forge a witness inside a record: it would have to know the directory's id.
 */
final class TailSearch {

  private static final int CHUNK_BYTES = 64 << 10;

  private final SegmentBytes source;
  private final SegmentHeader header;
  private final long badPosition;
  private @Nullable FrameCursor candidate;
  private long dirtyEndPosition;

  TailSearch(SegmentBytes source, SegmentHeader header, long badPosition) {
    this.source = source;
    this.header = header;
    this.badPosition = badPosition;
    this.dirtyEndPosition = badPosition;
  }

  /**
   * Looks at everything behind the bad frame.
   *
   * @throws JournalDamagedException if the bad frame was durable once
   */
  void run(String whyBad) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long position = badPosition;
    while (true) {
      chunk.clear();
      while (chunk.hasRemaining()) {
        if (source.read(header.offsetOf(position) + chunk.position(), chunk) <= 0) {
          break;
        }
      }
      int bytes = chunk.position();
      if (bytes == 0) {
        return;
      }
      look(chunk, bytes, position, whyBad);
      position += bytes;
      if (bytes < CHUNK_BYTES) {
        return;
      }
    }
  }

  private void look(ByteBuffer chunk, int bytes, long chunkPosition, String whyBad)
      throws IOException {
    for (int at = 0; at < bytes; at++) {
      if (at % Long.BYTES == 0 && at + Long.BYTES <= bytes && chunk.getLong(at) == 0) {
        at += Long.BYTES - 1;
        continue;
      }
      if (chunk.get(at) == 0) {
        continue;
      }
      dirtyEndPosition = chunkPosition + at + 1;
      boolean isFrame =
          at % JournalLayout.FRAME_ALIGNMENT == 0
              && at + Integer.BYTES <= bytes
              && chunk.getInt(at) == JournalLayout.FRAME_MAGIC;
      if (isFrame && chunkPosition + at > badPosition) {
        examine(chunkPosition + at, whyBad);
      }
    }
  }

  private void examine(long position, String whyBad) throws IOException {
    if (candidate == null) {
      candidate = new FrameCursor(header, source, position);
    }
    candidate.moveTo(header, source, position);
    boolean witness =
        candidate.nextFrame(Long.MAX_VALUE) == Found.FRAME
            && candidate.frameDurablePosition() > badPosition;
    if (witness) {
      throw candidate.damagedAt(
          badPosition, whyBad + ", but a frame at log position " + position + " relies on it");
    }
  }

  /** Bytes from the bad frame to the last one that is not zero. */
  long dirtyBytes() {
    return dirtyEndPosition - badPosition;
  }
}
