// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a segment: whose it is, where it begins, and what came before it.
 *
 * <p>The table of sequences lets every segment be read and checked without its predecessors, which
 * may be archived or gone.
 *
 * @param durablePosition the log was durable up to here when the segment got its name
 * @param sequences last sequence of each partition before {@code basePosition}; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copied by whoever changes it.
record SegmentHeader(
    UUID directoryId,
    long segmentId,
    long basePosition,
    long durablePosition,
    long segmentBytes,
    long[] sequences) {

  int headerBytes() {
    return JournalLayout.headerBytes(sequences.length);
  }

  SegmentName name() {
    return new SegmentName(basePosition, segmentId);
  }

  /** Offset in the file of a log position. */
  long offsetOf(long position) {
    return headerBytes() + (position - basePosition);
  }

  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(headerBytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, JournalLayout.SEGMENT_MAGIC);
    bytes.putInt(JournalLayout.SEGMENT_VERSION_AT, JournalLayout.FORMAT_VERSION);
    bytes.putInt(JournalLayout.SEGMENT_HEADER_BYTES_AT, headerBytes());
    bytes.putLong(JournalLayout.SEGMENT_DIRECTORY_ID_AT, directoryId.getMostSignificantBits());
    bytes.putLong(JournalLayout.SEGMENT_DIRECTORY_ID_AT + 8, directoryId.getLeastSignificantBits());
    bytes.putLong(JournalLayout.SEGMENT_ID_AT, segmentId);
    bytes.putLong(JournalLayout.SEGMENT_BASE_AT, basePosition);
    bytes.putLong(JournalLayout.SEGMENT_DURABLE_AT, durablePosition);
    bytes.putInt(JournalLayout.SEGMENT_PARTITIONS_AT, sequences.length);
    bytes.putLong(JournalLayout.SEGMENT_BYTES_AT, segmentBytes);
    for (int i = 0; i < sequences.length; i++) {
      bytes.putLong(JournalLayout.SEGMENT_TABLE_AT + Long.BYTES * i, sequences[i]);
    }
    bytes.putInt(JournalLayout.SEGMENT_CRC_AT, crcOf(bytes));
    return bytes;
  }

  /**
   * Reads and checks a header.
   *
   * @param expectedId the directory it must belong to, null to take any
   * @throws JournalDamagedException if the bytes are not what was written
   * @throws IOException if they are, but by another version or for another directory
   */
  static SegmentHeader read(SegmentBytes source, @Nullable UUID expectedId) throws IOException {
    String file = source.name();
    ByteBuffer block = readFully(source, JournalLayout.BLOCK_BYTES);
    if (block.getLong(0) != JournalLayout.SEGMENT_MAGIC) {
      throw new JournalDamagedException(file, 0, "no segment header");
    }
    int version = block.getInt(JournalLayout.SEGMENT_VERSION_AT);
    if (version > JournalLayout.FORMAT_VERSION) {
      throw new IOException(
          file
              + " was written in journal format "
              + version
              + ", newer than "
              + JournalLayout.FORMAT_VERSION);
    }
    int partitions = block.getInt(JournalLayout.SEGMENT_PARTITIONS_AT);
    boolean plausible =
        version == JournalLayout.FORMAT_VERSION
            && partitions >= 1
            && partitions <= JournalLayout.PARTITION_COUNT_MAX
            && block.getInt(JournalLayout.SEGMENT_HEADER_BYTES_AT)
                == JournalLayout.headerBytes(partitions);
    if (!plausible) {
      throw new JournalDamagedException(file, 0, "senseless segment header");
    }
    ByteBuffer bytes = readFully(source, JournalLayout.headerBytes(partitions));
    if (bytes.getInt(JournalLayout.SEGMENT_CRC_AT) != crcOf(bytes)) {
      throw new JournalDamagedException(file, 0, "checksum of segment header");
    }
    SegmentHeader header = decode(bytes, partitions);
    if (!header.name().equals(SegmentName.parse(file))) {
      throw new JournalDamagedException(file, 0, "header is that of " + header.name());
    }
    if (expectedId != null && !header.directoryId.equals(expectedId)) {
      throw new IOException(
          file + " belongs to data directory " + header.directoryId + ", not " + expectedId);
    }
    return header;
  }

  private static SegmentHeader decode(ByteBuffer bytes, int partitions) {
    long[] sequences = new long[partitions];
    for (int i = 0; i < partitions; i++) {
      sequences[i] = bytes.getLong(JournalLayout.SEGMENT_TABLE_AT + Long.BYTES * i);
    }
    UUID directoryId =
        new UUID(
            bytes.getLong(JournalLayout.SEGMENT_DIRECTORY_ID_AT),
            bytes.getLong(JournalLayout.SEGMENT_DIRECTORY_ID_AT + 8));
    return new SegmentHeader(
        directoryId,
        bytes.getLong(JournalLayout.SEGMENT_ID_AT),
        bytes.getLong(JournalLayout.SEGMENT_BASE_AT),
        bytes.getLong(JournalLayout.SEGMENT_DURABLE_AT),
        bytes.getLong(JournalLayout.SEGMENT_BYTES_AT),
        sequences);
  }

  private static ByteBuffer readFully(SegmentBytes source, int bytes) throws IOException {
    ByteBuffer target = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (target.hasRemaining()) {
      if (source.read(target.position(), target) <= 0) {
        throw new JournalDamagedException(
            source.name(), target.position(), "file ends inside the segment header");
      }
    }
    return target.flip();
  }

  /** Covers the whole header, the field of the checksum counted as zero. */
  private static int crcOf(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    ByteBuffer copy = bytes.duplicate();
    crc.update(copy.clear().limit(JournalLayout.SEGMENT_CRC_AT));
    crc.update(new byte[Integer.BYTES]);
    crc.update(copy.clear().position(JournalLayout.SEGMENT_CRC_AT + Integer.BYTES));
    return (int) crc.getValue();
  }

  void writeTo(DiskFile file) throws IOException {
    file.write(0, encode());
  }
}
