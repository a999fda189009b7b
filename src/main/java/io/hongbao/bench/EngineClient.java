// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.engine.Answer;
import io.hongbao.engine.BatchPort;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.ReplyPort;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.shard.Lane;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one lane: keeps its packets alive and opens them, never more at a time than the
 * load allows.
 *
 * <p>A packet that got as many opens as it has shares gives its place to a new one, so the number
 * of live packets stays.
 *
 * <p><b>Thread:</b> the lane's loop.
 */
final class EngineClient implements Runnable, ReplyPort, BatchPort {

  /** So that the lane's mail gets its turn between. */
  private static final int OPENS_PER_RUN = 256;

  private static final int SENDS_IN_FLIGHT = 2_048;

  // Openers of one packet are this far apart: no user meets a packet twice.
  private static final long STRIDE = 7_919;

  private final EngineLoad load;
  private final Lane lane;
  private final LoopThread loop;
  private final int partitions;
  private final SplittableRandom chance;
  private final long[] ids;
  private final long[] codesHigh;
  private final long[] codesLow;
  private final int[] opens;
  private final long[] firstUsers;
  private int sent;
  private int inTurn;
  private int turnPlace;
  private final AtomicInteger ready = new AtomicInteger();
  private boolean isScheduled;
  private long keyNumber;

  // Written here, read by all clients and by the thread that measures.
  private final AtomicLong issued = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  EngineClient(EngineLoad load, Lane lane, LoopThread loop, int packets, long seed) {
    this.load = load;
    this.lane = lane;
    this.loop = loop;
    this.partitions = load.rig().options().partitions();
    this.chance = new SplittableRandom(seed);
    this.ids = new long[packets];
    this.codesHigh = new long[packets];
    this.codesLow = new long[packets];
    this.opens = new int[packets];
    this.firstUsers = new long[packets];
  }

  long issued() {
    return issued.get();
  }

  long answered() {
    return answered.get();
  }

  long refused() {
    return refused.get();
  }

  private static void add(AtomicLong counter, long delta) {
    counter.lazySet(counter.getPlain() + delta);
  }

  /** Whether all places have a packet. */
  boolean isReady() {
    return ready.get() == ids.length;
  }

  /** Sends packets for all places, so many at a time; on the loop. */
  void sendFirst() {
    while (sent < ids.length && sent - ready.get() < SENDS_IN_FLIGHT) {
      send(sent++);
    }
  }

  private void send(int place) {
    long sender = 1 + chance.nextLong(load.accounts());
    PacketTerms terms =
        new PacketTerms(
            PacketKind.LUCKY_LIVE,
            GrabMode.CLASSIC,
            EngineRig.ASSET,
            100L * load.shares(),
            load.shares(),
            0,
            otherThan(sender),
            SenderNonce.NONE,
            "",
            "");
    keyNumber++;
    ClientKey key = new ClientKey(chance.nextLong(), keyNumber, 1, ClientKey.NO_TIME);
    int partition = Slot.partition(sender, partitions);
    lane.submit(
        partition,
        new SendPacket(key, sender, terms, ""),
        (answer, position, repeated) -> {
          if (answer instanceof OrderShown shown && shown.spec() != null) {
            awaitPacket(place, partition, shown.spec());
          } else {
            retryLater(place, answer);
          }
        });
  }

  private long otherThan(long user) {
    return user % load.accounts() + 1;
  }

  private void retryLater(int place, Answer answer) {
    load.sendRefused(answer);
    loop.execute(() -> send(place));
  }

  private void awaitPacket(int place, int partition, PacketSpec spec) {
    lane.submit(
        partition,
        new ReadOrder(spec.packetId(), spec.senderId(), true),
        (answer, position, repeated) -> {
          if (answer instanceof Refusal) {
            loop.execute(() -> awaitPacket(place, partition, spec));
            return;
          }
          put(place, spec);
        });
  }

  private void put(int place, PacketSpec spec) {
    boolean isFirst = ids[place] == 0;
    ids[place] = spec.packetId();
    codesHigh[place] = spec.claimHigh();
    codesLow[place] = spec.claimLow();
    opens[place] = 0;
    firstUsers[place] = chance.nextLong(load.accounts());
    if (isFirst) {
      ready.incrementAndGet();
      if (sent < ids.length) {
        loop.execute(this::sendFirst);
      }
    }
    schedule();
  }

  /** Lets the client look whether it may open more. */
  void schedule() {
    if (!isScheduled) {
      isScheduled = true;
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    isScheduled = false;
    int room = load.room(OPENS_PER_RUN);
    if (room == 0 || ready.get() < ids.length) {
      return;
    }
    if (load.batch() > 1) {
      openTogether(room);
    } else {
      for (int i = 0; i < room; i++) {
        OpenPacket open = next();
        if (open == null) {
          break;
        }
        add(issued, 1);
        lane.submit(Slot.partition(open.packetId(), partitions), open, this);
      }
    }
    schedule();
  }

  private void openTogether(int room) {
    int count = Math.min(room, load.batch());
    Command[] commands = new Command[count];
    int[] targets = new int[count];
    int filled = 0;
    while (filled < count) {
      OpenPacket open = next();
      if (open == null) {
        break;
      }
      commands[filled] = open;
      targets[filled++] = Slot.partition(open.packetId(), partitions);
    }
    add(issued, filled);
    lane.submitAll(Arrays.copyOf(targets, filled), Arrays.copyOf(commands, filled), this);
  }

  /** From now on opens so many shares of each packet, packet by packet, and then no more. */
  void openInTurn(int sharesOfEach) {
    inTurn = sharesOfEach;
    turnPlace = 0;
    schedule();
  }

  int places() {
    return ids.length;
  }

  private @Nullable OpenPacket nextInTurn() {
    while (turnPlace < ids.length && opens[turnPlace] >= inTurn) {
      turnPlace++;
    }
    return turnPlace == ids.length ? null : open(turnPlace);
  }

  private OpenPacket open(int place) {
    long user = (firstUsers[place] + opens[place] * STRIDE) % load.accounts() + 1;
    opens[place]++;
    return new OpenPacket(ids[place], new Viewer(user, codesHigh[place], codesLow[place]));
  }

  // Null when the packets that this shape asks for are all on their way.
  private @Nullable OpenPacket next() {
    if (inTurn > 0) {
      return nextInTurn();
    }
    for (int tries = 0; tries < 16; tries++) {
      int place = load.shape().pick(chance.nextLong(), ids.length);
      if (opens[place] < load.shares()) {
        OpenPacket open = open(place);
        if (opens[place] == load.shares()) {
          send(place);
        }
        return open;
      }
    }
    return null;
  }

  @Override
  public void deliver(Answer answer, long position, boolean repeated) {
    add(answered, 1);
    if (answer instanceof Refusal) {
      add(refused, 1);
      load.openRefused(answer);
      schedule();
    }
  }

  @Override
  public void deliver(int index, Answer answer, long position, boolean repeated) {
    deliver(answer, position, repeated);
  }
}
