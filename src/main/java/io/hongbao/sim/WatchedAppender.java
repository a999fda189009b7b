// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.JournalAppender;
import org.agrona.DirectBuffer;

/** Notes the hash of a partition's state at each of its records, and looks at their audit. */
final class WatchedAppender implements JournalAppender {

  private final JournalAppender inner;
  private final PartitionState state;
  private final AuditedPartition book;
  private final AuditedLines lines;

  WatchedAppender(
      JournalAppender inner, PartitionState state, AuditedPartition book, AuditedLines lines) {
    this.inner = inner;
    this.state = state;
    this.book = book;
    this.lines = lines;
  }

  @Override
  public boolean hasRoom(int lengthBytes, boolean mayUseReserve) {
    return inner.hasRoom(lengthBytes, mayUseReserve);
  }

  @Override
  public int payloadBytesMax() {
    return inner.payloadBytesMax();
  }

  @Override
  public void append(
      int partition, long sequence, long timeMs, DirectBuffer source, int offset, int length) {
    inner.append(partition, sequence, timeMs, source, offset, length);
    book.hashes.put(sequence, state.hash());
    lines.appended(book, sequence, timeMs, source, offset, length);
  }

  @Override
  public void beginBatch() {
    inner.beginBatch();
  }

  @Override
  public void endBatch() {
    inner.endBatch();
  }
}
