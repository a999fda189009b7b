// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames of a WebSocket server: never masked, never in pieces.
 *
 * <p><b>Thread:</b> any.
 */
final class Frames {

  private static final int FINAL = 0x80;

  /** Set when the payload is deflated. */
  private static final int DEFLATED = 0x40;

  private static final int REASON_BYTES_MAX = 123;

  /** The longest header that a server writes. */
  static final int HEADER_BYTES_MAX = 10;

  private Frames() {}

  static ByteBuf header(ByteBuf out, int opcode, boolean isDeflated, int sizeBytes) {
    out.writeByte(FINAL | (isDeflated ? DEFLATED : 0) | opcode);
    if (sizeBytes < 126) {
      out.writeByte(sizeBytes);
    } else if (sizeBytes < 65_536) {
      out.writeByte(126).writeShort(sizeBytes);
    } else {
      out.writeByte(127).writeLong(sizeBytes);
    }
    return out;
  }

  static ByteBuf of(ByteBufAllocator alloc, int opcode, byte[] payload) {
    return of(alloc, opcode, payload, payload.length);
  }

  static ByteBuf of(ByteBufAllocator alloc, int opcode, byte[] payload, int sizeBytes) {
    ByteBuf out = alloc.directBuffer(HEADER_BYTES_MAX + sizeBytes);
    return header(out, opcode, false, sizeBytes).writeBytes(payload, 0, sizeBytes);
  }

  static ByteBuf close(ByteBufAllocator alloc, int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    int size = Math.min(text.length, REASON_BYTES_MAX);
    ByteBuf out = alloc.directBuffer(4 + size);
    return header(out, FrameReader.CLOSE, false, 2 + size)
        .writeShort(code)
        .writeBytes(text, 0, size);
  }

  static ByteBuf pong(ByteBufAllocator alloc, ByteBuf payload) {
    int size = payload.readableBytes();
    ByteBuf out = alloc.directBuffer(2 + size);
    return header(out, FrameReader.PONG, false, size)
        .writeBytes(payload, payload.readerIndex(), size);
  }
}
