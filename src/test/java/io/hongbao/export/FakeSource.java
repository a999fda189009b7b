// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory; safe for an appender and a reader on different threads. */
public final class FakeSource implements RecordSource {

  /** One record, as a journal's reader shows it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Stored(
      int partition, long sequence, long timeMs, byte[] bytes, long position, long nextPosition) {}

  private final int partitionCount;
  private final List<Stored> records = new ArrayList<>();
  private final long[] sequences;
  private long end;
  private int readersOpened;

  public FakeSource(int partitionCount) {
    this.partitionCount = partitionCount;
    this.sequences = new long[partitionCount];
  }

  /** One event with its codec. */
  public record Part(EventCodec codec, Event event) {}

  /** Appends one durable record; tells its sequence. */
  public synchronized long append(int partition, long timeMs, Part... parts) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    int length = 0;
    for (Part part : parts) {
      int bytes = part.codec().encode(part.event(), buffer, length + 4);
      buffer.putInt(length, bytes, ByteOrder.LITTLE_ENDIAN);
      length += 4 + bytes;
    }
    byte[] copy = new byte[length];
    buffer.getBytes(0, copy);
    long sequence = ++sequences[partition];
    long next = end + 24 + length;
    records.add(new Stored(partition, sequence, timeMs, copy, end, next));
    end = next;
    return sequence;
  }

  /** Lengthens the log by something that is no record, as an idle journal does. */
  public synchronized void mark() {
    end += 64;
  }

  /** The first records of this journal, as a journal of their own. */
  public synchronized FakeSource firstRecords(int count) {
    FakeSource copy = new FakeSource(partitionCount);
    for (Stored record : records.subList(0, count)) {
      copy.records.add(record);
      copy.sequences[record.partition()] = record.sequence();
      copy.end = record.nextPosition();
    }
    return copy;
  }

  public synchronized int recordCount() {
    return records.size();
  }

  public synchronized int readersOpened() {
    return readersOpened;
  }

  @Override
  public int partitionCount() {
    return partitionCount;
  }

  @Override
  public long firstLogPosition() {
    return 0;
  }

  @Override
  public synchronized long durableLogPosition() {
    return end;
  }

  @Override
  public synchronized long durableSequence(int partition) {
    return sequences[partition];
  }

  private synchronized Stored at(int index) {
    return index < records.size() ? records.get(index) : null;
  }

  @Override
  public synchronized JournalReader readFrom(long logPosition) throws IOException {
    if (logPosition > end) {
      throw new IOException("behind the end of the journal");
    }
    readersOpened++;
    int first = 0;
    while (first < records.size() && records.get(first).position() < logPosition) {
      first++;
    }
    return new Reader(first, logPosition);
  }

  private final class Reader implements JournalReader {

    private int nextIndex;
    private Stored current;
    private long nextLogPosition;

    Reader(int first, long logPosition) {
      this.nextIndex = first;
      this.nextLogPosition = logPosition;
    }

    @Override
    public boolean next() {
      long durable = durableLogPosition();
      Stored found = at(nextIndex);
      if (found == null) {
        nextLogPosition = durable;
        return false;
      }
      nextIndex++;
      current = found;
      nextLogPosition = found.nextPosition();
      return true;
    }

    @Override
    public int partition() {
      return current.partition();
    }

    @Override
    public long sequence() {
      return current.sequence();
    }

    @Override
    public long timeMs() {
      return current.timeMs();
    }

    @Override
    public long recordLogPosition() {
      return current.position();
    }

    @Override
    public DirectBuffer buffer() {
      return new UnsafeBuffer(current.bytes());
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int lengthBytes() {
      return current.bytes().length;
    }

    @Override
    public long nextLogPosition() {
      return nextLogPosition;
    }

    @Override
    public void close() {}
  }
}
