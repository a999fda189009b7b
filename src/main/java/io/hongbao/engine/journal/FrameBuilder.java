// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects the records of one flush into a frame; one buffer, used again for every frame.
 *
 * <p><b>Thread:</b> the journal's writer.
 */
final class FrameBuilder {

  private final UUID directoryId;
  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private int bodyBytesMax;
  private int bodyBytes;
  private int recordCount;

  FrameBuilder(UUID directoryId, int frameBytesMax) {
    this.directoryId = directoryId;
    // Two pages more, since the aligned slice begins and ends on a page.
    this.bytes =
        ByteBuffer.allocateDirect(frameBytesMax + 2 * JournalLayout.BLOCK_BYTES)
            .alignedSlice(JournalLayout.BLOCK_BYTES);
    this.buffer = new UnsafeBuffer(bytes);
  }

  /** Begins a new frame that will not be longer than that. */
  void begin(int frameBytesMax) {
    bodyBytesMax = frameBytesMax - JournalLayout.FRAME_HEADER_BYTES;
    bodyBytes = 0;
    recordCount = 0;
  }

  int roomBytes() {
    return bodyBytesMax - bodyBytes;
  }

  int recordCount() {
    return recordCount;
  }

  /** Adds encoded records; the caller has asked for room. */
  void add(DirectBuffer source, int offset, int lengthBytes, int records) {
    buffer.putBytes(JournalLayout.FRAME_HEADER_BYTES + bodyBytes, source, offset, lengthBytes);
    bodyBytes += lengthBytes;
    recordCount += records;
  }

  /**
   * Completes the frame for its place in the log.
   *
   * @return the frame's bytes; valid until the next {@link #begin}
   */
  ByteBuffer finish(long segmentId, long position, long durablePosition) {
    int lengthBytes = JournalLayout.frameBytes(bodyBytes);
    int usedBytes = JournalLayout.FRAME_HEADER_BYTES + bodyBytes;
    buffer.setMemory(usedBytes, lengthBytes - usedBytes, (byte) 0);
    int kind = recordCount == 0 ? JournalLayout.KIND_MARK : JournalLayout.KIND_RECORDS;
    buffer.putInt(0, JournalLayout.FRAME_MAGIC, LITTLE_ENDIAN);
    buffer.putShort(
        JournalLayout.FRAME_VERSION_AT, (short) JournalLayout.FORMAT_VERSION, LITTLE_ENDIAN);
    buffer.putShort(JournalLayout.FRAME_KIND_AT, (short) kind, LITTLE_ENDIAN);
    buffer.putInt(JournalLayout.FRAME_LENGTH_AT, lengthBytes, LITTLE_ENDIAN);
    buffer.putInt(JournalLayout.FRAME_CRC_AT, 0, LITTLE_ENDIAN);
    buffer.putLong(JournalLayout.FRAME_SEGMENT_ID_AT, segmentId, LITTLE_ENDIAN);
    buffer.putLong(JournalLayout.FRAME_POSITION_AT, position, LITTLE_ENDIAN);
    buffer.putLong(JournalLayout.FRAME_DURABLE_AT, durablePosition, LITTLE_ENDIAN);
    buffer.putInt(JournalLayout.FRAME_RECORDS_AT, recordCount, LITTLE_ENDIAN);
    buffer.putInt(JournalLayout.FRAME_BODY_BYTES_AT, bodyBytes, LITTLE_ENDIAN);
    buffer.putLong(
        JournalLayout.FRAME_DIRECTORY_ID_AT, directoryId.getMostSignificantBits(), LITTLE_ENDIAN);
    buffer.putLong(
        JournalLayout.FRAME_DIRECTORY_ID_AT + 8,
        directoryId.getLeastSignificantBits(),
        LITTLE_ENDIAN);
    crc.reset();
    crc.update(bytes.clear().limit(lengthBytes));
    buffer.putInt(JournalLayout.FRAME_CRC_AT, (int) crc.getValue(), LITTLE_ENDIAN);
    return bytes.clear().limit(lengthBytes);
  }
}
