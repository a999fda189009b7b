// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import org.agrona.DirectBuffer;

/**
 * Where one event loop hands over its decided records.
 *
 * <p><b>Thread:</b> the lane's event loop only.
 *
 * <p><b>Limit:</b> {@code journal.lane_bytes_max} bytes may wait to become durable; ask {@link
 * #hasRoom} before deciding a command, since a decided event cannot be taken back.
 */
public interface JournalAppender {

  /**
   * Whether a record with that payload can be appended now; the reserve serves refunds and acks.
   * The answer holds for one record: ask again for the next. False for good once the journal failed
   * or was closed.
   */
  boolean hasRoom(int lengthBytes, boolean mayUseReserve);

  /** Bytes of the largest payload that ever has room, however idle all is. */
  int payloadBytesMax();

  /**
   * Takes a copy of one record. Durable some time after; {@link Journal#durableSequence} tells.
   *
   * @param partition owner of the record
   * @param sequence the partition's next sequence, one above the last
   * @param timeMs the partition's time of the decision, epoch milliseconds
   */
  void append(
      int partition, long sequence, long timeMs, DirectBuffer source, int offset, int lengthBytes);

  /**
   * Says that the loop begins to work on input and may append. What is appended may become durable
   * some milliseconds late if no {@link #endBatch} follows.
   */
  void beginBatch();

  /** Says that the loop has nothing more at hand, so that a flush need not wait for it. */
  void endBatch();
}
