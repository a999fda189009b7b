// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes a channel out of HTTP: every handler goes but TLS and those that were added meanwhile.
 *
 * <p>Between the two calls the new handler is added. The decoder goes last, since with it go the
 * bytes that came behind the request, to whoever is next.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class Handover {

  private Handover() {}

  /** Takes everything out but TLS; the bytes that came are with the caller. */
  static void all(Channel channel) {
    begin(channel, channel.alloc().buffer(0));
    end(channel);
  }

  /** Takes everything out but TLS and the decoder, and writes the last words of HTTP. */
  static void begin(Channel channel, ByteBuf answer) {
    ChannelPipeline pipeline = channel.pipeline();
    List<ChannelHandler> gone = new ArrayList<>();
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      ChannelHandler handler = entry.getValue();
      if (!(handler instanceof SslHandler) && !(handler instanceof ByteToMessageDecoder)) {
        gone.add(handler);
      }
    }
    // From behind, so that nobody gets what was not meant for him.
    for (int i = gone.size() - 1; i >= 0; i--) {
      pipeline.remove(gone.get(i));
    }
    var unused = channel.write(answer, channel.voidPromise());
  }

  /** Takes the decoder out. */
  static void end(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      ChannelHandler handler = entry.getValue();
      if (handler instanceof ByteToMessageDecoder && !(handler instanceof SslHandler)) {
        pipeline.remove(handler);
      }
    }
    // Who has not said anything yet has still been let in.
    channel.flush();
    // Vert.x stops reading while a request is worked on.
    channel.config().setAutoRead(true);
  }
}
