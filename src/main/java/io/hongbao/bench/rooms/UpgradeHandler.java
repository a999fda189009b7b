// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** The smallest upgrade: any request is one, and the client does not check the answer. */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {

  private static final byte[] ANSWER =
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final BiConsumer<Channel, String> next;
  private final StringBuilder text = new StringBuilder();

  UpgradeHandler(BiConsumer<Channel, String> next) {
    this.next = next;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int before = text.length();
    text.append(bytes.toString(StandardCharsets.US_ASCII));
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      bytes.release();
      return;
    }
    Channel channel = context.channel();
    var unused = channel.writeAndFlush(channel.alloc().directBuffer().writeBytes(ANSWER));
    channel.pipeline().remove(this);
    next.accept(channel, text.substring(4, text.indexOf(" ", 4)));
    // What came behind the request is the next one's.
    channel.pipeline().fireChannelRead(bytes.skipBytes(end + 4 - before));
  }
}
