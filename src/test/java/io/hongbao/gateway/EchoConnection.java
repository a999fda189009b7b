// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Sends every message back: the production pipeline with nothing of rooms in it, as test suites of
 * RFC 6455 want it.
 */
public final class EchoConnection extends WebSocketConnection {

  /** What the suites send at most. */
  static final int MESSAGE_BYTES_MAX = 16 << 20;

  EchoConnection(GatewayLoop loop, Place place) {
    super(loop, place, MESSAGE_BYTES_MAX, false);
  }

  /** Takes a channel over that has become a WebSocket. */
  public static void take(Gateway gateway, Channel channel) {
    GatewayLoop loop = gateway.loop(0);
    Place place = (Place) gateway.enter(loop, "echo");
    channel.pipeline().addLast("live", new EchoConnection(loop, place));
  }

  @Override
  public void message(boolean isText, ByteBuf payload) {
    int size = payload.readableBytes();
    ByteBuf out = context().alloc().directBuffer(Frames.HEADER_BYTES_MAX + size);
    Frames.header(out, isText ? FrameReader.TEXT : FrameReader.BINARY, false, size);
    writeNow(out.writeBytes(payload, payload.readerIndex(), size));
  }

  @Override
  Wire wire() {
    return Wire.JSON;
  }

  @Override
  void joined(Member member, long epoch, Opening opening, long newest) {}

  @Override
  void tell(PrivatePage page) {}
}
