// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.http.DirectParser.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x' decoder in a connection and serves opens and grabs itself.
 *
 * <p>Answers keep the order of their requests: a direct one begins only when all that Vert.x got
 * before is answered, and what comes while it is under way waits. With the first bytes whose frame
 * is in doubt this handler goes, and the connection is Vert.x' for the rest of its life.
 *
 * <p><b>Thread:</b> the connection's loop.
 *
 * <p><b>Limit:</b> what comes while an answer is waited for; behind {@link #HELD_BYTES_MAX} the
 * socket is not read.
 */
final class DirectHandler extends ChannelInboundHandlerAdapter {

  private static final int HELD_BYTES_MAX = DirectParser.BYTES_MAX;

  private final DirectDesk desk;
  private final HttpConnection connection;
  private final Connections.Use use;
  private @Nullable ByteBuf held;
  private long begun;
  private boolean isBusy;
  private boolean isRemoved;
  private boolean hasPassedOn;

  DirectHandler(DirectDesk desk, HttpConnection connection, Connections.Use use) {
    this.desk = desk;
    this.connection = connection;
    this.use = use;
  }

  HttpConnection connection() {
    return connection;
  }

  Connections.Use use() {
    return use;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      hasPassedOn = true;
      context.fireChannelRead(message);
    } else if (isBusy) {
      hold(context, bytes);
    } else {
      take(context, bytes);
    }
  }

  private void take(ChannelHandlerContext context, ByteBuf bytes) {
    Verdict verdict =
        use.isQuietAfter(begun) && context.channel().isWritable()
            ? desk.parser().read(bytes)
            : Verdict.UNKNOWN;
    if (verdict == Verdict.DIRECT && desk.isOpen()) {
      begun++;
      DirectCall call;
      try {
        call = new DirectCall(this, context, desk.parser());
      } finally {
        bytes.release();
      }
      isBusy = true;
      desk.take(call);
      return;
    }
    begun++;
    if (verdict == Verdict.UNKNOWN) {
      context.pipeline().remove(this);
    }
    hasPassedOn = true;
    context.fireChannelRead(bytes);
  }

  private void hold(ChannelHandlerContext context, ByteBuf bytes) {
    ByteBuf before = held;
    if (before == null) {
      held = bytes;
    } else {
      ByteBuf both = context.alloc().buffer(before.readableBytes() + bytes.readableBytes());
      held = both.writeBytes(before).writeBytes(bytes);
      before.release();
      bytes.release();
    }
    if (held.readableBytes() > HELD_BYTES_MAX) {
      context.channel().config().setAutoRead(false);
    }
  }

  /**
   * The answer to the request that was under way is written, or will never be.
   *
   * @param isLast whether nothing behind it is answered: the connection is closed, or will be
   */
  void answered(ChannelHandlerContext context, boolean isLast) {
    isBusy = false;
    desk.left();
    ByteBuf next = held;
    if (next == null || isRemoved) {
      return;
    }
    held = null;
    if (isLast) {
      next.release();
      return;
    }
    context.channel().config().setAutoRead(true);
    take(context, next);
    channelReadComplete(context);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // Vert.x has nothing to flush of what it has not seen.
    if (hasPassedOn) {
      hasPassedOn = false;
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    isRemoved = true;
    ByteBuf kept = held;
    held = null;
    ReferenceCountUtil.release(kept);
  }
}
