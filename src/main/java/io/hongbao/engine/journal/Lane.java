// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.hongbao.model.Check;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring of encoded records between one event loop and the journal's writer.
 *
 * <p>A record's bytes leave the ring only when they are durable, so the ring's size is the limit of
 * what may wait, and nothing is allocated after the start.
 *
 * <p><b>Thread:</b> the methods of {@link JournalAppender} for the loop, {@link #drainTo}, {@link
 * #release} for the writer, the sums for every thread.
 */
final class Lane implements JournalAppender {

  /** In place of a record's length: the rest of the ring's end is unused. */
  private static final int WRAP = -1;

  // Shared fields, each alone on its pair of cache lines. The loop writes the first three.
  private static final int TAIL_AT = 0;
  private static final int APPENDED_AT = 8;
  private static final int BATCH_AT = 16;
  private static final int HEAD_AT = 128;
  private static final int CONTROL_BYTES = 256;

  private final int index;
  private final UnsafeBuffer ring;
  private final UnsafeBuffer control = new UnsafeBuffer(ByteBuffer.allocateDirect(CONTROL_BYTES));
  private final int capacity;
  private final int reserveBytes;
  private final int payloadBytesMax;
  private final int flushRecords;
  private final DurablePositions positions;
  private final WriterSignal signal;

  // The loop's own.
  private long tail;
  private long headSeen;
  private long appendedRecords;
  private boolean batchOpen;
  private int batchRecords;

  // The writer's own.
  private long drained;
  private long drainedRecords;

  Lane(int index, JournalSettings settings, DurablePositions positions, WriterSignal signal) {
    this.index = index;
    this.capacity = settings.laneBytesMax();
    this.reserveBytes = capacity / JournalLayout.RESERVE_DIVISOR;
    this.payloadBytesMax = settings.payloadBytesMax();
    this.flushRecords = settings.flushRecords();
    this.ring = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    this.positions = positions;
    this.signal = signal;
  }

  @Override
  public boolean hasRoom(int lengthBytes, boolean mayUseReserve) {
    if (lengthBytes > payloadBytesMax || signal.isClosed()) {
      return false;
    }
    int limit = mayUseReserve ? capacity : capacity - reserveBytes;
    return fits(ringBytes(JournalLayout.recordBytes(lengthBytes)), limit);
  }

  @Override
  public int payloadBytesMax() {
    return payloadBytesMax;
  }

  @Override
  public void append(
      int partition, long sequence, long timeMs, DirectBuffer source, int offset, int lengthBytes) {
    Check.that(lengthBytes >= 0 && lengthBytes <= payloadBytesMax, "record length in journal");
    Check.that(positions.append(partition, sequence), "journal sequence is not the next one");
    if (signal.isClosed()) {
      // Nothing more becomes durable, so nobody will ever be told of this record.
      return;
    }
    int recordBytes = JournalLayout.recordBytes(lengthBytes);
    int ringBytes = ringBytes(recordBytes);
    Check.that(fits(ringBytes, capacity), "journal lane is full, hasRoom was not heeded");
    int at = (int) tail & (capacity - 1);
    if (ringBytes != recordBytes) {
      ring.putInt(at, WRAP, LITTLE_ENDIAN);
      at = 0;
    }
    // First the last word, so that the padding behind the payload is zero.
    ring.putLong(at + recordBytes - Long.BYTES, 0);
    ring.putInt(at + JournalLayout.RECORD_LENGTH_AT, lengthBytes, LITTLE_ENDIAN);
    ring.putShort(at + JournalLayout.RECORD_PARTITION_AT, (short) partition, LITTLE_ENDIAN);
    ring.putShort(
        at + JournalLayout.RECORD_FORMAT_AT, (short) JournalLayout.RECORD_FORMAT, LITTLE_ENDIAN);
    ring.putLong(at + JournalLayout.RECORD_SEQUENCE_AT, sequence, LITTLE_ENDIAN);
    ring.putLong(at + JournalLayout.RECORD_TIME_AT, timeMs, LITTLE_ENDIAN);
    ring.putBytes(at + JournalLayout.RECORD_HEADER_BYTES, source, offset, lengthBytes);
    tail += ringBytes;
    appendedRecords++;
    // In this order: the writer that counts a record as waiting must find its bytes, else it takes
    // the frame that stays empty for a segment without room.
    control.putLongRelease(TAIL_AT, tail);
    control.putLongRelease(APPENDED_AT, appendedRecords);
    batchRecords++;
    // While flushes carry company, the writer would only wait for the end of the batch: one wake-up
    // then does for both. The loop that appended hears of the flush after its batch anyway.
    boolean wakeNow = batchRecords == 1 && !(batchOpen && signal.writerWantsCompany());
    if (wakeNow || batchRecords % flushRecords == 0 || !batchOpen) {
      signal.wake();
    }
  }

  @Override
  public void beginBatch() {
    batchOpen = true;
    batchRecords = 0;
    control.putLongRelease(BATCH_AT, 1);
  }

  @Override
  public void endBatch() {
    batchOpen = false;
    control.putLongRelease(BATCH_AT, 0);
    if (batchRecords > 0) {
      signal.wake();
    }
    batchRecords = 0;
  }

  /** Bytes of the ring that a record takes now: more at the ring's end, which must be skipped. */
  private int ringBytes(int recordBytes) {
    int toEnd = capacity - ((int) tail & (capacity - 1));
    return recordBytes > toEnd ? toEnd + recordBytes : recordBytes;
  }

  private boolean fits(int ringBytes, int limit) {
    if (tail + ringBytes - headSeen <= limit) {
      return true;
    }
    headSeen = control.getLongAcquire(HEAD_AT);
    return tail + ringBytes - headSeen <= limit;
  }

  int index() {
    return index;
  }

  /** Whether the loop is working on input and may append more. */
  boolean isBatchOpen() {
    return control.getLongAcquire(BATCH_AT) != 0;
  }

  /** Records appended since the journal opened. Any thread. */
  long appendedRecords() {
    return control.getLongAcquire(APPENDED_AT);
  }

  /** Bytes that are not durable yet. Any thread; not exact while others work. */
  long waitingBytes() {
    return Math.max(0, control.getLongAcquire(TAIL_AT) - control.getLongAcquire(HEAD_AT));
  }

  /** Records that the writer has not taken yet. Writer only. */
  long waitingRecords() {
    // The writer may have taken a record whose bytes it saw before its number.
    return Math.max(0, appendedRecords() - drainedRecords);
  }

  /**
   * Moves as many records as fit into the frame.
   *
   * @return how many records
   */
  int drainTo(FrameBuilder frame, FlushedSequences flushed) {
    long end = control.getLongAcquire(TAIL_AT);
    int records = 0;
    while (drained < end) {
      int runAt = (int) drained & (capacity - 1);
      if (ring.getInt(runAt, LITTLE_ENDIAN) == WRAP) {
        drained += capacity - runAt;
        continue;
      }
      int runRecords = drainRun(runAt, end, frame, flushed);
      if (runRecords == 0) {
        break;
      }
      records += runRecords;
    }
    drainedRecords += records;
    return records;
  }

  // Records that lie one behind the other are copied at once.
  private int drainRun(int runAt, long end, FrameBuilder frame, FlushedSequences flushed) {
    int roomBytes = frame.roomBytes();
    int at = runAt;
    int records = 0;
    int endAt = (int) Math.min(capacity, runAt + (end - drained));
    while (at < endAt) {
      int lengthBytes = ring.getInt(at, LITTLE_ENDIAN);
      if (lengthBytes == WRAP) {
        break;
      }
      int nextAt = at + JournalLayout.recordBytes(lengthBytes);
      if (nextAt - runAt > roomBytes) {
        break;
      }
      flushed.note(
          ring.getShort(at + JournalLayout.RECORD_PARTITION_AT, LITTLE_ENDIAN) & 0xffff,
          ring.getLong(at + JournalLayout.RECORD_SEQUENCE_AT, LITTLE_ENDIAN));
      records++;
      at = nextAt;
    }
    if (records > 0) {
      frame.add(ring, runAt, at - runAt, records);
      drained += at - runAt;
    }
    return records;
  }

  /** Gives the ring's bytes back to the loop: what was drained is durable. */
  void release() {
    control.putLongRelease(HEAD_AT, drained);
  }
}
