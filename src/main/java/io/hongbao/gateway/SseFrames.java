// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Writes server-sent events as chunks of an HTTP/1.1 answer.
 *
 * <p><b>Thread:</b> any.
 */
final class SseFrames {

  private static final byte[] DATA = "\nevent: entries\ndata: ".getBytes(StandardCharsets.US_ASCII);

  private SseFrames() {}

  static ByteBuf event(ByteBufAllocator alloc, Moment moment, byte[] json, int sizeBytes) {
    byte[] id = ("id: " + moment.epoch() + "." + moment.to()).getBytes(StandardCharsets.US_ASCII);
    int size = id.length + DATA.length + sizeBytes + 2;
    ByteBuf out = chunk(alloc, size);
    out.writeBytes(id).writeBytes(DATA).writeBytes(json, 0, sizeBytes);
    return out.writeShort('\n' << 8 | '\n').writeShort('\r' << 8 | '\n');
  }

  /** A comment, or any other lines. */
  static ByteBuf lines(ByteBufAllocator alloc, String lines) {
    byte[] text = lines.getBytes(StandardCharsets.UTF_8);
    return chunk(alloc, text.length).writeBytes(text).writeShort('\r' << 8 | '\n');
  }

  private static ByteBuf chunk(ByteBufAllocator alloc, int size) {
    ByteBuf out = alloc.directBuffer(size + 12);
    out.writeCharSequence(Integer.toHexString(size), StandardCharsets.US_ASCII);
    return out.writeShort('\r' << 8 | '\n');
  }

  /** The chunk that ends the answer. */
  static ByteBuf end(ByteBufAllocator alloc) {
    return alloc.directBuffer(8).writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
