// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.Follower;
import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomLogs;
import io.hongbao.live.Tail;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One room where its log grows: gathers what belongs to one moment, encodes it for each lane that
 * anybody reads, and hands it to the loops that have readers.
 *
 * <p><b>Thread:</b> the loop that owns the room; what is marked so is called from any.
 *
 * <p><b>Invariant:</b> every lane gets the entries in order and without a gap, from the place that
 * it was told when it was attached.
 */
final class RoomHub implements Follower {

  /** Entries of one frame, by {@code sizeBytes}: some 100 talks, whose JSON is a little shorter. */
  private static final int FRAME_BYTES_MAX = 48 * 1024;

  private record Asked(int loop, int lane) {}

  /** Loops that have readers of the room; the gateway's, under the lock of its map. */
  int loopCount;

  private final long roomId;
  private final Gateway gateway;
  private final int frameBytes;
  private final long[] lanesOfLoop;
  private final LongAdder members = new LongAdder();
  private final LongAdder joins = new LongAdder();
  private final WindowRule window;
  private final List<Asked> asked = new ArrayList<>();
  private final List<LogEntry> gathered = new ArrayList<>();
  private RoomLogs.@Nullable Registration registration;
  private boolean hasStarted;
  private boolean isTimed;
  private long epoch;
  private long toldSequence;
  private long seenMembers;
  private long seenJoins;

  RoomHub(long roomId, Gateway gateway) {
    this.roomId = roomId;
    this.gateway = gateway;
    // A frame is at most the quarter of an outbox that is kept for it.
    this.frameBytes = Math.min(FRAME_BYTES_MAX, gateway.limits().outboxBytes() / 4);
    this.lanesOfLoop = new long[gateway.loops().size()];
    this.window = new WindowRule(lanesOfLoop.length);
  }

  long roomId() {
    return roomId;
  }

  /** Readers on all loops, about. Any thread. */
  long members() {
    return members.sum();
  }

  /** Any thread. */
  void came() {
    members.increment();
    joins.increment();
  }

  /** Any thread. */
  void went() {
    members.decrement();
  }

  /** A loop wants a lane; it is told where that begins. Any thread. */
  void attach(int loop, int lane) {
    gateway
        .logs()
        .owner(roomId)
        .execute(
            () -> {
              asked.add(new Asked(loop, lane));
              if (registration == null) {
                registration = gateway.logs().follow(roomId, this);
              } else if (hasStarted) {
                answer();
              }
            });
  }

  /** A loop wants a lane no more. Any thread. */
  void detach(int loop, int lane) {
    gateway
        .logs()
        .owner(roomId)
        .execute(
            () -> {
              asked.remove(new Asked(loop, lane));
              lanesOfLoop[loop] &= ~(1L << lane);
              stopIfUnread();
            });
  }

  private void stopIfUnread() {
    for (long lanes : lanesOfLoop) {
      if (lanes != 0) {
        return;
      }
    }
    if (asked.isEmpty() && registration != null) {
      registration.close();
      registration = null;
      hasStarted = false;
      gathered.clear();
    }
  }

  @Override
  public void started(Tail tail) {
    hasStarted = true;
    epoch = tail.epoch();
    toldSequence = tail.lastSequence();
    answer();
  }

  private void answer() {
    // What is on its way goes out first, so that a lane begins at one clear place.
    tell();
    for (Asked one : asked) {
      lanesOfLoop[one.loop()] |= 1L << one.lane();
      gateway.loops().get(one.loop()).attached(roomId, one.lane(), epoch, toldSequence);
    }
    asked.clear();
  }

  @Override
  public void entries(List<LogEntry> batch) {
    for (LogEntry entry : batch) {
      if (entry.sequence() > toldSequence) {
        gathered.add(entry);
      }
    }
    long nowNanos = gateway.time().nanos();
    window.came(batch.size(), members(), nowNanos);
    if (isTimed) {
      return;
    }
    long waitNanos = window.waitNanos(nowNanos);
    if (waitNanos <= 0) {
      tell();
    } else {
      isTimed = true;
      gateway.loopOfThread().later(this::timed, waitNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void timed() {
    isTimed = false;
    tell();
  }

  private void tell() {
    if (gathered.isEmpty()) {
      return;
    }
    window.told(gateway.time().nanos());
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < gathered.size(); i++) {
      bytes += gathered.get(i).entry().sizeBytes();
      if (bytes >= frameBytes || i == gathered.size() - 1) {
        tell(gathered.subList(from, i + 1));
        from = i + 1;
        bytes = 0;
      }
    }
    toldSequence = gathered.get(gathered.size() - 1).sequence();
    gathered.clear();
  }

  private void tell(List<LogEntry> entries) {
    long wanted = 0;
    for (long lanes : lanesOfLoop) {
      wanted |= lanes;
    }
    if (wanted == 0) {
      return;
    }
    WireEncoder encoder = gateway.loopOfThread().encoder();
    int moneyBytes = 0;
    for (LogEntry entry : entries) {
      moneyBytes += entry.entry().isMoney() ? entry.entry().sizeBytes() : 0;
    }
    long atMs = entries.get(entries.size() - 1).atMs();
    for (int density = 0; density < Density.COUNT; density++) {
      Moment moment = null;
      for (int lane = density; lane < Wire.LANES; lane += Density.COUNT) {
        if ((wanted & 1L << lane) == 0) {
          continue;
        }
        if (moment == null) {
          moment = Moment.of(entries, Density.at(density));
        }
        ByteBuf bytes = encoder.encode(Wire.ofLane(lane), roomId, moment);
        give(lane, new Frame(moment.from(), moment.to(), entries.size(), moneyBytes, atMs, bytes));
      }
    }
  }

  private void give(int lane, Frame frame) {
    for (int loop = 0; loop < lanesOfLoop.length; loop++) {
      if ((lanesOfLoop[loop] & 1L << lane) != 0) {
        frame.bytes().retain();
        gateway.loops().get(loop).give(roomId, lane, frame);
      }
    }
    frame.bytes().release();
  }

  /** How many watch, if that has changed and anybody does; one thread's. */
  @Nullable Presence presence() {
    long watching = members();
    long joined = joins.sum() - seenJoins;
    if (watching == seenMembers && joined == 0) {
      return null;
    }
    seenMembers = watching;
    seenJoins += joined;
    return watching == 0 ? null : new Presence(watching, joined);
  }
}
