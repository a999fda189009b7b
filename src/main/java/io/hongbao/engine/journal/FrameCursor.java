// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalLayout.FRAME_HEADER_BYTES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the frames of one segment and the records in them, checking every byte.
 *
 * <p><b>Thread:</b> one at a time. What {@link #buffer()} shows is valid until the next {@link
 * #nextFrame}.
 *
 * <p><b>Failure:</b> a bad frame is an answer ({@link Found#BAD}), since only the caller knows
 * whether it is damage or the torn tail. Nonsense inside a frame whose checksum holds is damage.
 */
final class FrameCursor {

  /** What is there at the cursor's position. */
  enum Found {
    /** A whole frame; the cursor has moved behind it. */
    FRAME,
    /** The limit; nothing is to be read here, or not yet. */
    LIMIT,
    /** No valid frame; the cursor stays, {@link #reason} tells why. */
    BAD
  }

  private static final int WINDOW_BYTES_MAX = 256 << 10;
  private static final byte[] ZERO_CRC = new byte[Integer.BYTES];

  private final CRC32C crc = new CRC32C();
  private ByteBuffer window;
  private final UnsafeBuffer buffer;
  private @Nullable SegmentBytes source;
  private SegmentHeader header;

  /** Log position of the window's first byte, and how much of the window is filled. */
  private long windowPosition;

  private int windowBytes;

  /** Log position of the next frame. */
  private long position;

  private long framePosition;
  private int frameAt;
  private String reason = "";

  private int recordAt;
  private int recordEndAt;
  private int nextRecordAt;
  private int recordsLeft;

  FrameCursor(SegmentHeader header, SegmentBytes source, long position) {
    this.window =
        ByteBuffer.allocateDirect((int) Math.min(WINDOW_BYTES_MAX, header.segmentBytes()));
    this.buffer = new UnsafeBuffer(window);
    this.header = header;
    moveTo(header, source, position);
  }

  /** Goes on in another segment or at another place; keeps the buffers. */
  void moveTo(SegmentHeader newHeader, SegmentBytes newSource, long newPosition) {
    header = newHeader;
    source = newSource;
    position = newPosition;
    windowPosition = newPosition;
    windowBytes = 0;
    recordsLeft = 0;
  }

  /** Goes back before the frame that was found last; its bytes are still there. */
  void again() {
    position = framePosition;
    recordsLeft = 0;
  }

  /**
   * Looks at the frame at {@link #position()}.
   *
   * @param limitPosition nothing at or after this log position is read or cached
   */
  Found nextFrame(long limitPosition) throws IOException {
    recordsLeft = 0;
    if (position >= limitPosition) {
      return Found.LIMIT;
    }
    if (!have(FRAME_HEADER_BYTES, limitPosition)) {
      return bad("the bytes end inside a frame header");
    }
    int at = windowIndex();
    String nonsense = headerNonsense(at);
    if (nonsense != null) {
      return bad(nonsense);
    }
    int lengthBytes = buffer.getInt(at + JournalLayout.FRAME_LENGTH_AT, LITTLE_ENDIAN);
    if (!have(lengthBytes, limitPosition)) {
      return bad("the bytes end inside a frame");
    }
    at = windowIndex();
    if (buffer.getInt(at + JournalLayout.FRAME_CRC_AT, LITTLE_ENDIAN) != crcOf(at, lengthBytes)) {
      return bad("wrong checksum");
    }
    framePosition = position;
    frameAt = at;
    position += lengthBytes;
    recordsLeft = buffer.getInt(at + JournalLayout.FRAME_RECORDS_AT, LITTLE_ENDIAN);
    nextRecordAt = at + FRAME_HEADER_BYTES;
    recordEndAt =
        nextRecordAt + buffer.getInt(at + JournalLayout.FRAME_BODY_BYTES_AT, LITTLE_ENDIAN);
    if (recordEndAt < nextRecordAt || recordEndAt > at + lengthBytes) {
      throw damaged(0, "records do not fit the frame");
    }
    return Found.FRAME;
  }

  private Found bad(String why) {
    reason = why;
    return Found.BAD;
  }

  private @Nullable String headerNonsense(int at) {
    int magic = buffer.getInt(at, LITTLE_ENDIAN);
    if (magic != JournalLayout.FRAME_MAGIC) {
      return magic == 0 ? "no frame" : "no frame begins here";
    }
    int lengthBytes = buffer.getInt(at + JournalLayout.FRAME_LENGTH_AT, LITTLE_ENDIAN);
    boolean fits =
        lengthBytes >= FRAME_HEADER_BYTES
            && lengthBytes <= JournalLayout.FRAME_BYTES_LIMIT
            && lengthBytes % JournalLayout.FRAME_ALIGNMENT == 0;
    if (!fits) {
      return "impossible frame length " + lengthBytes;
    }
    boolean ours =
        buffer.getLong(at + JournalLayout.FRAME_SEGMENT_ID_AT, LITTLE_ENDIAN) == header.segmentId()
            && buffer.getLong(at + JournalLayout.FRAME_POSITION_AT, LITTLE_ENDIAN) == position
            && buffer.getLong(at + JournalLayout.FRAME_DIRECTORY_ID_AT, LITTLE_ENDIAN)
                == header.directoryId().getMostSignificantBits()
            && buffer.getLong(at + JournalLayout.FRAME_DIRECTORY_ID_AT + 8, LITTLE_ENDIAN)
                == header.directoryId().getLeastSignificantBits();
    return ours ? null : "a frame of another place";
  }

  private int crcOf(int at, int lengthBytes) {
    ByteBuffer bytes = window.duplicate();
    int crcAt = at + JournalLayout.FRAME_CRC_AT;
    crc.reset();
    crc.update(bytes.clear().position(at).limit(crcAt));
    crc.update(ZERO_CRC);
    crc.update(bytes.clear().position(crcAt + Integer.BYTES).limit(at + lengthBytes));
    return (int) crc.getValue();
  }

  private int windowIndex() {
    return (int) (position - windowPosition);
  }

  /** Makes so many bytes from the position on present in the window. */
  private boolean have(int bytes, long limitPosition) throws IOException {
    if (position + bytes > limitPosition) {
      return false;
    }
    if (windowPosition + windowBytes - position >= bytes) {
      return true;
    }
    window.clear().position(windowIndex()).limit(Math.max(windowBytes, windowIndex()));
    if (bytes > window.capacity()) {
      ByteBuffer larger = ByteBuffer.allocateDirect(Integer.highestOneBit(bytes - 1) << 1);
      larger.put(window);
      window = larger;
      buffer.wrap(window);
    } else {
      window.compact();
    }
    windowPosition = position;
    windowBytes = window.position();
    window.limit((int) Math.min(window.capacity(), limitPosition - position));
    while (window.hasRemaining() && source != null) {
      int count = source.read(header.offsetOf(position + windowBytes), window);
      if (count <= 0) {
        break;
      }
      windowBytes += count;
    }
    return windowBytes >= bytes;
  }

  /** Moves to the next record of the frame; false at the frame's end. */
  boolean nextRecord() throws IOException {
    if (recordsLeft == 0) {
      if (nextRecordAt != recordEndAt) {
        throw damaged(nextRecordAt - frameAt, "bytes without a record");
      }
      return false;
    }
    recordsLeft--;
    recordAt = nextRecordAt;
    if (recordEndAt - recordAt < JournalLayout.RECORD_HEADER_BYTES) {
      throw damaged(recordAt - frameAt, "a record is missing");
    }
    int payloadBytes = lengthBytes();
    int room = recordEndAt - recordAt - JournalLayout.RECORD_HEADER_BYTES;
    if (payloadBytes < 0 || payloadBytes > room) {
      throw damaged(recordAt - frameAt, "impossible record length " + payloadBytes);
    }
    nextRecordAt += JournalLayout.recordBytes(payloadBytes);
    int format = buffer.getShort(recordAt + JournalLayout.RECORD_FORMAT_AT, LITTLE_ENDIAN) & 0xffff;
    if (format != JournalLayout.RECORD_FORMAT) {
      throw new IOException(
          "a record at log position "
              + recordPosition()
              + " has format "
              + format
              + ", newer than this version reads");
    }
    return true;
  }

  JournalDamagedException damaged(int offsetInFrame, String what) {
    return damagedAt(framePosition + offsetInFrame, what);
  }

  JournalDamagedException damagedAt(long logPosition, String what) {
    String file = source == null ? "?" : source.name();
    return new JournalDamagedException(file, header.offsetOf(logPosition), what);
  }

  String reason() {
    return reason;
  }

  SegmentHeader header() {
    return header;
  }

  /** Log position of the next frame. */
  long position() {
    return position;
  }

  long framePosition() {
    return framePosition;
  }

  int frameBytes() {
    return (int) (position - framePosition);
  }

  long frameDurablePosition() {
    return buffer.getLong(frameAt + JournalLayout.FRAME_DURABLE_AT, LITTLE_ENDIAN);
  }

  int frameKind() {
    return buffer.getShort(frameAt + JournalLayout.FRAME_KIND_AT, LITTLE_ENDIAN);
  }

  int frameRecordCount() {
    return buffer.getInt(frameAt + JournalLayout.FRAME_RECORDS_AT, LITTLE_ENDIAN);
  }

  int frameBodyBytes() {
    return buffer.getInt(frameAt + JournalLayout.FRAME_BODY_BYTES_AT, LITTLE_ENDIAN);
  }

  int frameOffset() {
    return frameAt;
  }

  boolean hasMoreRecords() {
    return recordsLeft > 0;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  long recordPosition() {
    return framePosition + (recordAt - frameAt);
  }

  /** Log position behind the record; behind the frame if it was its last. */
  long nextRecordPosition() {
    return recordsLeft > 0 ? framePosition + (nextRecordAt - frameAt) : position;
  }

  int partition() {
    return buffer.getShort(recordAt + JournalLayout.RECORD_PARTITION_AT, LITTLE_ENDIAN) & 0xffff;
  }

  long sequence() {
    return buffer.getLong(recordAt + JournalLayout.RECORD_SEQUENCE_AT, LITTLE_ENDIAN);
  }

  long timeMs() {
    return buffer.getLong(recordAt + JournalLayout.RECORD_TIME_AT, LITTLE_ENDIAN);
  }

  int payloadOffset() {
    return recordAt + JournalLayout.RECORD_HEADER_BYTES;
  }

  int lengthBytes() {
    return buffer.getInt(recordAt + JournalLayout.RECORD_LENGTH_AT, LITTLE_ENDIAN);
  }
}
