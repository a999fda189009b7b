// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.sim.SimClients.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** People who send red packets of every kind, grab, open and look at those of others. */
final class SimPackets {

  private static final int MEMORY = 4_000;

  private final SimOptions options;
  private final SplittableRandom chance;
  private final List<Long> packets = new ArrayList<>();
  private final List<Long> ordered = new ArrayList<>();

  SimPackets(SimOptions options, SplittableRandom chance) {
    this.options = options;
    this.chance = chance;
  }

  /** Packets that a provider is to pay. */
  List<Long> ordered() {
    return ordered;
  }

  private long user() {
    return 1_001L + chance.nextInt(options.users());
  }

  SimTransfers.Wish send() {
    long user = user();
    PacketTerms terms = terms(user);
    String provider =
        switch (chance.nextInt(12)) {
          case 0, 1, 2 -> SimOptions.PROVIDER;
          case 3 -> chance.nextInt(10) == 0 ? "nobody" : "";
          default -> "";
        };
    return new SimTransfers.Wish(user, key -> new SendPacket(key, user, terms, provider));
  }

  private PacketTerms terms(long user) {
    PacketKind[] kinds = PacketKind.values();
    PacketKind kind = kinds[chance.nextInt(kinds.length)];
    int count = kind == PacketKind.EXCLUSIVE ? 1 : 1 + chance.nextInt(SimOptions.COUNT_MAX);
    long total = (long) count + chance.nextInt(1_500);
    if (kind == PacketKind.EQUAL && chance.nextInt(10) > 0) {
      total -= total % count;
    }
    switch (chance.nextInt(60)) {
      case 0 -> total = 0;
      case 1 -> total = SimOptions.TOTAL_MAX + 1;
      case 2 -> count = SimOptions.COUNT_MAX + 1;
      case 3 -> count = 0;
      case 4 -> total = Math.max(1, count - 1);
      default -> {}
    }
    boolean toUser = kind == PacketKind.EXCLUSIVE || chance.nextInt(4) == 0;
    long room = toUser ? 0 : chance.nextInt(5) == 0 ? SimOptions.EVEN_ROOM : SimOptions.PUBLIC_ROOM;
    long recipient = toUser ? user() : 0;
    if (chance.nextInt(60) == 0) {
      recipient = chance.nextBoolean() ? user : 0;
    }
    return new PacketTerms(
        kind,
        chance.nextBoolean() ? GrabMode.RESERVE : GrabMode.CLASSIC,
        SimTransfers.asset(chance),
        total,
        count,
        room,
        recipient,
        SenderNonce.NONE,
        chance.nextInt(60) == 0 ? "x".repeat(SimOptions.TEXT_MAX + 1) : "luck",
        "");
  }

  private long packet() {
    if (packets.isEmpty()) {
      return 1;
    }
    // Mostly the newest, so that some packets run empty.
    int size = packets.size();
    int back = chance.nextInt(4) == 0 ? chance.nextInt(size) : chance.nextInt(Math.min(size, 6));
    return packets.get(size - 1 - back);
  }

  private Viewer viewer() {
    return new Viewer(user(), 0, 0);
  }

  Request grab() {
    return grab(packet());
  }

  Request grab(long packetId) {
    return new Request(options.partitionOf(packetId), new GrabPacket(packetId, viewer()));
  }

  Request open() {
    long packetId = packet();
    return new Request(options.partitionOf(packetId), new OpenPacket(packetId, viewer()));
  }

  Request read() {
    long packetId = packet();
    return new Request(options.partitionOf(packetId), new ReadPacket(packetId, viewer()));
  }

  /** Asks for an order, its sender's or not. */
  Request readOrder(long userId) {
    boolean untilCreated = chance.nextBoolean();
    return new Request(options.partitionOf(userId), new ReadOrder(packet(), userId, untilCreated));
  }

  /** Remembers what an answer told. */
  void heard(Command command, Answer answer) {
    if (command instanceof SendPacket sent && answer instanceof OrderShown shown) {
      long id = shown.order().packetId();
      if (!packets.contains(id)) {
        remember(packets, id);
        if (!sent.provider().isEmpty()) {
          remember(ordered, id);
        }
      }
    }
  }

  private void remember(List<Long> list, long one) {
    if (list.size() < MEMORY) {
      list.add(one);
    } else {
      list.set(chance.nextInt(MEMORY), one);
    }
  }
}
