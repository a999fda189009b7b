// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes the bytes of a moment for one wire.
 *
 * <p><b>Thread:</b> one loop's: encoders keep scratch memory.
 */
final class WireEncoder {

  /** Below this deflate saves less than its header and the reader's work are worth. */
  static final int DEFLATE_BYTES_MIN = 256;

  private final ByteBufAllocator alloc;
  private final JsonBytes json = new JsonBytes();
  private final SharedDeflater deflater = new SharedDeflater();
  private final GoimEncoder goim;

  // The JSON of one moment serves several wires.
  private Moment written = new Moment(0, 0, 0, java.util.List.of(), java.util.List.of());
  private long writtenRoom;

  WireEncoder(ByteBufAllocator alloc) {
    this.alloc = alloc;
    this.goim = new GoimEncoder(alloc, deflater);
  }

  /** Messages that were deflated; the owning loop's. */
  long deflations() {
    return deflater.count();
  }

  /** The bytes to be written to each reader; the caller releases them. */
  ByteBuf encode(Wire wire, long roomId, Moment moment) {
    return switch (wire.family()) {
      case JSON -> {
        json(roomId, moment);
        yield wire.packing() == Wire.Packing.DEFLATE && json.sizeBytes() >= DEFLATE_BYTES_MIN
            ? deflated()
            : Frames.of(alloc, FrameReader.TEXT, json.array(), json.sizeBytes());
      }
      case SSE -> {
        json(roomId, moment);
        yield SseFrames.event(alloc, moment, json.array(), json.sizeBytes());
      }
      case GOIM -> goim.frame(wire.packing(), roomId, moment);
      case GOIM_TCP -> goim.packets(wire.packing(), roomId, moment);
    };
  }

  @SuppressWarnings("ReferenceEquality") // the very same moment, written a moment ago
  private void json(long roomId, Moment moment) {
    if (written != moment || writtenRoom != roomId) {
      JsonItems.write(json.reset(), roomId, moment);
      written = moment;
      writtenRoom = roomId;
    }
  }

  private ByteBuf deflated() {
    int size = deflater.deflate(json.array(), json.sizeBytes());
    ByteBuf out = alloc.directBuffer(Frames.HEADER_BYTES_MAX + size);
    return Frames.header(out, FrameReader.TEXT, true, size).writeBytes(deflater.out(), 0, size);
  }
}
