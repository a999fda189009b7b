// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import io.hongbao.model.LatencyHistogram;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many readers of one room on one loop: they look at each frame's {@code from} and {@code to}, and
 * at nothing else unless latency is wanted.
 *
 * <p><b>Thread:</b> the caller's; the readers' loop counts.
 */
public final class FanOutClients implements AutoCloseable {

  private static final int TOGETHER = 64;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final EventLoopGroup group = Transport.loops(1, "clients");
  private final List<Channel> channels = new ArrayList<>();
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong joined = new AtomicLong();
  private final LatencyHistogram latency = new LatencyHistogram();
  private volatile boolean wantsLatency;

  /** Connects so many; they join the room, if there is one. */
  public FanOutClients(InetSocketAddress server, String path, int count, long room, String headers)
      throws InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(Transport.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Reader());
                  }
                });
    byte[] hello = hello(path, room, headers);
    List<ChannelFuture> opening = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Many addresses of this machine, since one has 28,000 ports for each other end.
      InetSocketAddress from = new InetSocketAddress("127.0.0." + (1 + i / 20_000), 0);
      opening.add(bootstrap.connect(server, from));
      if (opening.size() == TOGETHER || i == count - 1) {
        for (ChannelFuture one : opening) {
          Channel channel = one.sync().channel();
          var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(hello));
          channels.add(channel);
        }
        opening.clear();
      }
    }
    for (int waited = 0; room > 0 && joined.get() < count && waited < 30_000; waited += 5) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static byte[] hello(String path, long room, String headers) {
    StringBuilder text = new StringBuilder();
    text.append("GET ").append(path).append(" HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\n");
    text.append("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n").append(headers);
    text.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    byte[] head = text.toString().getBytes(StandardCharsets.US_ASCII);
    if (room == 0) {
      return head;
    }
    byte[] join =
        ("{\"op\":\"join\",\"room\":\"" + room + "\"}").getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(head, head.length + 6 + join.length);
    int at = head.length;
    all[at++] = (byte) 0x81;
    all[at++] = (byte) (0x80 | join.length);
    for (byte b : MASK) {
      all[at++] = b;
    }
    for (int i = 0; i < join.length; i++) {
      all[at++] = (byte) (join[i] ^ MASK[i & 3]);
    }
    return all;
  }

  public long entries() {
    return entries.get();
  }

  public long frames() {
    return frames.get();
  }

  public long bytes() {
    return bytes.get();
  }

  /** Frames that did not go on where the one before ended. */
  public long gaps() {
    return gaps.get();
  }

  public long joined() {
    return joined.get();
  }

  public LatencyHistogram latency() {
    return latency;
  }

  /** Looks into the texts for when they were sent. */
  public void wantLatency() {
    wantsLatency = true;
  }

  public void reset() {
    entries.set(0);
    frames.set(0);
    bytes.set(0);
    gaps.set(0);
  }

  @Override
  public void close() throws InterruptedException {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
  }

  private final class Reader extends ChannelInboundHandlerAdapter {

    private static final int HEAD_BYTES = 120;

    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean isUpgraded;
    private long skip;
    private long last;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf in = (ByteBuf) message;
      bytes.lazySet(bytes.get() + in.readableBytes());
      if (held.isReadable()) {
        in = context.alloc().buffer().writeBytes(held).writeBytes(in);
        held.release();
        ((ByteBuf) message).release();
        held = Unpooled.EMPTY_BUFFER;
      }
      read(in);
      if (in.isReadable()) {
        held = in.readBytes(in.readableBytes());
      }
      in.release();
    }

    private void read(ByteBuf in) {
      if (!isUpgraded && !upgrade(in)) {
        return;
      }
      while (in.isReadable()) {
        if (skip > 0) {
          int step = (int) Math.min(skip, in.readableBytes());
          in.skipBytes(step);
          skip -= step;
          continue;
        }
        int at = in.readerIndex();
        if (in.readableBytes() < 10) {
          if (in.readableBytes() < 2 || in.getByte(at + 1) > 8) {
            return;
          }
        }
        int length = in.getByte(at + 1) & 0x7f;
        int header = length == 126 ? 4 : length == 127 ? 10 : 2;
        long size =
            length == 126
                ? in.getUnsignedShort(at + 2)
                : length == 127 ? in.getLong(at + 2) : length;
        long wanted = wantsLatency ? size : Math.min(size, HEAD_BYTES);
        if (in.readableBytes() < header + wanted) {
          return;
        }
        frame(in, at + header, (int) wanted, (in.getByte(at) & 0x40) != 0);
        in.skipBytes((int) (header + wanted));
        skip = size - wanted;
      }
    }

    private boolean upgrade(ByteBuf in) {
      for (int i = in.readerIndex(); i + 4 <= in.writerIndex(); i++) {
        if (in.getInt(i) == 0x0d0a0d0a) {
          in.readerIndex(i + 4);
          isUpgraded = true;
          return true;
        }
      }
      return false;
    }

    private void frame(ByteBuf in, int from, int size, boolean isDeflated) {
      frames.lazySet(frames.get() + 1);
      if (isDeflated || size < 20) {
        return;
      }
      // {"op":"e… entries; {"op":"j… joined
      byte kind = in.getByte(from + 7);
      if (kind == 'j') {
        joined.incrementAndGet();
        last = number(in, from, size, "\"sequence\":");
        return;
      }
      if (kind != 'e') {
        return;
      }
      long first = number(in, from, size, "\"from\":");
      long to = number(in, from, size, "\"to\":");
      if (first != last + 1) {
        gaps.incrementAndGet();
      }
      last = to;
      entries.lazySet(entries.get() + to - first + 1);
      if (wantsLatency) {
        latencies(in, from, size);
      }
    }

    private void latencies(ByteBuf in, int from, int size) {
      long now = System.nanoTime();
      String text = in.toString(from, size, StandardCharsets.US_ASCII);
      int at = text.indexOf("\"text\":\"");
      while (at >= 0) {
        int end = at + 8;
        long sent = 0;
        while (text.charAt(end) >= '0' && text.charAt(end) <= '9') {
          sent = 10 * sent + text.charAt(end++) - '0';
        }
        latency.record(Math.max(0, now - sent));
        at = text.indexOf("\"text\":\"", end);
      }
    }

    private static long number(ByteBuf in, int from, int size, String name) {
      int end = from + size - name.length();
      for (int i = from; i < end; i++) {
        int j = 0;
        while (j < name.length() && in.getByte(i + j) == name.charAt(j)) {
          j++;
        }
        if (j == name.length()) {
          long number = 0;
          for (int k = i + j; k < from + size; k++) {
            byte digit = in.getByte(k);
            if (digit < '0' || digit > '9') {
              return number;
            }
            number = 10 * number + digit - '0';
          }
        }
      }
      return -1;
    }
  }
}
