// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A client of Bilibili's packets over bare TCP.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class GoimTcpConnection extends LiveConnection implements GoimDesk.Peer {

  private Wire wire = Wire.GOIM_TCP;
  // Of a packet that is not whole.
  private @Nullable ByteBuf held;

  GoimTcpConnection(GatewayLoop loop, Place place) {
    super(loop, place);
  }

  @Override
  void read(ByteBuf bytes) throws ProtocolException {
    ByteBuf from = bytes;
    ByteBuf kept = held;
    if (kept != null) {
      held = null;
      from = kept.writeBytes(bytes);
    }
    try {
      while (from.isReadable() && isOpen()) {
        int size = GoimDesk.packetBytes(from, loop().limits().messageBytesMax());
        if (size < 0 || size > from.readableBytes()) {
          held = context().alloc().heapBuffer(from.readableBytes()).writeBytes(from);
          return;
        }
        GoimDesk.take(this, from.readSlice(size));
      }
    } finally {
      if (kept != null) {
        kept.release();
      }
    }
  }

  @Override
  void release() {
    ByteBuf kept = held;
    held = null;
    if (kept != null) {
      kept.release();
    }
  }

  @Override
  public LiveConnection connection() {
    return this;
  }

  @Override
  public void packet(int version, int operation, byte[] body) {
    int size = Goim.HEADER_BYTES + body.length;
    ByteBuf out = context().alloc().directBuffer(size);
    answer(Goim.header(out, size, version, operation).writeBytes(body));
  }

  @Override
  public void wants(Wire.Packing packing) {
    wire =
        switch (packing) {
          case ZLIB -> Wire.GOIM_TCP_ZLIB;
          case BROTLI -> Wire.GOIM_TCP_BROTLI;
          case NONE, DEFLATE -> Wire.GOIM_TCP;
        };
  }

  @Override
  Wire wire() {
    return wire;
  }

  @Override
  void joined(Member member, long epoch, Opening opening, long newest) {
    GoimDesk.joined(this);
  }

  @Override
  @Nullable ByteBuf farewell(int code, String reason) {
    return null;
  }

  @Override
  @Nullable ByteBuf ping() {
    return null;
  }

  @Override
  void tell(PrivatePage page) {
    // This protocol has no private stream.
  }
}
