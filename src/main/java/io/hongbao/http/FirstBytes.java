// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Tells by the first byte what a connection speaks, and then goes.
 *
 * <p>A packet of Bilibili's begins with its length, and none is as long as 16 MiB: so with a zero.
 * No method of HTTP does. TLS, where there is any, was there before.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

  private static final String DECODER = "httpDecoder";

  private final HttpConnection connection;
  private final Upgrades upgrades;

  private FirstBytes(HttpConnection connection, Upgrades upgrades) {
    this.connection = connection;
    this.upgrades = upgrades;
  }

  /** Stands before HTTP in a new connection. */
  static void watch(HttpConnection connection, Upgrades upgrades) {
    Channel channel = ((ConnectionBase) connection).channel();
    if (channel.isActive() && channel.pipeline().get(DECODER) != null) {
      channel.pipeline().addBefore(DECODER, "first", new FirstBytes(connection, upgrades));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      if (bytes.getByte(bytes.readerIndex()) == 0) {
        take(context.channel(), bytes);
        return;
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  private void take(Channel channel, ByteBuf bytes) {
    if (!upgrades.takeGoimTcp(connection, channel)) {
      bytes.release();
      var unused = channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext tls = pipeline.context(SslHandler.class);
    if (tls == null) {
      pipeline.fireChannelRead(bytes);
    } else {
      tls.fireChannelRead(bytes);
    }
  }
}
