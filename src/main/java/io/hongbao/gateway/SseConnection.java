// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * A reader of server-sent events: an answer of HTTP/1.1 that never ends.
 *
 * <p>It says nothing, so it is alive as long as its socket takes what is written.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class SseConnection extends LiveConnection {

  private static final int RETRY_MS = 1_000;

  SseConnection(GatewayLoop loop, Place place) {
    super(loop, place);
  }

  @Override
  void read(ByteBuf bytes) {
    // Another request behind this one would wait for ever; whoever sends it hears nothing.
  }

  @Override
  boolean speaks() {
    return false;
  }

  @Override
  Wire wire() {
    return Wire.SSE;
  }

  @Override
  void joined(Member member, long epoch, Opening opening, long newest) {
    StringBuilder lines = new StringBuilder(160);
    lines.append("retry: ").append(RETRY_MS).append("\nid: ").append(epoch).append('.');
    lines.append(opening.after()).append("\nevent: joined\ndata: ");
    JsonBytes json = Replies.joined(loop().json(), member, epoch, opening, newest);
    lines.append(new String(json.copy(), java.nio.charset.StandardCharsets.UTF_8));
    writeNow(SseFrames.lines(context().alloc(), lines.append("\n\n").toString()));
  }

  @Override
  ByteBuf farewell(int code, String reason) {
    ByteBuf end = SseFrames.end(context().alloc());
    if (!reason.startsWith(Drain.AFTER)) {
      return end;
    }
    // An EventSource comes back by itself, and this is how it is told when.
    String lines = "retry: " + reason.substring(Drain.AFTER.length()) + "\n\n";
    ByteBuf last = SseFrames.lines(context().alloc(), lines).writeBytes(end);
    end.release();
    return last;
  }

  @Override
  ByteBuf ping() {
    return SseFrames.lines(context().alloc(), ":\n\n");
  }

  @Override
  void tell(PrivatePage page) {
    // A page that wants its private stream joins by WebSocket.
  }
}
