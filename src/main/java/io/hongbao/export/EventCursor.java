// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.model.Check;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks over the events of one record without decoding them.
 *
 * <pre>
 *   length u32 | blockLength u16 | templateId u16 | schemaId u16 | version u16 | body ...  repeated
 * </pre>
 *
 * <p><b>Thread:</b> one at a time.
 */
public final class EventCursor {

  private static final int LENGTH_BYTES = 4;
  private static final int TEMPLATE_ID_AT = 2;
  private static final int SCHEMA_ID_AT = 4;
  private static final int HEADER_BYTES = 8;

  private final UnsafeBuffer record = new UnsafeBuffer();
  private int index;
  private int eventAt;
  private int eventBytes;

  /** Begins before the first event of the record. */
  public void wrap(DirectBuffer buffer, int offset, int lengthBytes) {
    record.wrap(buffer, offset, lengthBytes);
    index = -1;
    eventAt = 0;
    eventBytes = 0;
  }

  public boolean next() {
    int lengthAt = eventAt + eventBytes;
    if (lengthAt == record.capacity()) {
      return false;
    }
    Check.atMost(lengthAt + LENGTH_BYTES, record.capacity(), "place of an event's length");
    eventBytes = record.getInt(lengthAt, ByteOrder.LITTLE_ENDIAN);
    eventAt = lengthAt + LENGTH_BYTES;
    Check.atLeast(eventBytes, HEADER_BYTES, "length of an event");
    Check.atMost(eventBytes, record.capacity() - eventAt, "length of an event");
    index++;
    return true;
  }

  /** Ordinal of the event in its record, from 0. */
  public int index() {
    return index;
  }

  public int schemaId() {
    return record.getShort(eventAt + SCHEMA_ID_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  public int templateId() {
    return record.getShort(eventAt + TEMPLATE_ID_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  public DirectBuffer buffer() {
    return record;
  }

  /** Where the event's header begins in the buffer. */
  public int offset() {
    return eventAt;
  }

  /** Header and body. */
  public int lengthBytes() {
    return eventBytes;
  }
}
