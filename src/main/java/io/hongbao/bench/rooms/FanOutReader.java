// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * One reader: looks at each frame's {@code from} and {@code to}, and at no more unless it is
 * wanted; answers pings.
 *
 * <p><b>Thread:</b> the readers' loop.
 */
final class FanOutReader extends ChannelInboundHandlerAdapter {

  static final byte OP_JOIN = 7;

  private static final int OP_JOINED = 8;
  private static final int OP_AT = 8;
  private static final int HEAD_BYTES = 120;
  private static final int PING = 9;
  private static final byte[] PONG = ReaderKind.frame(0x8a, new byte[0]);
  private static final byte[] SEQUENCE = "\"sequence\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FROM = "\"from\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TO = "\"to\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEXT = "\"text\":\"".getBytes(StandardCharsets.US_ASCII);

  private final ReaderKind kind;
  private final Tally tally;
  private ByteBuf held = Unpooled.EMPTY_BUFFER;
  private boolean isUpgraded;
  private boolean isMarked;
  private long skip;
  private long last;

  FanOutReader(ReaderKind kind, Tally tally) {
    this.kind = kind;
    this.tally = tally;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    Tally.add(tally.bytes, in.readableBytes());
    if (held.isReadable()) {
      in = context.alloc().buffer().writeBytes(held).writeBytes(in);
      held.release();
      ((ByteBuf) message).release();
      held = Unpooled.EMPTY_BUFFER;
    }
    read(context, in);
    if (in.isReadable()) {
      held = in.readBytes(in.readableBytes());
    }
    in.release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Tally.add(tally.closed, 1);
    held.release();
    held = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close();
  }

  private void read(ChannelHandlerContext context, ByteBuf in) {
    if (!isUpgraded && !upgrade(in)) {
      return;
    }
    boolean isWhole = tally.wantsLatency || tally.mark != null;
    while (in.isReadable()) {
      if (skip > 0) {
        int step = (int) Math.min(skip, in.readableBytes());
        in.skipBytes(step);
        skip -= step;
        continue;
      }
      int at = in.readerIndex();
      if (in.readableBytes() < 2) {
        return;
      }
      int length = in.getByte(at + 1) & 0x7f;
      int header = length == 126 ? 4 : length == 127 ? 10 : 2;
      if (in.readableBytes() < header) {
        return;
      }
      long size =
          length == 126 ? in.getUnsignedShort(at + 2) : length == 127 ? in.getLong(at + 2) : length;
      long wanted = isWhole ? size : Math.min(size, HEAD_BYTES);
      if (in.readableBytes() < header + wanted) {
        return;
      }
      if ((in.getByte(at) & 0xf) == PING) {
        var unused = context.writeAndFlush(Unpooled.wrappedBuffer(PONG));
      } else {
        frame(in, at + header, (int) wanted);
      }
      in.skipBytes((int) (header + wanted));
      skip = size - wanted;
    }
  }

  private boolean upgrade(ByteBuf in) {
    for (int i = in.readerIndex(); i + 4 <= in.writerIndex(); i++) {
      if (in.getInt(i) == 0x0d0a0d0a) {
        in.readerIndex(i + 4);
        isUpgraded = true;
        Tally.add(tally.opened, 1);
        return true;
      }
    }
    return false;
  }

  private void frame(ByteBuf in, int from, int size) {
    Tally.add(tally.frames, 1);
    byte[] mark = tally.mark;
    if (mark != null && !isMarked && find(in, from, size, mark) >= 0) {
      isMarked = true;
      Tally.add(tally.marked, 1);
    }
    if (kind == ReaderKind.BINARY) {
      if (size >= OP_AT + 4 && in.getInt(from + OP_AT) == OP_JOINED) {
        Tally.add(tally.joined, 1);
      }
    } else if (size >= 20) {
      json(in, from, size);
    }
  }

  private void json(ByteBuf in, int from, int size) {
    // {"op":"e… entries; {"op":"j… joined
    byte op = in.getByte(from + 7);
    if (op == 'j') {
      Tally.add(tally.joined, 1);
      last = number(in, from, size, SEQUENCE);
      return;
    }
    if (op != 'e') {
      return;
    }
    long first = number(in, from, size, FROM);
    long to = number(in, from, size, TO);
    if (first != last + 1 && kind.isCounted()) {
      Tally.add(tally.gaps, 1);
    }
    last = to;
    Tally.add(tally.entries, to - first + 1);
    if (tally.wantsLatency) {
      latencies(in, from, size);
    }
  }

  // A text begins with the time at which it was said.
  private void latencies(ByteBuf in, int from, int size) {
    long now = System.nanoTime();
    int end = from + size;
    for (int at = find(in, from, size, TEXT); at >= 0; at = find(in, at, end - at, TEXT)) {
      at += TEXT.length;
      tally.latency.record(Math.max(0, now - digits(in, at, end)));
    }
  }

  private static long number(ByteBuf in, int from, int size, byte[] name) {
    int at = find(in, from, size, name);
    return at < 0 ? -1 : digits(in, at + name.length, from + size);
  }

  private static long digits(ByteBuf in, int from, int end) {
    long number = 0;
    for (int i = from; i < end; i++) {
      byte digit = in.getByte(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      number = 10 * number + digit - '0';
    }
    return number;
  }

  private static int find(ByteBuf in, int from, int size, byte[] what) {
    int end = from + size - what.length;
    for (int i = from; i <= end; i++) {
      int j = 0;
      while (j < what.length && in.getByte(i + j) == what[j]) {
        j++;
      }
      if (j == what.length) {
        return i;
      }
    }
    return -1;
  }
}
