// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Refusal;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.shard.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * H-02: very many rooms send one packet each at the same moment, and twenty members of each open it
 * as soon as they hear of it.
 *
 * <p>All sends are handed in before the first is answered. Whoever is turned away hears a code that
 * says "later" and comes again; at the end every packet is empty, its shares add up to what was
 * sent, and all wallets together have what they had.
 */
final class RoomsBench {

  private static final int OPENERS = 20;
  private static final long TOTAL_MINOR = 2_000;
  private static final long BALANCE_MINOR = 100_000;
  private static final long FIRST_KEY = 1;

  private final BenchOptions options;
  private final ConcurrentHashMap<RefusalCode, AtomicLong> refusals = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();

  RoomsBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    int rooms = options.packets();
    long accounts = (long) rooms * (OPENERS + 1);
    List<BenchLine> lines = new ArrayList<>();
    try (EngineRig rig =
        new EngineRig(
            options.directory().resolve("rooms"), RigOptions.remembering(options.loops()))) {
      rig.fill(accounts, BALANCE_MINOR);
      AtomicLongArray drawn = new AtomicLongArray(rooms);
      long begin = System.nanoTime();
      for (int i = 0; i < options.loops(); i++) {
        int lane = i;
        rig.loop(lane).execute(() -> new Rooms(rig, lane, rooms, drawn).sendAll());
      }
      long wanted = (long) rooms * OPENERS;
      while (rig.credits().count() < wanted) {
        TimeUnit.MILLISECONDS.sleep(2);
        rig.check();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      check(rig, rooms, accounts, drawn);
      options.progress().accept("turned away for a moment: " + refusals);
      lines.add(
          BenchLine.alone(
              "rooms: " + rooms + " packets at once, " + OPENERS + " openers each",
              wanted / seconds,
              "opens/s",
              options.loops()));
      lines.add(BenchLine.alone("rooms: until the last credit", seconds, "s", options.loops()));
      lines.add(
          BenchLine.alone(
              "rooms: answers that said later",
              (double) refusals.values().stream().mapToLong(AtomicLong::get).sum(),
              "answers",
              options.loops()));
    }
    return lines;
  }

  private void check(EngineRig rig, int rooms, long accounts, AtomicLongArray drawn)
      throws InterruptedException {
    for (int room = 0; room < rooms; room++) {
      Check.equal(drawn.get(room), TOTAL_MINOR, "shares of a packet");
    }
    Check.equal(opened.get(), (long) rooms * OPENERS, "opens");
    AtomicLong wallets = new AtomicLong();
    AtomicLong escrow = new AtomicLong();
    rig.onEach(
        core -> {
          long[] sums = new long[2];
          core.state()
              .parts()
              .ledger()
              .forEach(
                  (key, balance, held, position) -> {
                    sums[0] += AccountKey.kind(key) == AccountKind.WALLET ? balance : 0;
                    sums[1] += AccountKey.kind(key) == AccountKind.ESCROW ? balance : 0;
                  });
          wallets.addAndGet(sums[0]);
          escrow.addAndGet(sums[1]);
        });
    Check.equal(wallets.get(), accounts * BALANCE_MINOR, "money of all users");
    Check.equal(escrow.get(), 0, "money in packets");
  }

  /** The rooms whose senders' connections are on one lane. */
  private final class Rooms {
    private final EngineRig rig;
    private final Lane lane;
    private final int rooms;
    private final int first;
    private final AtomicLongArray drawn;
    private final int partitions;

    private Rooms(EngineRig rig, int index, int rooms, AtomicLongArray drawn) {
      this.rig = rig;
      this.lane = rig.lanes().lane(index);
      this.rooms = rooms;
      this.first = index;
      this.drawn = drawn;
      this.partitions = rig.options().partitions();
    }

    private void sendAll() {
      for (int room = first; room < rooms; room += rig.options().loops()) {
        send(room);
      }
    }

    private long sender(int room) {
      return 1 + (long) room * (OPENERS + 1);
    }

    private void send(int room) {
      long sender = sender(room);
      PacketTerms terms =
          new PacketTerms(
              PacketKind.LUCKY_LIVE,
              GrabMode.CLASSIC,
              EngineRig.ASSET,
              TOTAL_MINOR,
              OPENERS,
              0,
              sender + 1,
              SenderNonce.NONE,
              "",
              "");
      ClientKey key =
          new ClientKey(sender * 0x9E3779B97F4A7C15L, FIRST_KEY + room, 1, ClientKey.NO_TIME);
      int partition = Slot.partition(sender, partitions);
      lane.submit(
          partition,
          new SendPacket(key, sender, terms, ""),
          (answer, position, repeated) -> {
            if (answer instanceof OrderShown shown && shown.spec() != null) {
              awaitPacket(room, partition, shown.spec());
            } else {
              later(answer, () -> send(room));
            }
          });
    }

    private void awaitPacket(int room, int partition, PacketSpec spec) {
      lane.submit(
          partition,
          new ReadOrder(spec.packetId(), spec.senderId(), true),
          (answer, position, repeated) -> {
            if (answer instanceof Refusal) {
              later(answer, () -> awaitPacket(room, partition, spec));
              return;
            }
            for (int i = 1; i <= OPENERS; i++) {
              open(room, i, spec);
            }
          });
    }

    private void open(int room, int opener, PacketSpec spec) {
      lane.submit(
          Slot.partition(spec.packetId(), partitions),
          new OpenPacket(
              spec.packetId(),
              new Viewer(sender(room) + opener, spec.claimHigh(), spec.claimLow())),
          (answer, position, repeated) -> {
            if (answer instanceof ShareShown share) {
              opened.incrementAndGet();
              drawn.addAndGet(room, share.amountMinor());
            } else {
              later(answer, () -> open(room, opener, spec));
            }
          });
    }

    private void later(Answer answer, Runnable again) {
      RefusalCode code = ((Refusal) answer).code();
      refusals.computeIfAbsent(code, name -> new AtomicLong()).incrementAndGet();
      if (code.retry() != RefusalCode.Retry.AFTER) {
        rig.onFailure(new IllegalStateException("refused for good: " + code));
        return;
      }
      long afterMs = Math.max(1, ((Refusal) answer).retryAfterMs());
      CompletableFuture.delayedExecutor(afterMs, TimeUnit.MILLISECONDS, rig.loop(first))
          .execute(again);
    }
  }
}
