// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one WebSocket client, RFC 6455.
 *
 * <p>A small message that arrives whole is unmasked in the buffer it came in and lent on: no copy,
 * no object. Bytes are kept only of what is not whole; an idle connection costs these fields.
 *
 * <p><b>Thread:</b> the connection's loop.
 *
 * <p><b>Failure:</b> {@link ProtocolException} with the close code; nothing may be read after it.
 *
 * <p><b>Limit:</b> a message has {@code messageBytesMax} bytes, also after inflation.
 */
final class FrameReader {

  private static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int CONTROL_BYTES_MAX = 125;
  private static final int HEADER_BYTES_MAX = 14;

  private final int messageBytesMax;
  private final @Nullable SharedInflater inflater;

  // Of a header that is not whole, or of a control frame.
  private @Nullable ByteBuf held;
  // Of a message that is not whole.
  private @Nullable ByteBuf message;
  private long leftBytes = -1;
  private int mask;
  private byte opcode;
  private byte messageOpcode;
  private boolean isFinal;
  private boolean isDeflated;
  private int utf8;

  /**
   * Begins.
   *
   * @param inflater null when the peer may not compress
   */
  FrameReader(int messageBytesMax, @Nullable SharedInflater inflater) {
    this.messageBytesMax = messageBytesMax;
    this.inflater = inflater;
  }

  /** Reads all that is there; the buffer stays the caller's, its bytes may be changed. */
  void read(ByteBuf in, ByteBufAllocator alloc, FrameSink sink) throws ProtocolException {
    while (in.isReadable() || leftBytes == 0) {
      if (leftBytes < 0) {
        if (!readHeader(in, alloc)) {
          return;
        }
      } else if (opcode >= CLOSE) {
        if (!readControl(in, alloc, sink)) {
          return;
        }
      } else {
        readData(in, alloc, sink);
      }
    }
  }

  /** Lets go of what is kept. */
  void release() {
    held = free(held);
    message = free(message);
  }

  /** Whether something is kept that is not whole. */
  boolean isInside() {
    return held != null || message != null || leftBytes > 0;
  }

  private static @Nullable ByteBuf free(@Nullable ByteBuf buffer) {
    if (buffer != null) {
      buffer.release();
    }
    return null;
  }

  private boolean readHeader(ByteBuf in, ByteBufAllocator alloc) throws ProtocolException {
    ByteBuf from = in;
    if (held != null) {
      // Rare: the header was cut. Byte by byte until it is whole.
      held.writeByte(in.readByte());
      from = held;
    }
    int size = headerBytes(from);
    if (size < 0 || from.readableBytes() < size) {
      if (held == null) {
        held = alloc.heapBuffer(HEADER_BYTES_MAX).writeBytes(in);
      }
      return held != null && in.isReadable() ? readHeader(in, alloc) : false;
    }
    take(from);
    held = free(held);
    return true;
  }

  // Bytes of the header; −1 when too little is there to know.
  private static int headerBytes(ByteBuf from) throws ProtocolException {
    if (from.readableBytes() < 2) {
      return -1;
    }
    int second = from.getByte(from.readerIndex() + 1);
    if (second >= 0) {
      throw new ProtocolException(CloseCode.PROTOCOL, "frame without a mask");
    }
    int length = second & 0x7f;
    return 6 + (length == 126 ? 2 : length == 127 ? 8 : 0);
  }

  private void take(ByteBuf from) throws ProtocolException {
    int first = from.readByte();
    int length = from.readByte() & 0x7f;
    isFinal = first < 0;
    opcode = (byte) (first & 0x0f);
    int reserved = first & 0x70;
    leftBytes = length;
    if (length == 126) {
      leftBytes = from.readUnsignedShort();
    } else if (length == 127) {
      leftBytes = from.readLong();
    }
    mask = from.readInt();
    boolean deflates = reserved == 0x40 && inflater != null && (opcode == TEXT || opcode == BINARY);
    if (reserved != 0 && !deflates) {
      throw new ProtocolException(CloseCode.PROTOCOL, "reserved bits");
    }
    if (leftBytes < 0
        || (length == 126 && leftBytes < 126)
        || (length == 127 && leftBytes < 65_536)) {
      throw new ProtocolException(CloseCode.PROTOCOL, "length not in its shortest form");
    }
    if (opcode >= CLOSE) {
      checkControl();
    } else {
      beginData(deflates);
    }
  }

  private void checkControl() throws ProtocolException {
    if (opcode > PONG) {
      throw new ProtocolException(CloseCode.PROTOCOL, "unknown opcode");
    }
    if (!isFinal || leftBytes > CONTROL_BYTES_MAX) {
      throw new ProtocolException(CloseCode.PROTOCOL, "control frame in pieces or too long");
    }
  }

  private void beginData(boolean deflates) throws ProtocolException {
    boolean isInMessage = messageOpcode != 0;
    if (opcode > BINARY || (opcode == CONTINUATION) != isInMessage) {
      throw new ProtocolException(CloseCode.PROTOCOL, "opcode out of place");
    }
    if (!isInMessage) {
      messageOpcode = opcode;
      isDeflated = deflates;
      utf8 = Utf8Check.START;
    }
    long sizeBytes = leftBytes + (message == null ? 0 : message.readableBytes());
    if (sizeBytes > messageBytesMax) {
      throw new ProtocolException(
          CloseCode.TOO_LONG, "a message has at most " + messageBytesMax + " bytes");
    }
  }

  private boolean readControl(ByteBuf in, ByteBufAllocator alloc, FrameSink sink)
      throws ProtocolException {
    if (held == null && in.readableBytes() >= leftBytes) {
      int size = (int) leftBytes;
      int from = in.readerIndex();
      unmask(in, from, size);
      in.skipBytes(size);
      leftBytes = -1;
      control(in.slice(from, size), sink);
      return true;
    }
    ByteBuf kept = held == null ? alloc.heapBuffer(CONTROL_BYTES_MAX) : held;
    held = kept;
    int size = (int) Math.min(leftBytes, in.readableBytes());
    kept.writeBytes(in, size);
    leftBytes -= size;
    if (leftBytes > 0) {
      return false;
    }
    unmask(kept, kept.readerIndex(), kept.readableBytes());
    leftBytes = -1;
    held = null;
    try {
      control(kept, sink);
    } finally {
      kept.release();
    }
    return true;
  }

  private void control(ByteBuf payload, FrameSink sink) throws ProtocolException {
    switch (opcode) {
      case PING -> sink.ping(payload);
      case PONG -> sink.pong();
      default -> sink.closed(closeCode(payload));
    }
  }

  private static int closeCode(ByteBuf payload) throws ProtocolException {
    int size = payload.readableBytes();
    if (size == 0) {
      return CloseCode.NORMAL;
    }
    if (size == 1 || !CloseCode.isAllowed(payload.getUnsignedShort(payload.readerIndex()))) {
      throw new ProtocolException(CloseCode.PROTOCOL, "close code");
    }
    int from = payload.readerIndex() + 2;
    if (Utf8Check.go(Utf8Check.START, payload, from, payload.writerIndex()) != Utf8Check.START) {
      throw new ProtocolException(CloseCode.NOT_UTF8, "reason is not UTF-8");
    }
    return payload.getUnsignedShort(payload.readerIndex());
  }

  private void readData(ByteBuf in, ByteBufAllocator alloc, FrameSink sink)
      throws ProtocolException {
    int size = (int) Math.min(leftBytes, in.readableBytes());
    int from = in.readerIndex();
    unmask(in, from, size);
    in.skipBytes(size);
    leftBytes -= size;
    if (messageOpcode == TEXT && !isDeflated) {
      utf8 = Utf8Check.go(utf8, in, from, from + size);
      if (utf8 == Utf8Check.WRONG) {
        throw new ProtocolException(CloseCode.NOT_UTF8, "text is not UTF-8");
      }
    }
    boolean isWhole = leftBytes == 0 && isFinal;
    if (isWhole && message == null) {
      leftBytes = -1;
      whole(in.slice(from, size), alloc, sink);
      return;
    }
    if (leftBytes > 0) {
      // The next piece goes on with another byte of the mask.
      mask = Integer.rotateLeft(mask, 8 * (size & 3));
    }
    if (size > 0) {
      ByteBuf kept = message == null ? alloc.heapBuffer(Math.max(64, size)) : message;
      message = kept.writeBytes(in, from, size);
    }
    if (leftBytes == 0) {
      leftBytes = -1;
    }
    if (isWhole) {
      ByteBuf kept = message;
      message = null;
      try {
        whole(kept == null ? in.slice(from, 0) : kept, alloc, sink);
      } finally {
        free(kept);
      }
    }
  }

  private void whole(ByteBuf payload, ByteBufAllocator alloc, FrameSink sink)
      throws ProtocolException {
    boolean isText = messageOpcode == TEXT;
    messageOpcode = 0;
    if (!isDeflated || inflater == null) {
      if (isText && utf8 != Utf8Check.START) {
        throw new ProtocolException(CloseCode.NOT_UTF8, "text ends inside a character");
      }
      sink.message(isText, payload);
      return;
    }
    ByteBuf inflated = inflater.inflate(payload, messageBytesMax, alloc);
    try {
      int end = inflated.writerIndex();
      if (isText && Utf8Check.go(Utf8Check.START, inflated, 0, end) != Utf8Check.START) {
        throw new ProtocolException(CloseCode.NOT_UTF8, "text is not UTF-8");
      }
      sink.message(isText, inflated);
    } finally {
      inflated.release();
    }
  }

  private void unmask(ByteBuf bytes, int from, int size) {
    int key = mask;
    if (key == 0) {
      return;
    }
    long wide = (long) key << 32 | key & 0xffffffffL;
    int at = from;
    int end = from + size;
    for (; at + 8 <= end; at += 8) {
      bytes.setLong(at, bytes.getLong(at) ^ wide);
    }
    for (int i = 0; at < end; at++, i++) {
      bytes.setByte(at, bytes.getByte(at) ^ key >>> (24 - 8 * (i & 3)));
    }
  }
}
