// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that a room can be: one prepared buffer, a write and a flush for each channel, on one
 * loop.
 *
 * <p><b>Thread:</b> {@link #add} on the loop; the rest for one other.
 */
final class BareRoom {

  private static final long POLL_NANOS = 1_000_000;

  private final EventLoop loop;
  private final List<Channel> channels = new ArrayList<>();

  BareRoom(EventLoop loop) {
    this.loop = loop;
  }

  void add(Channel channel) {
    channels.add(channel);
    channel.closeFuture().addListener(closed -> channels.remove(channel));
  }

  /** Writes frames of a size, one after the other, with as much rest between as a gateway takes. */
  long write(int count, int size, long gapNanos) {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) 'x');
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      send(payload);
      while (System.nanoTime() - begin < gapNanos) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    return count;
  }

  /** Writes frames at a rate, each with the time of its publication in it as a chat has it. */
  long pace(double perSecond, int size, double seconds) {
    long count = (long) (perSecond * seconds);
    long begin = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = begin + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String text = FanOutServer.text(size);
      send(
          ("{\"op\":\"entries\",\"room\":\"7\",\"epoch\":1,\"from\":%d,\"to\":%d,\"items\":[{"
               + "\"seq\":1,\"at_ms\":1763800000000,\"kind\":\"chat\",\"id\":\"1\",\"user\":\"1\","
               + "\"name\":\"n\",\"text\":\"%s\"}]}")
              .formatted(i, i, text)
              .getBytes(StandardCharsets.US_ASCII));
    }
    return count;
  }

  private void send(byte[] payload) {
    AtomicBoolean isDone = new AtomicBoolean();
    loop.execute(
        () -> {
          ByteBuf frame = frame(payload);
          for (Channel channel : channels) {
            var unused = channel.writeAndFlush(frame.retainedDuplicate(), channel.voidPromise());
          }
          frame.release();
          isDone.set(true);
        });
    while (!isDone.get()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static ByteBuf frame(byte[] payload) {
    ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(payload.length + 4);
    frame.writeByte(0x81);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else {
      frame.writeByte(126).writeShort(payload.length);
    }
    return frame.writeBytes(payload);
  }
}
