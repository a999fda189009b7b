// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks RFC 6455; what is inside the messages is for those who extend it.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
abstract class WebSocketConnection extends LiveConnection implements FrameSink {

  private static final byte[] NOTHING = {};

  private final FrameReader frames;

  WebSocketConnection(GatewayLoop loop, Place place, int messageBytesMax, boolean deflates) {
    super(loop, place);
    this.frames = new FrameReader(messageBytesMax, deflates ? loop.inflater() : null);
  }

  @Override
  void read(ByteBuf bytes) throws ProtocolException {
    frames.read(bytes, context().alloc(), this);
  }

  @Override
  public void ping(ByteBuf payload) {
    if (isWritable()) {
      writeNow(Frames.pong(context().alloc(), payload));
    }
  }

  @Override
  public void pong() {
    // Being heard is all.
  }

  @Override
  public void closed(int code) {
    end(code, "");
  }

  @Override
  ByteBuf farewell(int code, String reason) {
    return Frames.close(context().alloc(), code, reason);
  }

  @Override
  @Nullable ByteBuf ping() {
    return Frames.of(context().alloc(), FrameReader.PING, NOTHING);
  }

  @Override
  void release() {
    frames.release();
  }

  /** Sends a text that was written into the loop's scratch. */
  final void send(JsonBytes json) {
    answer(Frames.of(context().alloc(), FrameReader.TEXT, json.array(), json.sizeBytes()));
  }
}
