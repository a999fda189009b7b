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
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
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
import java.util.concurrent.locks.LockSupport;

/**
 * The product's gateway over a room log in memory, and the bare loop beside it; does what it is
 * told by lines on its input.
 *
 * <pre>
 *   pace ROOM PER_SECOND SIZE SECONDS   entries at a rate
 *   step ROOM COUNT SIZE                one by one, each when all have the one before
 *   bare COUNT SIZE GAP_NANOS           the same by the bare loop
 *   bare-pace PER_SECOND SIZE SECONDS   at a rate by the bare loop
 *   flood ROOM PER_SECOND SIZE SECONDS  at a rate, whoever is behind
 *   watching ROOM                       how many read it
 *   held                                most that waits for one reader, here and in the kernel
 * </pre>
 *
 * <p>Each is answered with {@code done PUBLISHED CPU_NANOS NANOS SHED LOOP_NANOS}, the last being
 * the processor time of the loops alone; {@code held} has all that Netty's pool has given away and
 * the bytes of the kernel instead of CPU_NANOS and SHED.
 */
public final class FanOutServer {

  private static final long EPOCH = 1;
  private static final long POLL_NANOS = 1_000_000;
  private static final int LOG_BYTES = 64 << 20;

  /** The default of {@code gateway.outbox_bytes}. */
  public static final int OUTBOX_BYTES = 128 << 10;

  private final BareRoom bare;
  private final List<Channel> channels = new ArrayList<>();
  private final LocalRoomLogs logs;
  private final Gateway gateway;
  private final EventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private long nextId = 1;
  private int port;

  private FanOutServer(int loopCount) {
    group = Transport.loops(loopCount, "server");
    group.forEach(each -> loops.add((EventLoop) each));
    bare = new BareRoom(loops.get(0));
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

  // Those that are documented, but for how many may come.
  private static GatewayLimits limits() {
    int all = 1_000_000;
    return new GatewayLimits(
        all, all, all, 8, 4096, 100, OUTBOX_BYTES, 512 << 10, 30_000, 75_000, 60_000, 5_000, 0);
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
    server.port = ((InetSocketAddress) port.localAddress()).getPort();
    out.println("listening " + server.port);
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
      bare.add(channel);
      return;
    }
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).inEventLoop()) {
        synchronized (channels) {
          channels.add(channel);
        }
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
    if (words[0].equals("held")) {
      return held();
    }
    long shed = shed();
    long cpu = cpuNanos();
    long loop = loopNanos();
    long begin = System.nanoTime();
    long published = published(words);
    long passed = System.nanoTime() - begin;
    return "done %d %d %d %d %d"
        .formatted(published, cpuNanos() - cpu, passed, shed() - shed, loopNanos() - loop);
  }

  private long published(String[] words) throws Exception {
    return switch (words[0]) {
      case "pace", "flood" -> pace(words, words[0].equals("pace"));
      case "step" ->
          step(Long.parseLong(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "bare" ->
          bare.write(
              Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
      case "bare-pace" ->
          bare.pace(
              Double.parseDouble(words[1]),
              Integer.parseInt(words[2]),
              Double.parseDouble(words[3]));
      case "watching" -> gateway.watching(Long.parseLong(words[1]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private String held() throws Exception {
    long most = 0;
    synchronized (channels) {
      for (Channel channel : channels) {
        most =
            Math.max(
                most,
                channel
                    .eventLoop()
                    .submit(
                        () -> {
                          ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
                          return out == null ? 0L : out.totalPendingWriteBytes();
                        })
                    .get());
      }
    }
    return "done %d %d 0 %d 0"
        .formatted(
            most,
            PooledByteBufAllocator.DEFAULT.pinnedDirectMemory(),
            Kernel.sendQueueBytesMax(port));
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private long loopNanos() throws Exception {
    long sum = 0;
    for (EventLoop loop : loops) {
      sum += loop.submit(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()).get();
    }
    return sum;
  }

  private long shed() {
    return gateway.meters().stream().mapToLong(GatewayMeters::shed).sum();
  }

  private long delivered() {
    return gateway.meters().stream().mapToLong(GatewayMeters::delivered).sum();
  }

  /** Begins with the time at which it was made. */
  static String text(int size) {
    String nanos = Long.toString(System.nanoTime());
    return nanos + "x".repeat(Math.max(0, size - nanos.length()));
  }

  private RoomEntry entry(int size) {
    long id = nextId++;
    return new RoomEntry.Chat(
        id, id % 1_000, "n", text(size), RoomEntry.Position.SCROLL, 0xffffff, 25, -1);
  }

  private long pace(String[] words, boolean waits) {
    long room = Long.parseLong(words[1]);
    double perSecond = Double.parseDouble(words[2]);
    int size = Integer.parseInt(words[3]);
    long count = (long) (perSecond * Double.parseDouble(words[4]));
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
    while (waits && delivered() < target && System.nanoTime() < end) {
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
}
