// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Collects the events of one record: each is its length (4 bytes), SBE header, body.
 *
 * <p><b>Thread:</b> the partition's; reused from record to record.
 */
final class RecordBuffer {

  static final int LENGTH_BYTES = 4;

  // blockLength and templateId, two bytes each, stand before the schema id.
  private static final int SCHEMA_ID_OFFSET = LENGTH_BYTES + 4;

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
  private int lengthBytes;

  void clear() {
    lengthBytes = 0;
  }

  void add(EventCodec codec, Event event) {
    int eventBytes = codec.encode(event, buffer, lengthBytes + LENGTH_BYTES);
    buffer.putInt(lengthBytes, eventBytes, ByteOrder.LITTLE_ENDIAN);
    lengthBytes += LENGTH_BYTES + eventBytes;
  }

  boolean isEmpty() {
    return lengthBytes == 0;
  }

  int lengthBytes() {
    return lengthBytes;
  }

  DirectBuffer buffer() {
    return buffer;
  }

  /** Schema id of the event whose length field stands at {@code offset}. */
  static int schemaId(DirectBuffer source, int offset) {
    return source.getShort(offset + SCHEMA_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }
}
