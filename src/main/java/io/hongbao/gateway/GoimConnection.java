// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * A client of Bilibili's packets over WebSocket; a message holds one packet or several.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class GoimConnection extends WebSocketConnection implements GoimDesk.Peer {

  private Wire wire = Wire.GOIM;

  GoimConnection(GatewayLoop loop, Place place) {
    super(loop, place, loop.limits().messageBytesMax(), false);
  }

  @Override
  public void message(boolean isText, ByteBuf payload) throws ProtocolException {
    while (payload.isReadable() && isOpen()) {
      int size = GoimDesk.packetBytes(payload, loop().limits().messageBytesMax());
      if (size < 0 || size > payload.readableBytes()) {
        throw new ProtocolException(CloseCode.PROTOCOL, "no packet");
      }
      GoimDesk.take(this, payload.readSlice(size));
    }
  }

  @Override
  public LiveConnection connection() {
    return this;
  }

  @Override
  public void packet(int version, int operation, byte[] body) {
    int size = Goim.HEADER_BYTES + body.length;
    ByteBuf out = context().alloc().directBuffer(Frames.HEADER_BYTES_MAX + size);
    Frames.header(out, FrameReader.BINARY, false, size);
    answer(Goim.header(out, size, version, operation).writeBytes(body));
  }

  @Override
  public void wants(Wire.Packing packing) {
    wire =
        switch (packing) {
          case ZLIB -> Wire.GOIM_ZLIB;
          case BROTLI -> Wire.GOIM_BROTLI;
          case NONE, DEFLATE -> Wire.GOIM;
        };
  }

  @Override
  Wire wire() {
    return wire;
  }

  @Override
  void joined(Member member, long epoch, Opening opening, long newest) {
    // This protocol has no places to come back to.
    GoimDesk.joined(this);
  }

  @Override
  void tell(PrivatePage page) {
    // This protocol has no private stream.
  }
}
