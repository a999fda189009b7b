// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import io.hongbao.model.LatencyHistogram;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Many readers of one room on one loop.
 *
 * <p><b>Thread:</b> the caller's; the readers' loop counts.
 */
public final class FanOutClients implements AutoCloseable {

  /**
   * So many may be on their way: more would wait in the server's accept queue as connections of
   * HTTP, of which it lets fewer be open than of readers.
   */
  private static final int COMING_MAX = 256;

  private static final int STALLED_MS_MAX = 20_000;

  private final EventLoopGroup group = Transport.loops(1, "clients");
  private final Bootstrap bootstrap;
  private final ReaderKind kind;
  private final Tally tally = new Tally();
  private long asked;

  /**
   * Readers of one kind, none yet.
   *
   * @param reads whether they take what the server sends; else they join and read no more
   */
  public FanOutClients(ReaderKind kind, boolean reads) {
    this.kind = kind;
    this.bootstrap =
        new Bootstrap()
            .group(group)
            .channel(Transport.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, reads)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new FanOutReader(kind, tally));
                  }
                });
    if (!reads) {
      // What it does not read waits at the server, not here.
      bootstrap.option(ChannelOption.SO_RCVBUF, 4096);
    }
  }

  /**
   * Connects so many more, which join the room; returns when they have, or when nothing more comes.
   *
   * @param source their own address, of which one has 28,000 ports for each other end
   */
  public void open(InetSocketAddress server, String source, long room, int count)
      throws InterruptedException {
    byte[] hello = kind.hello(room);
    InetSocketAddress from = new InetSocketAddress(source, 0);
    int begun = 0;
    long ready = ready();
    for (int stalledMs = 0; stalledMs < STALLED_MS_MAX; ) {
      while (begun < count && asked - ready < COMING_MAX) {
        begun++;
        asked++;
        bootstrap.connect(server, from).addListener((ChannelFutureListener) to -> say(to, hello));
      }
      if (begun == count && ready == asked) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(1);
      stalledMs = ready() == ready ? stalledMs + 1 : 0;
      ready = ready();
    }
  }

  private void say(ChannelFuture to, byte[] hello) {
    if (to.isSuccess()) {
      var unused = to.channel().writeAndFlush(Unpooled.wrappedBuffer(hello));
    } else {
      Tally.add(tally.closed, 1);
    }
  }

  // Who does not read is not heard of; the one that counts them is the server.
  private long ready() {
    if (!Boolean.TRUE.equals(bootstrap.config().options().get(ChannelOption.AUTO_READ))) {
      return asked;
    }
    return (kind.joins() ? tally.joined : tally.opened).get() + tally.closed.get();
  }

  /** Entries that frames accounted for. */
  public long entries() {
    return tally.entries.get();
  }

  public long frames() {
    return tally.frames.get();
  }

  public long bytes() {
    return tally.bytes.get();
  }

  /** Frames that did not go on where the one before ended. */
  public long gaps() {
    return tally.gaps.get();
  }

  public long joined() {
    return kind.joins() ? tally.joined.get() : tally.opened.get();
  }

  /** Those that were closed, or never came to be open. */
  public long closed() {
    return tally.closed.get();
  }

  public LatencyHistogram latency() {
    return tally.latency;
  }

  /** Looks into the texts for when they were sent. */
  public void wantLatency() {
    tally.wantsLatency = true;
  }

  /** Looks for a text in what comes; {@link #marked} says how many have seen it. */
  public void watchFor(String mark) {
    tally.mark = mark.getBytes(StandardCharsets.US_ASCII);
  }

  public long marked() {
    return tally.marked.get();
  }

  public void reset() {
    tally.reset();
  }

  @Override
  public void close() throws InterruptedException {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
  }
}
