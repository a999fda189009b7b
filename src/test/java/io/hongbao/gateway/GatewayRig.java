// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.AppendHandler;
import io.hongbao.live.LocalRoomLogs;
import io.hongbao.live.LogLimits;
import io.hongbao.live.RoomEntry;
import io.hongbao.session.SessionDirectory;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gateway over a room log in memory and real sockets, without a server around it: what is
 * upgraded by the smallest answer that clients take.
 */
final class GatewayRig implements AutoCloseable {

  static final long ROOM = 7;
  static final long EPOCH = 1_000;

  private static final byte[] ANSWER =
      "HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  final LocalRoomLogs logs;
  final Gateway gateway;
  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private final Channel port;

  GatewayRig(GatewayLimits limits, int logBytes) throws Exception {
    group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    group.forEach(each -> loops.add((EventLoop) each));
    SystemTime time = new SystemTime();
    logs =
        new LocalRoomLogs(
            List.copyOf(loops),
            roomId -> (int) (roomId % 2),
            time,
            new LogLimits(logBytes, 600_000, 1 << 20),
            EPOCH);
    gateway =
        new Gateway(
            new GatewayParts(
                logs,
                new SessionDirectory(),
                (room, user) -> true,
                null,
                time,
                new SecureRandomness(),
                limits),
            loops);
    port =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Upgrade());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  /** Limits of tests: much of all, and no pings. */
  static GatewayLimits limits(int outboxBytes, int ringBytes) {
    return new GatewayLimits(
        1_000, 1_000, 10, 4, 4096, 1_000, outboxBytes, ringBytes, 30_000, 75_000, 10_000, 5_000, 0);
  }

  int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** Appends, waiting for room in the owner's queue. */
  void append(RoomEntry entry) throws InterruptedException {
    while (!logs.append(ROOM, entry, AppendHandler.NOBODY)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** The sum of something over the loops. */
  long sum(java.util.function.ToLongFunction<GatewayMeters> what) {
    return gateway.meters().stream().mapToLong(what).sum();
  }

  /** The most that waits in this process for one client. */
  long unreadBytesMax() throws Exception {
    long most = 0;
    for (int i = 0; i < loops.size(); i++) {
      GatewayLoop loop = gateway.loop(i);
      most =
          Math.max(
              most,
              loops
                  .get(i)
                  .submit(() -> loop.wheel().all().stream().mapToLong(GatewayRig::unread).max())
                  .get()
                  .orElse(0));
    }
    return most;
  }

  /** The loop whose connection is the only one. */
  int loopOfTheOnlyConnection() throws Exception {
    for (int i = 0; i < loops.size(); i++) {
      GatewayLoop loop = gateway.loop(i);
      if (!loops.get(i).submit(() -> loop.wheel().all().isEmpty()).get()) {
        return i;
      }
    }
    throw new IllegalStateException("no connection");
  }

  private static long unread(LiveConnection connection) {
    ChannelOutboundBuffer waiting = connection.context().channel().unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes();
  }

  @Override
  public void close() throws Exception {
    port.close().sync();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  private final class Upgrade extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      String text = bytes.toString(StandardCharsets.US_ASCII);
      int end = text.indexOf("\r\n\r\n");
      Channel channel = context.channel();
      var unused = channel.writeAndFlush(channel.alloc().buffer().writeBytes(ANSWER));
      channel.pipeline().remove(this);
      int loop = loops.indexOf(channel.eventLoop());
      AutoCloseable place = gateway.enter(gateway.loop(loop), "test");
      boolean deflates = text.contains("deflate");
      if (text.startsWith("GET /echo")) {
        channel.pipeline().addLast(new EchoConnection(gateway.loop(loop), (Place) place));
      } else if (text.startsWith("GET /sub")) {
        gateway.takeGoim(gateway.loop(loop), channel, place);
      } else if (text.startsWith("GET /sse")) {
        gateway.takeSse(gateway.loop(loop), channel, place, null, ROOM, Density.FULL, "", 0);
      } else if (text.startsWith("GET /tcp")) {
        gateway.takeGoimTcp(gateway.loop(loop), channel, place);
      } else {
        gateway.takeJson(gateway.loop(loop), channel, place, deflates, null);
      }
      channel.pipeline().fireChannelRead(bytes.skipBytes(end + 4));
    }
  }
}
