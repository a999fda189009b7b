// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.io.IOException;

/**
 * The durable, ordered record of everything decided in this process; the seam behind which local
 * segment files today and Kafka tomorrow stand.
 *
 * <p>A record belongs to a partition and carries that partition's consecutive sequence (first
 * record: 1). Records of one partition keep their order; between partitions there is none that
 * anybody may rely on, but the local form has one log and gives every record a log position.
 *
 * <p><b>Thread:</b> each lane (event loop) has its own {@link JournalAppender}; the rest is safe
 * for every thread.
 *
 * <p><b>Failure:</b> after a failed write or force nothing more is accepted or made durable, and
 * the failure listener is told once; the process must then stop.
 */
public interface Journal extends AutoCloseable {

  /** The appender of one lane; always the same one for the same lane. */
  JournalAppender appender(int lane);

  /** Highest sequence of the partition that a crash cannot take back; 0 if none. Any thread. */
  long durableSequence(int partition);

  /** Log position up to which everything is durable. Any thread. */
  long durableLogPosition();

  /**
   * Reads records from the one that starts at or after {@code logPosition}, never past {@link
   * #durableLogPosition()}; archived segments are read as well.
   */
  JournalReader readFrom(long logPosition) throws IOException;

  /**
   * Allows every segment that lies wholly below {@code logPosition} to be compressed into the
   * archive. Positions only grow; called by whoever knows what snapshots and exporters have passed.
   */
  void archiveBelow(long logPosition);

  /** Flushes what was appended, writes a durable mark, stops the writer. */
  @Override
  void close() throws IOException;
}
