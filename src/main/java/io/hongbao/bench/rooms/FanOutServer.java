// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import com.sun.management.OperatingSystemMXBean;
import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayLimits;
import io.hongbao.gateway.GatewayMeters;
import io.hongbao.gateway.GatewayParts;
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
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The product's gateway over a room log in memory, and the bare loop beside it; does what it is
 * told by lines on its input.
 *
 * <pre>
 *   pace ROOM PER_SECOND SIZE SECONDS   entries at a rate
 *   step ROOM COUNT SIZE                one entry after the other, each when all have the one before
 *   bare COUNT SIZE                     the same by the bare loop
 * </pre>
 *
 * <p>Each is answered with {@code done PUBLISHED CPU_NANOS NANOS SHED}.
 */
public final class FanOutServer {

  private static final long EPOCH = 1;
  private static final long POLL_NANOS = 1_000_000;
  private static final int LOG_BYTES = 64 << 20;

  private final List<Channel> bare = new ArrayList<>();
  private final LocalRoomLogs logs;
  private final Gateway gateway;
  private final EventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private long nextId = 1;

  private FanOutServer(int loopCount) {
    group = Transport.loops(loopCount, "server");
    group.forEach(each -> loops.add((EventLoop) each));
    List<Executor> executors = List.copyOf(loops);
    SystemTime time = new SystemTime();
    logs =
        new LocalRoomLogs(
            executors,
            roomId -> (int) (roomId % loopCount),
            time,
            new LogLimits(LOG_BYTES, 60_000, 1 << 20),
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
                limits()),
            loops);
  }

  private static GatewayLimits limits() {
    int all = 1_000_000;
    return new GatewayLimits(
        all, all, all, 8, 4096, 100, 1 << 20, 8 << 20, 30_000, 75_000, 60_000, 5_000, 0);
  }

  /** Serves until the input ends. */
  public static void serve(int loopCount, PrintStream out) throws Exception {
    FanOutServer server = new FanOutServer(loopCount);
    Channel port =
        new ServerBootstrap()
            .group(server.group)
            .channel(Transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new UpgradeHandler(server::take));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    out.println("listening " + ((InetSocketAddress) port.localAddress()).getPort());
    out.flush();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(server.obey(line.split(" ", -1)));
        out.flush();
      }
    }
    var unused = server.group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void take(Channel channel, String path) {
    if (path.equals("/bare")) {
      synchronized (bare) {
        bare.add(channel);
      }
      return;
    }
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).inEventLoop()) {
        AutoCloseable place = gateway.enter(gateway.loop(i), "bench");
        gateway.takeJson(
            gateway.loop(i),
            channel,
            java.util.Objects.requireNonNull(place),
            path.equals("/deflate"),
            null);
      }
    }
  }

  private String obey(String[] words) throws Exception {
    long shed = shed();
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    long published =
        switch (words[0]) {
          case "pace" ->
              pace(
                  Long.parseLong(words[1]),
                  Double.parseDouble(words[2]),
                  Integer.parseInt(words[3]),
                  Double.parseDouble(words[4]));
          case "step" ->
              step(
                  Long.parseLong(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
          case "bare" ->
              bare(
                  Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
          default -> throw new IllegalArgumentException(words[0]);
        };
    long passed = System.nanoTime() - begin;
    return "done %d %d %d %d".formatted(published, cpuNanos() - cpu, passed, shed() - shed);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private long shed() {
    return gateway.meters().stream().mapToLong(GatewayMeters::shed).sum();
  }

  private long delivered() {
    return gateway.meters().stream().mapToLong(GatewayMeters::delivered).sum();
  }

  private RoomEntry entry(int size) {
    long id = nextId++;
    String text = Long.toString(System.nanoTime());
    return new RoomEntry.Chat(
        id,
        id % 1_000,
        "n",
        text + "x".repeat(Math.max(0, size - text.length())),
        RoomEntry.Position.SCROLL,
        0xffffff,
        25,
        -1);
  }

  private long pace(long room, double perSecond, int size, double seconds) {
    long count = (long) (perSecond * seconds);
    double gap = 1e9 / perSecond;
    long begin = System.nanoTime();
    long sent = 0;
    long members = gateway.watching(room);
    long target = delivered() + count * members;
    while (sent < count) {
      long due = Math.min(count, (long) ((System.nanoTime() - begin) / gap) + 1);
      while (sent < due && logs.append(room, entry(size), AppendHandler.NOBODY)) {
        sent++;
      }
      LockSupport.parkNanos(500_000);
    }
    long end = System.nanoTime() + 5_000_000_000L;
    while (delivered() < target && System.nanoTime() < end) {
      LockSupport.parkNanos(200_000);
    }
    return sent;
  }

  private long step(long room, int count, int size) {
    long members = gateway.watching(room);
    for (int i = 0; i < count; i++) {
      long target = delivered() + members;
      logs.append(room, entry(size), AppendHandler.NOBODY);
      while (delivered() < target) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    return count;
  }

  // One prepared buffer, one flush for each channel, nothing else: what any gateway at best does.
  private long bare(int count, int size, long gapNanos) {
    byte[] payload = new byte[size];
    java.util.Arrays.fill(payload, (byte) 'x');
    EventLoop loop = loops.get(0);
    for (int i = 0; i < count; i++) {
      AtomicBoolean isDone = new AtomicBoolean();
      long begin = System.nanoTime();
      loop.execute(
          () -> {
            ByteBuf frame = loop(payload);
            for (Channel channel : bare) {
              var unused = channel.writeAndFlush(frame.retainedDuplicate(), channel.voidPromise());
            }
            frame.release();
            isDone.set(true);
          });
      // The gateway leaves a room in peace for a while after each moment; so does this.
      while (!isDone.get() || System.nanoTime() - begin < gapNanos) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    return count;
  }

  private static ByteBuf loop(byte[] payload) {
    ByteBuf frame = io.netty.buffer.PooledByteBufAllocator.DEFAULT.directBuffer(payload.length + 4);
    frame.writeByte(0x81);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else {
      frame.writeByte(126).writeShort(payload.length);
    }
    return frame.writeBytes(payload);
  }
}
