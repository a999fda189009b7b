// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.RoomLogs;
import io.hongbao.model.Check;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's share of one event loop: its connections, its rooms, its passes.
 *
 * <p>Passes run a millisecond at a time. Between two of them the loop reads its sockets and does
 * its other work: the next piece is a timer that is due at once, since a task that puts itself into
 * the queue again would be run again before any socket.
 *
 * <p><b>Thread:</b> the loop's; {@link #give} and {@link #attached} are called by owners of rooms.
 *
 * <p><b>Limit:</b> frames that wait for the loop, by bytes; what does not fit is lost to all its
 * readers, who are told.
 */
public final class GatewayLoop {

  private static final long TURN_NANOS = 1_000_000;
  private static final int STEP_MEMBERS = 32;
  private static final long QUEUE_BYTES_MAX = 64L << 20;

  private record Letter(long roomId, int lane, @Nullable Frame frame, long epoch, long sequence) {}

  private final int index;
  private final Gateway gateway;
  private final EventLoop eventLoop;
  private final Queue<Letter> letters = PlatformDependent.newMpscQueue();
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Long2ObjectHashMap<LoopRoom> rooms = new Long2ObjectHashMap<>();
  private final ArrayDeque<Lane> passes = new ArrayDeque<>();
  private final List<LiveConnection> toFlush = new ArrayList<>();
  private final GatewayMeters meters = new GatewayMeters();
  private final WireEncoder encoder;
  private final SharedInflater inflater = new SharedInflater();
  private final JsonBytes json = new JsonBytes();
  private final Wheel wheel;
  private @Nullable PrivateHub privates;
  private boolean isTurning;
  private boolean isInTurn;

  GatewayLoop(int index, Gateway gateway, EventLoop eventLoop) {
    this.index = index;
    this.gateway = gateway;
    this.eventLoop = eventLoop;
    this.encoder = new WireEncoder(gateway.alloc());
    this.wheel = new Wheel(this);
  }

  int index() {
    return index;
  }

  Gateway gateway() {
    return gateway;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  public GatewayMeters meters() {
    return meters;
  }

  GatewayLimits limits() {
    return gateway.limits();
  }

  RoomLogs logs() {
    return gateway.logs();
  }

  WireEncoder encoder() {
    return encoder;
  }

  SharedInflater inflater() {
    return inflater;
  }

  JsonBytes json() {
    return json.reset();
  }

  PrivateHub privates() {
    PrivateHub known = privates;
    if (known == null) {
      known = new PrivateHub(this, Check.present(gateway.parts().feed(), "feed"));
      privates = known;
    }
    return known;
  }

  Wheel wheel() {
    return wheel;
  }

  long nowMs() {
    return gateway.time().nowMs();
  }

  /** Rooms that somebody reads here. */
  int roomCount() {
    return rooms.size();
  }

  /** Runs something later on this loop. */
  void later(Runnable task, long after, TimeUnit unit) {
    var unused = eventLoop.schedule(task, after, unit);
  }

  LoopRoom room(long roomId) {
    LoopRoom known = rooms.get(roomId);
    if (known == null) {
      known = new LoopRoom(this, gateway.enter(roomId));
      rooms.put(roomId, known);
    }
    return known;
  }

  void forget(LoopRoom room) {
    rooms.remove(room.roomId());
    gateway.leave(room.hub());
  }

  /** Hands a frame over; its bytes are the loop's from here on. Owners of rooms call it. */
  void give(long roomId, int lane, Frame frame) {
    if (queuedBytes.addAndGet(frame.sizeBytes()) > QUEUE_BYTES_MAX) {
      queuedBytes.addAndGet(-frame.sizeBytes());
      frame.bytes().release();
      // As good as a frame without a word: they hear of the range.
      attached(roomId, lane, logs().tail(roomId).epoch(), frame.to());
      return;
    }
    post(new Letter(roomId, lane, frame, 0, 0));
  }

  /** Says where a lane begins. Owners of rooms call it. */
  void attached(long roomId, int lane, long epoch, long sequence) {
    post(new Letter(roomId, lane, null, epoch, sequence));
  }

  private void post(Letter letter) {
    letters.add(letter);
    if (!isWoken.get() && isWoken.compareAndSet(false, true)) {
      eventLoop.execute(this::drain);
    }
  }

  private void drain() {
    isWoken.set(false);
    for (Letter letter = letters.poll(); letter != null; letter = letters.poll()) {
      LoopRoom room = rooms.get(letter.roomId());
      Lane lane = room == null ? null : room.lane(letter.lane());
      Frame frame = letter.frame();
      if (frame == null) {
        if (lane != null) {
          lane.attached(letter.epoch(), letter.sequence());
        }
      } else {
        queuedBytes.addAndGet(-frame.sizeBytes());
        if (lane == null) {
          frame.bytes().release();
        } else {
          lane.append(frame);
        }
      }
    }
    if (!isTurning && !passes.isEmpty()) {
      turn();
    }
  }

  /** Puts a user out of a room. Any thread. */
  void cutOff(long roomId, long userId, CutOff why) {
    eventLoop.execute(
        () -> {
          LoopRoom room = rooms.get(roomId);
          if (room != null) {
            room.cutOff(userId, why);
          }
        });
  }

  /** Tells a user something that passes by. Any thread. */
  void note(long userId, byte[] json) {
    eventLoop.execute(
        () -> {
          PrivateHub known = privates;
          if (known != null) {
            known.note(userId, json);
          }
        });
  }

  /** A lane has something for its readers. */
  void passes(Lane lane) {
    passes.add(lane);
  }

  private void turn() {
    isTurning = false;
    isInTurn = true;
    long untilNanos = gateway.time().nanos() + TURN_NANOS;
    while (!passes.isEmpty()) {
      Lane lane = passes.peek();
      if (lane.step(STEP_MEMBERS)) {
        passes.poll();
      }
      if (gateway.time().nanos() - untilNanos > 0) {
        // A large room lets small ones go first next time.
        if (passes.size() > 1 && isSame(passes.peek(), lane)) {
          passes.add(passes.poll());
        }
        break;
      }
    }
    isInTurn = false;
    flushAll();
    if (!passes.isEmpty() && !isTurning) {
      isTurning = true;
      later(this::turn, 0, TimeUnit.NANOSECONDS);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very same
  private static boolean isSame(@Nullable Lane one, Lane other) {
    return one == other;
  }

  /** Whether flushes wait for the end of the turn. */
  boolean isInTurn() {
    return isInTurn;
  }

  void flushAtEnd(LiveConnection connection) {
    toFlush.add(connection);
  }

  private void flushAll() {
    for (int i = 0; i < toFlush.size(); i++) {
      toFlush.get(i).flushNow();
    }
    toFlush.clear();
  }
}
