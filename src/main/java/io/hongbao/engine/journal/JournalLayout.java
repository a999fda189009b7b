// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

/**
 * The numbers of docs/JOURNAL-FORMAT.md. All integers are little endian.
 *
 * <p>Everything here is on disks of others: a change needs a new format version and a reader for
 * the old one.
 */
final class JournalLayout {

  static final int FORMAT_VERSION = 1;

  /** Headers are whole blocks, so that no frame shares a page with them. */
  static final int BLOCK_BYTES = 4096;

  // Segment header: the text "HBSEGMNT", then the fields, then the table of sequences.
  static final long SEGMENT_MAGIC = 0x544e_4d47_4553_4248L;
  static final int SEGMENT_VERSION_AT = 8;
  static final int SEGMENT_HEADER_BYTES_AT = 12;
  static final int SEGMENT_DIRECTORY_ID_AT = 16;
  static final int SEGMENT_ID_AT = 32;
  static final int SEGMENT_BASE_AT = 40;
  static final int SEGMENT_DURABLE_AT = 48;
  static final int SEGMENT_PARTITIONS_AT = 56;
  static final int SEGMENT_CRC_AT = 60;
  static final int SEGMENT_BYTES_AT = 64;
  static final int SEGMENT_TABLE_AT = 128;

  /** 1000 slots: there cannot be more partitions than that. */
  static final int PARTITION_COUNT_MAX = 1000;

  // Frame header: the text "HBFR".
  static final int FRAME_MAGIC = 0x5246_4248;
  static final int FRAME_VERSION_AT = 4;
  static final int FRAME_KIND_AT = 6;
  static final int FRAME_LENGTH_AT = 8;
  static final int FRAME_CRC_AT = 12;
  static final int FRAME_SEGMENT_ID_AT = 16;
  static final int FRAME_POSITION_AT = 24;
  static final int FRAME_DURABLE_AT = 32;
  static final int FRAME_RECORDS_AT = 40;
  static final int FRAME_BODY_BYTES_AT = 44;
  static final int FRAME_DIRECTORY_ID_AT = 48;
  static final int FRAME_HEADER_BYTES = 64;

  /** One cache line; and a search for frames tries every 64th byte only. */
  static final int FRAME_ALIGNMENT = 64;

  static final int FRAME_BYTES_LIMIT = 16 << 20;

  static final int KIND_RECORDS = 1;
  static final int KIND_MARK = 2;

  static final int RECORD_LENGTH_AT = 0;
  static final int RECORD_PARTITION_AT = 4;
  static final int RECORD_FORMAT_AT = 6;
  static final int RECORD_SEQUENCE_AT = 8;
  static final int RECORD_TIME_AT = 16;
  static final int RECORD_HEADER_BYTES = 24;
  static final int RECORD_ALIGNMENT = 8;
  static final int RECORD_FORMAT = 1;

  /** One part in so many of a lane is kept for refunds and acknowledgements. */
  static final int RESERVE_DIVISOR = 8;

  private JournalLayout() {}

  static int headerBytes(int partitionCount) {
    return align(SEGMENT_TABLE_AT + Long.BYTES * partitionCount, BLOCK_BYTES);
  }

  static int recordBytes(int payloadBytes) {
    return align(RECORD_HEADER_BYTES + payloadBytes, RECORD_ALIGNMENT);
  }

  static int frameBytes(int bodyBytes) {
    return align(FRAME_HEADER_BYTES + bodyBytes, FRAME_ALIGNMENT);
  }

  private static int align(int bytes, int alignment) {
    return (bytes + alignment - 1) & -alignment;
  }
}
