// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection that reads rooms: the only handler in its channel (behind TLS, if there is TLS).
 *
 * <p>There may be hundreds of thousands, each idle most of the time: what is not needed by an idle
 * one is not a field here.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
abstract class LiveConnection extends RoomsOfConnection {

  private static final int OPEN = 0;
  private static final int ENDING = 1;
  private static final int CLOSED = 2;

  /** For a peer to take leave in order. */
  private static final int ENDING_S = 2;

  /** A burst of so many seconds' messages is let through. */
  private static final int BURST_S = 10;

  private final GatewayLoop loop;
  private final Place place;
  private @Nullable ChannelHandlerContext context;
  private int heardS;
  private int openedS;
  private int budget;
  private int budgetS;
  private byte state = OPEN;
  private boolean wasPinged;
  private boolean waitsForFlush;

  // The wheel's.
  byte spoke = -1;
  @Nullable LiveConnection wheelNext;
  @Nullable LiveConnection wheelPrevious;

  /**
   * Makes one.
   *
   * @param place in the limits; given back when the connection is closed
   */
  LiveConnection(GatewayLoop loop, Place place) {
    this.loop = loop;
    this.place = place;
  }

  // ---- what protocols do

  /** Bytes came; the buffer stays the caller's. */
  abstract void read(ByteBuf bytes) throws ProtocolException;

  /** The form in which this one reads a room. */
  abstract Wire wire();

  /** The room is entered: what follows begins behind the opening. */
  abstract void joined(Member member, long epoch, Opening opening, long newest);

  /** The last bytes that a peer gets; null for none. */
  abstract @Nullable ByteBuf farewell(int code, String reason);

  /** Asks whether the peer lives; null when the protocol has no way. */
  abstract @Nullable ByteBuf ping();

  /** Something for this user alone, as JSON without an op. */
  abstract void tell(PrivatePage page);

  @Override
  void cutOff(Member member, CutOff why) {
    end(CloseCode.FORBIDDEN, why.code());
  }

  /** Something that passes by and is not kept, for this user alone: a JSON object. */
  void note(byte[] json) {}

  /** Whether it says something now and then if it lives. */
  boolean speaks() {
    return true;
  }

  /** The place from which its private stream was to go on means nothing here. */
  void lostPlace() {}

  /** Lets go of what is kept. */
  void release() {}

  // ---- what they use

  final GatewayLoop loop() {
    return loop;
  }

  final ChannelHandlerContext context() {
    ChannelHandlerContext known = context;
    if (known == null) {
      throw new IllegalStateException("connection without a channel");
    }
    return known;
  }

  final Place place() {
    return place;
  }

  final boolean isOpen() {
    return state == OPEN;
  }

  final boolean isWritable() {
    return state == OPEN && context().channel().isWritable();
  }

  final void write(ByteBuf bytes) {
    ChannelHandlerContext to = context();
    var unused = to.write(bytes, to.voidPromise());
  }

  final void writeNow(ByteBuf bytes) {
    write(bytes);
    flushNow();
  }

  /**
   * Writes an answer to something that the peer said. A peer that asks and asks and reads nothing
   * would have them all kept for it: with half an outbox of what is unread it is cut.
   */
  final void answer(ByteBuf bytes) {
    ChannelOutboundBuffer unread = context().channel().unsafe().outboundBuffer();
    if (state != OPEN || unread == null) {
      bytes.release();
    } else if (unread.totalPendingWriteBytes() > loop.limits().outboxBytes() / 2) {
      bytes.release();
      loop.meters().countCutSlow();
      end(CloseCode.TOO_SLOW, "answers are not read");
    } else {
      writeNow(bytes);
    }
  }

  /** Takes one message more out of the peer's budget; the connection ends when there is none. */
  final void countMessage() throws ProtocolException {
    loop.meters().countMessage();
    int rate = loop.limits().messagesPerSecond();
    int nowS = loop.wheel().nowS();
    if (nowS != budgetS) {
      budget = (int) Math.min((long) BURST_S * rate, budget + (long) (nowS - budgetS) * rate);
      budgetS = nowS;
    }
    if (--budget < 0) {
      throw new ProtocolException(CloseCode.TOO_MANY, "too many messages");
    }
  }

  /** Flushes now, or at the end of the turn if there may be more of other rooms. */
  final void flushSoon() {
    if (memberCount() > 1 && loop.isInTurn()) {
      if (!waitsForFlush) {
        waitsForFlush = true;
        loop.flushAtEnd(this);
      }
    } else {
      flushNow();
    }
  }

  final void flushNow() {
    waitsForFlush = false;
    loop.meters().countFlush();
    context().flush();
  }

  /** Ends the connection in order, telling why. */
  final void end(int code, String reason) {
    if (state != OPEN) {
      return;
    }
    state = ENDING;
    ChannelHandlerContext to = context();
    loop.wheel().put(this, ENDING_S);
    ByteBuf last = farewell(code, reason);
    if (last == null) {
      var unused = to.close();
      return;
    }
    to.writeAndFlush(last)
        .addListener(
            (ChannelFutureListener)
                done -> {
                  Channel channel = done.channel();
                  boolean isPlain = channel.pipeline().get(SslHandler.class) == null;
                  if (done.isSuccess() && isPlain && channel instanceof DuplexChannel duplex) {
                    // Closing at once could throw away, with a reset, what the peer has not read.
                    var unused = duplex.shutdownOutput();
                  } else {
                    var unused = channel.close();
                  }
                });
  }

  /** The peer has taken leave. */
  final void over() {
    var unused = context().close();
  }

  // ---- the channel's

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    bound(added.channel());
    heardS = loop.wheel().nowS();
    openedS = heardS;
    budgetS = heardS;
    budget = BURST_S * loop.limits().messagesPerSecond();
    loop.meters().countOpened();
    loop.wheel().put(this, seconds(loop.limits().helloMs()));
  }

  // Half of the outbox is the kernel's (which doubles what it is told), a quarter is Netty's, and a
  // quarter is for the one frame by which that may be passed.
  private void bound(Channel channel) {
    int bytes = loop.limits().outboxBytes();
    channel.config().setOption(ChannelOption.SO_SNDBUF, bytes / 4);
    channel.config().setWriteBufferWaterMark(loop.gateway().waterMark());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    // Parts of the HTTP request may still come by; they are nothing to us.
    if (!(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      return;
    }
    try {
      if (state == OPEN) {
        heardS = loop.wheel().nowS();
        wasPinged = false;
        read(bytes);
      }
    } catch (ProtocolException wrong) {
      loop.meters().countViolation();
      end(wrong.code(), wrong.reason());
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nobody is behind us.
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!isWritable()) {
      return;
    }
    readOn();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    closed();
  }

  private void closed() {
    if (state == CLOSED) {
      return;
    }
    state = CLOSED;
    loop.wheel().remove(this);
    leaveAll();
    release();
    place.close();
    loop.meters().countClosed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A peer that is gone; whatever else it is, this connection cannot be relied on.
    loop.gateway().failed(cause);
    var unused = ctx.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    // Such as the shutdown that Vert.x tells all channels of; we are told by the gateway.
    ReferenceCountUtil.release(event);
  }

  // ---- the wheel's

  /** Its second has come. */
  final void look(int nowS) {
    if (state != OPEN) {
      var unused = context().close();
      return;
    }
    GatewayLimits limits = loop.limits();
    int silentS = nowS - heardS;
    int pingS = seconds(limits.pingMs());
    int idleS = seconds(limits.idleMs());
    boolean saidNothing =
        memberCount() == 0 && viewer() == null && nowS - openedS >= seconds(limits.helloMs());
    if (silentS >= idleS || saidNothing) {
      loop.meters().countCutSilent();
      end(CloseCode.SILENT, "silent");
      return;
    }
    if (silentS >= pingS && !wasPinged) {
      wasPinged = true;
      ByteBuf ping = isWritable() ? ping() : null;
      if (ping != null) {
        writeNow(ping);
      }
      if (ping != null && !speaks()) {
        heardS = nowS;
        wasPinged = false;
        silentS = 0;
      }
    }
    loop.wheel().put(this, silentS < pingS ? pingS - silentS : idleS - silentS);
  }

  private static int seconds(long ms) {
    return (int) Math.max(1, (ms + 999) / 1_000);
  }
}
