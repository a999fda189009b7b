// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * A forward cursor over records, in log order.
 *
 * <p><b>Thread:</b> one at a time. The buffer's content is valid until the next {@link #next()}.
 *
 * <p><b>Failure:</b> damage below the durable position is a {@link JournalDamagedException} that
 * names file and offset.
 */
public interface JournalReader extends AutoCloseable {

  /** Moves to the next record; false when the end of what is durable is reached (try later). */
  boolean next() throws IOException;

  int partition();

  long sequence();

  long timeMs();

  /** Where the record begins; a new reader that starts there shows it first, for ever. */
  long recordLogPosition();

  DirectBuffer buffer();

  int offset();

  int lengthBytes();

  /**
   * Where a new reader must start to see exactly the records after this one; at the end of what is
   * durable, that end.
   */
  long nextLogPosition();

  @Override
  void close() throws IOException;
}
