// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.engine.EngineCodec;
import io.hongbao.engine.EngineEvent;
import io.hongbao.engine.EventCodec;
import io.hongbao.export.FakeSource;
import io.hongbao.export.FakeSource.Part;
import io.hongbao.export.StatementKind;
import io.hongbao.model.EntityId;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketCodec;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.StrayReason;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.LiveDraw;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.redpacket.draw.ShareChance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A seeded life of many packets, written as the events that partitions would journal, and kept
 * beside them in plain lists to compare with.
 */
final class RandomHistory {

  static final int PARTITIONS = 4;
  static final int USERS = 30;
  static final int CNY = 1;
  static final int COIN = 2;

  private static final long START_BALANCE = 1_000_000_000;
  private static final long START_MS = 1_767_200_000_000L; // An hour before the year 2026.

  /** What a packet has come to. */
  static final class Packet {
    long id;
    long senderId;
    PacketTerms terms;
    PacketSpec spec;
    long createdAtMs;
    String state;
    long closedAtMs;
    long returnedMinor;
    int bestPlace;
    String provider = "";
    final List<Share> shares = new ArrayList<>();

    long openedMinor() {
      return shares.stream().mapToLong(share -> share.amountMinor).sum();
    }
  }

  /** One opened share. */
  static final class Share {
    long userId;
    int place;
    long amountMinor;
    long openedAtMs;
    boolean isCredited;
    boolean isUnderWay = true;
  }

  final FakeSource source = new FakeSource(PARTITIONS);
  final List<Packet> packets = new ArrayList<>();
  final Map<String, List<StatementEntry>> statements = new HashMap<>();

  private final Random random;
  private final EventCodec codec = new RedPacketCodec();
  private final EventCodec engineCodec = new EngineCodec();
  private final ShareChance chance = new ShareChance();
  private final Map<String, Long> balances = new HashMap<>();
  private long nowMs = START_MS;
  private int counter;

  RandomHistory(long seed) {
    random = new Random(seed);
  }

  /** Lets so many things happen. */
  RandomHistory live(int steps) {
    for (int i = 0; i < steps; i++) {
      // Now and then a long pause, so that the history spans years.
      nowMs += random.nextInt(400) == 0 ? 40L * EntityId.DAY_MS : random.nextLong(2_000);
      switch (random.nextInt(10)) {
        case 0 -> send();
        case 1 -> settleOrder();
        case 2 -> expireOne();
        case 3 -> noise();
        default -> openOne();
      }
    }
    return this;
  }

  static int partitionOf(long key) {
    return Slot.partition(key, PARTITIONS);
  }

  private long append(int partition, RedPacketEvent... events) {
    List<Part> parts = new ArrayList<>();
    if (random.nextBoolean()) {
      parts.add(new Part(engineCodec, new EngineEvent.TransfersReceived(1, random.nextInt(99))));
    }
    for (RedPacketEvent event : events) {
      parts.add(new Part(codec, event));
    }
    lastOffset = parts.size() - events.length;
    return source.append(partition, nowMs, parts.toArray(Part[]::new));
  }

  private int lastOffset;

  private long randomUser() {
    return 10_000L + random.nextInt(USERS);
  }

  private void send() {
    Packet packet = new Packet();
    packet.senderId = randomUser();
    packet.id =
        EntityId.of(
            1,
            EntityId.dayOf(nowMs),
            partitionOf(packet.senderId),
            counter++,
            random.nextInt(Slot.COUNT));
    int count = 1 + random.nextInt(8);
    PacketKind kind =
        count == 1
            ? PacketKind.EXCLUSIVE
            : random.nextBoolean() ? PacketKind.LUCKY_LIVE : PacketKind.EQUAL;
    long total = count * (1L + random.nextInt(5_000));
    packet.terms =
        new PacketTerms(
            kind,
            random.nextBoolean() ? GrabMode.RESERVE : GrabMode.CLASSIC,
            random.nextInt(5) == 0 ? COIN : CNY,
            total,
            count,
            kind == PacketKind.EXCLUSIVE ? 0 : 88_000 + random.nextInt(3),
            kind == PacketKind.EXCLUSIVE ? randomUser() : 0,
            random.nextBoolean()
                ? SenderNonce.NONE
                : SenderNonce.ofBytes(
                    "n".repeat(random.nextInt(60)).getBytes(StandardCharsets.UTF_8)),
            switch (random.nextInt(4)) {
              case 0 -> "";
              case 1 -> "   ";
              case 2 -> "恭喜发财 🧧 it's \\ \"quoted\"";
              default -> "Happy New Year";
            },
            random.nextBoolean() ? "" : "dragon-2026");
    packet.createdAtMs = nowMs;
    packets.add(packet);
    if (random.nextInt(4) == 0) {
      packet.provider = "sim";
      packet.state = "unpaid";
      append(
          partitionOf(packet.senderId),
          new RedPacketEvent.PacketOrdered(
              packet.id, packet.senderId, packet.terms, "sim", nowMs + 900_000));
      return;
    }
    fix(packet);
    packet.state = "sending";
    long balance = change(packet.senderId, packet.terms.asset(), -total);
    long sequence =
        append(partitionOf(packet.senderId), new RedPacketEvent.PacketSent(packet.spec, balance));
    note(packet.senderId, packet, StatementKind.RED_PACKET_SENT, -total, balance, sequence);
    create(packet);
  }

  private void fix(Packet packet) {
    packet.spec =
        new PacketSpec(
            packet.id,
            packet.senderId,
            packet.terms,
            nowMs,
            nowMs + PacketSpec.LIFETIME_MS,
            random.nextLong(),
            random.nextLong(),
            new DrawSeed(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
  }

  private void create(Packet packet) {
    if (random.nextInt(20) > 0) {
      append(partitionOf(packet.id), new RedPacketEvent.PacketCreated(packet.spec));
      packet.state = "open";
    }
  }

  private void settleOrder() {
    List<Packet> unpaid = packets.stream().filter(p -> p.state.equals("unpaid")).toList();
    if (unpaid.isEmpty()) {
      return;
    }
    Packet packet = unpaid.get(random.nextInt(unpaid.size()));
    int partition = partitionOf(packet.senderId);
    switch (random.nextInt(3)) {
      case 0 -> {
        append(partition, new RedPacketEvent.OrderCancelled(packet.id));
        packet.state = "cancelled";
        packet.closedAtMs = nowMs;
      }
      case 1 -> {
        fix(packet);
        append(partition, new RedPacketEvent.OrderPaid(packet.spec, "pay-" + packet.id, nowMs - 5));
        packet.state = "sending";
        create(packet);
      }
      default -> {
        long refundId = EntityId.of(1, EntityId.dayOf(nowMs), partition, counter++, partition);
        append(
            partition,
            new RedPacketEvent.StrayPaymentTaken(
                packet.id,
                packet.senderId,
                "sim",
                refundId,
                CNY,
                77,
                "stray",
                StrayReason.WRONG_AMOUNT));
        append(partition, new RedPacketEvent.StrayPaymentRefunded(packet.id, refundId));
      }
    }
  }

  private List<Packet> open() {
    return packets.stream().filter(p -> p.state.equals("open")).toList();
  }

  private void openOne() {
    List<Packet> open = open();
    if (open.isEmpty()) {
      return;
    }
    // Most opens fall on the newest packets, so that bursts and half-open ones both occur.
    Packet packet = open.get(Math.max(0, open.size() - 1 - random.nextInt(5)));
    long userId = randomUser();
    if (packet.shares.stream().anyMatch(share -> share.userId == userId)) {
      return;
    }
    Share share = new Share();
    share.userId = userId;
    share.place = packet.shares.size() + 1;
    share.amountMinor = draw(packet, share.place);
    share.openedAtMs = nowMs;
    packet.shares.add(share);
    RedPacketEvent opened =
        new RedPacketEvent.ShareOpened(
            packet.id, userId, share.place, packet.terms.asset(), share.amountMinor);
    if (packet.shares.size() == packet.terms.count()) {
      append(partitionOf(packet.id), opened, close(packet, PacketState.EMPTY));
    } else {
      append(partitionOf(packet.id), opened);
    }
    if (random.nextInt(10) > 0) {
      credit(packet, share);
    }
  }

  private long draw(Packet packet, int place) {
    long left = packet.terms.totalMinor() - packet.openedMinor();
    int leftCount = packet.terms.count() - (place - 1);
    return switch (packet.terms.kind()) {
      case LUCKY_LIVE ->
          LiveDraw.shareMinor(chance, packet.spec.seed(), packet.id, place, left, leftCount, 1);
      default -> packet.terms.totalMinor() / packet.terms.count();
    };
  }

  private void credit(Packet packet, Share share) {
    share.isUnderWay = false;
    int asset = packet.terms.asset();
    if (random.nextInt(30) == 0) {
      append(
          partitionOf(share.userId),
          new RedPacketEvent.CreditSuspended(
              share.userId, asset, share.amountMinor, packet.id, share.place, 404));
      return;
    }
    long balance = change(share.userId, asset, share.amountMinor);
    long sequence =
        append(
            partitionOf(share.userId),
            new RedPacketEvent.ShareCredited(
                share.userId, asset, share.amountMinor, packet.id, share.place, balance));
    share.isCredited = true;
    note(
        share.userId,
        packet,
        StatementKind.RED_PACKET_RECEIVED,
        share.amountMinor,
        balance,
        sequence);
  }

  private RedPacketEvent close(Packet packet, PacketState state) {
    packet.state = state.wireName();
    packet.closedAtMs = nowMs;
    long best = 0;
    for (Share share : packet.shares) {
      if (share.amountMinor > best) {
        best = share.amountMinor;
        packet.bestPlace = share.place;
      }
    }
    return new RedPacketEvent.PacketClosed(packet.id, state, packet.bestPlace, packet.spec.seed());
  }

  private void expireOne() {
    List<Packet> open = open();
    if (open.size() < 10) {
      return;
    }
    Packet packet = open.getFirst();
    packet.returnedMinor = packet.terms.totalMinor() - packet.openedMinor();
    append(
        partitionOf(packet.id),
        new RedPacketEvent.PacketExpired(packet.id, packet.terms.asset(), packet.returnedMinor),
        close(packet, PacketState.EXPIRED));
    long balance = change(packet.senderId, packet.terms.asset(), packet.returnedMinor);
    long sequence =
        append(
            partitionOf(packet.senderId),
            new RedPacketEvent.RestReturned(
                packet.id, packet.senderId, packet.terms.asset(), packet.returnedMinor, balance));
    note(
        packet.senderId,
        packet,
        StatementKind.RED_PACKET_REFUNDED,
        packet.returnedMinor,
        balance,
        sequence);
  }

  private void noise() {
    source.mark();
    for (Packet packet : packets) {
      for (Share share : packet.shares) {
        if (share.isUnderWay && random.nextInt(3) == 0) {
          credit(packet, share);
        }
      }
    }
    if (!packets.isEmpty()) {
      long id = packets.getFirst().id;
      append(partitionOf(id), new RedPacketEvent.ShareReserved(id, randomUser(), nowMs + 5_000));
    }
  }

  private long change(long userId, int asset, long amountMinor) {
    return balances.merge(
        userId + "/" + asset, START_BALANCE + amountMinor, (before, _) -> before + amountMinor);
  }

  private void note(
      long userId, Packet packet, StatementKind kind, long amount, long balance, long sequence) {
    int asset = packet.terms.asset();
    statements
        .computeIfAbsent(userId + "/" + asset, key -> new ArrayList<>())
        .addFirst(
            new StatementEntry(
                asset, sequence, lastOffset, nowMs, kind, amount, balance, packet.id));
  }
}
