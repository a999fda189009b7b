// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The records of one partition, kept in memory; durable up to where the test says.
 *
 * <p><b>Thread:</b> the test's.
 */
public final class MemoryJournal implements JournalAppender {

  private final List<Kept> records = new ArrayList<>();
  private long durable;
  private boolean full;
  private int roomBytes = Integer.MAX_VALUE;
  private int payloadBytesMax = Integer.MAX_VALUE;
  private int askedBytes;

  /** One record as it would stand on disk. */
  public record Kept(long sequence, long timeMs, UnsafeBuffer bytes) {}

  @Override
  public boolean hasRoom(int lengthBytes, boolean mayUseReserve) {
    askedBytes = lengthBytes;
    return lengthBytes <= Math.min(roomBytes, payloadBytesMax) && (mayUseReserve || !full);
  }

  @Override
  public int payloadBytesMax() {
    return payloadBytesMax;
  }

  /** From now on no record ever has more. */
  public void payloadBytesMax(int bytes) {
    payloadBytesMax = bytes;
  }

  @Override
  public void append(
      int partition, long sequence, long timeMs, DirectBuffer source, int offset, int lengthBytes) {
    Check.atMost(lengthBytes, askedBytes, "record beyond the room that was asked for");
    byte[] copy = new byte[lengthBytes];
    source.getBytes(offset, copy);
    records.add(new Kept(sequence, timeMs, new UnsafeBuffer(copy)));
  }

  @Override
  public void beginBatch() {}

  @Override
  public void endBatch() {}

  public List<Kept> records() {
    return records;
  }

  /** From now on there is room for what may use the reserve only. */
  public void full(boolean isFull) {
    full = isFull;
  }

  /** From now on a record may have so many bytes. */
  public void roomBytes(int bytes) {
    roomBytes = bytes;
  }

  public long durable() {
    return durable;
  }

  /** Everything appended so far survives a crash. */
  public void force() {
    durable = records.size();
  }

  /** Forgets what a crash would take. */
  void loseTail() {
    records.subList((int) durable, records.size()).clear();
  }

  /** Applies all records to an empty state, as recovery does. */
  PartitionState replayInto(Supplier<PartitionState> empty) {
    PartitionState state = empty.get();
    for (Kept kept : records) {
      state.replay(kept.sequence(), kept.timeMs(), kept.bytes(), 0, kept.bytes().capacity());
    }
    return state;
  }
}
