// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.model.Check;
import java.util.UUID;

/**
 * What a local journal must know before it opens.
 *
 * @param directoryId identity of the data directory; segments of another one are refused
 * @param partitionCount partitions whose sequences are kept; fixed for the directory's life
 * @param laneCount appenders, one per event loop
 * @param segmentBytes size of a segment file, header included
 * @param frameBytesMax largest frame, and so the largest flush
 * @param laneBytesMax bytes of one lane that may wait to become durable, a power of two
 * @param flushRecords records that start a flush at once
 * @param flushWaitNs longest wait of the first record for company, while there is company
 * @param markAfterNs idle time after which a durable mark is written
 */
public record JournalSettings(
    UUID directoryId,
    int partitionCount,
    int laneCount,
    int segmentBytes,
    int frameBytesMax,
    int laneBytesMax,
    int flushRecords,
    long flushWaitNs,
    long markAfterNs) {

  public JournalSettings {
    Check.atLeast(partitionCount, 1, "journal partitions");
    Check.atMost(partitionCount, JournalLayout.PARTITION_COUNT_MAX, "journal partitions");
    Check.atLeast(laneCount, 1, "journal lanes");
    Check.equal(segmentBytes % JournalLayout.BLOCK_BYTES, 0, "journal.segment_bytes modulo block");
    Check.equal(frameBytesMax % JournalLayout.FRAME_ALIGNMENT, 0, "journal frame modulo 64");
    Check.atLeast(frameBytesMax, 2 * JournalLayout.FRAME_HEADER_BYTES, "journal frame bytes");
    Check.atMost(frameBytesMax, JournalLayout.FRAME_BYTES_LIMIT, "journal frame bytes");
    Check.equal(Integer.bitCount(laneBytesMax), 1, "bits set in journal.lane_bytes_max");
    Check.atLeast(laneBytesMax, 1024, "journal.lane_bytes_max");
    Check.atLeast(flushRecords, 1, "journal flush records");
    // Room for the records of a torn flush that recovery moves, and for at least one frame more.
    Check.atLeast(
        segmentBytes,
        JournalLayout.headerBytes(partitionCount) + 2L * frameBytesMax,
        "journal.segment_bytes");
  }

  /** The documented defaults. */
  public static JournalSettings standard(UUID directoryId, int partitionCount, int laneCount) {
    return new JournalSettings(
        directoryId,
        partitionCount,
        laneCount,
        64 << 20,
        4 << 20,
        16 << 20,
        1_024,
        1_000_000,
        10_000_000);
  }

  public JournalSettings withSegmentBytes(int bytes, int frameBytes) {
    return new JournalSettings(
        directoryId,
        partitionCount,
        laneCount,
        bytes,
        frameBytes,
        laneBytesMax,
        flushRecords,
        flushWaitNs,
        markAfterNs);
  }

  public JournalSettings withLaneBytesMax(int bytes) {
    return new JournalSettings(
        directoryId,
        partitionCount,
        laneCount,
        segmentBytes,
        frameBytesMax,
        bytes,
        flushRecords,
        flushWaitNs,
        markAfterNs);
  }

  public JournalSettings withFlush(int records, long waitNs, long markNs) {
    return new JournalSettings(
        directoryId,
        partitionCount,
        laneCount,
        segmentBytes,
        frameBytesMax,
        laneBytesMax,
        records,
        waitNs,
        markNs);
  }

  /**
   * Largest payload of one record: it must fit a frame, and twice into a lane, so that an empty
   * lane has room for it wherever its ring stands.
   */
  public int payloadBytesMax() {
    int recordBytesMax =
        Math.min(
            frameBytesMax - JournalLayout.FRAME_HEADER_BYTES,
            (laneBytesMax - laneBytesMax / JournalLayout.RESERVE_DIVISOR) / 2);
    return (recordBytesMax & -JournalLayout.RECORD_ALIGNMENT) - JournalLayout.RECORD_HEADER_BYTES;
  }
}
