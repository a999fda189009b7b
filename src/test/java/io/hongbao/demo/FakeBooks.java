// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.demo.FakePacket.FakeShare;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.DrawTerms;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.time.SeededRandomness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the fake server keeps over a kill, with the faults that it is told to have. */
final class FakeBooks {

  /** What goes wrong, so that the play can be seen to notice. */
  enum Fault {
    LOSES_A_SHARE_AT_THE_KILL,
    CHANGES_AN_AMOUNT_AT_THE_KILL,
    FORGETS_KEYS_AT_THE_KILL,
    KEEPS_A_FEN_OF_THE_REST,
    OPENS_BEFORE_THE_PAYMENT,
    GIVES_STRANGERS_A_SHARE,
    CREDITS_TWICE
  }

  /** Thrown for a refusal. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;

    Refused(int status, String code) {
      super(code);
      this.status = status;
    }
  }

  static final long DAY_MS = 86_400_000;
  private static final long FIRST_ID = 1_204_540_170_000_042_317L;

  final Set<Fault> faults = EnumSet.noneOf(Fault.class);
  final Map<String, String> userByToken = new LinkedHashMap<>();
  final Map<String, Long> balances = new LinkedHashMap<>();
  final Map<String, List<JsonObject>> entries = new LinkedHashMap<>();
  final Map<String, FakePacket> packets = new LinkedHashMap<>();
  private final Map<String, JsonObject> kept = new LinkedHashMap<>();
  private final SeededRandomness randomness = new SeededRandomness(7);
  private long offsetMs;
  private int tokens;

  long nowMs() {
    return System.currentTimeMillis() + offsetMs;
  }

  JsonArray tokens(long first, int count, long fundMinor) {
    JsonArray list = new JsonArray();
    for (long id = first; id < first + count; id++) {
      String token = "token-" + id + "-" + tokens++;
      userByToken.put(token, Long.toString(id));
      post(Long.toString(id), fundMinor, "top_up", "");
      list.add(new JsonObject().put("user_id", Long.toString(id)).put("token", token));
    }
    return list;
  }

  void post(String user, long minor, String kind, String ref) {
    long after = balances.merge(user, minor, Long::sum);
    entries
        .computeIfAbsent(user, id -> new ArrayList<>())
        .addFirst(
            new JsonObject()
                .put("kind", kind)
                .put("amount", minor)
                .put("balance_after", after)
                .put("ref", new JsonObject().put("kind", "red_packet").put("id", ref)));
  }

  /** Returns the answer, and true in a field of its own when it was given before. */
  JsonObject send(String user, String key, JsonObject order) throws Refused {
    JsonObject before = kept.get(user + key);
    if (before != null) {
      return before.copy().put("replayed", true);
    }
    long total = order.getJsonObject("total").getLong("amount");
    int count = order.getInteger("count");
    PacketKind kind = PacketKind.ofWireName(order.getString("kind"));
    if (kind == PacketKind.EQUAL && total % count != 0) {
      throw new Refused(409, "indivisible");
    }
    DrawTerms terms =
        new DrawTerms(
            FIRST_ID + packets.size(),
            kind,
            total,
            count,
            1,
            nowMs() + DAY_MS,
            SenderNonce.ofBase64Url(order.getString("nonce", "")));
    byte[] seed = new byte[DrawSeed.SIZE_BYTES];
    randomness.nextBytes(seed);
    boolean unpaid = order.containsKey("pay_with");
    FakePacket packet =
        new FakePacket(
            user,
            order.getJsonObject("audience"),
            terms,
            DrawSeed.ofBytes(seed, 0),
            unpaid ? "unpaid" : "open");
    packets.put(packet.id(), packet);
    if (!unpaid) {
      post(user, -total, "red_packet_sent", packet.id());
    } else if (faults.contains(Fault.OPENS_BEFORE_THE_PAYMENT)) {
      paid(packet);
    }
    JsonObject answer = packet.sentJson().put("state", unpaid ? "unpaid" : "open");
    kept.put(user + key, answer);
    return answer.copy();
  }

  void paid(FakePacket packet) {
    if (packet.state.equals("unpaid")) {
      packet.state = "open";
    }
  }

  FakePacket visible(String user, String packetId) throws Refused {
    FakePacket packet = packets.get(packetId);
    if (packet == null || !packet.isSeenBy(user)) {
      throw new Refused(404, "not_found");
    }
    return packet;
  }

  JsonObject grab(String user, String packetId) throws Refused {
    FakePacket packet = visible(user, packetId);
    mayTake(packet, user);
    packet.reservedFor.add(user);
    return new JsonObject().put("packet_id", packetId).put("state", "reserved");
  }

  JsonObject open(String user, String packetId) throws Refused {
    FakePacket known = packets.get(packetId);
    FakePacket packet =
        faults.contains(Fault.GIVES_STRANGERS_A_SHARE) && known != null
            ? known
            : visible(user, packetId);
    boolean first = packet.shareOf(user) == null;
    if (first) {
      mayTake(packet, user);
      int place = packet.shares.size() + 1;
      long amount = packet.table.amountMinor(place);
      packet.shares.add(new FakeShare(user, place, amount, nowMs()));
      packet.reservedFor.remove(user);
      packet.state = packet.leftCount() == 0 ? "empty" : packet.state;
      post(user, amount, "red_packet_received", packetId);
      if (faults.contains(Fault.CREDITS_TWICE) && packets.size() == 1 && place == 1) {
        post(user, amount, "red_packet_received", packetId);
      }
    }
    return packet.openedJson(user, first);
  }

  private static void mayTake(FakePacket packet, String user) throws Refused {
    if (packet.state.equals("expired")) {
      throw new Refused(410, "expired");
    }
    if (packet.leftCount() == 0) {
      throw new Refused(410, "empty");
    }
    if (!packet.reservedFor.contains(user) && packet.leftCount() <= packet.reservedFor.size()) {
      throw new Refused(409, "all_reserved");
    }
  }

  JsonObject advance(long byMs) {
    offsetMs += byMs;
    for (FakePacket packet : packets.values()) {
      if (packet.state.equals("open") && packet.terms.expiresAtMs() <= nowMs()) {
        packet.refundedMinor = packet.leftMinor();
        packet.state = "expired";
        long fen = faults.contains(Fault.KEEPS_A_FEN_OF_THE_REST) ? 1 : 0;
        post(packet.senderId, packet.refundedMinor - fen, "red_packet_refunded", packet.id());
      }
    }
    return new JsonObject().put("now", Instant.ofEpochMilli(nowMs()).toString());
  }

  /** The power is cut. The first share of a packet is one that was surely answered. */
  void killed() {
    if (faults.contains(Fault.FORGETS_KEYS_AT_THE_KILL)) {
      kept.clear();
    }
    List<FakePacket> open =
        packets.values().stream()
            .filter(packet -> packet.state.equals("open") && packet.shares.size() > 1)
            .toList();
    if (open.isEmpty()) {
      return;
    }
    List<FakeShare> lost = open.getFirst().shares;
    List<FakeShare> changed = open.getLast().shares;
    if (faults.contains(Fault.LOSES_A_SHARE_AT_THE_KILL)) {
      lost.removeFirst();
    }
    if (faults.contains(Fault.CHANGES_AN_AMOUNT_AT_THE_KILL)) {
      FakeShare share = changed.getFirst();
      changed.set(
          0, new FakeShare(share.userId(), share.place(), share.amountMinor() + 1, share.atMs()));
    }
  }

  JsonObject account(String user) {
    JsonArray list = new JsonArray();
    if (balances.containsKey(user)) {
      list.add(
          new JsonObject()
              .put("asset", Money.ASSET)
              .put("balance", balances.get(user))
              .put("held", 0)
              .put("position", "1:1"));
    }
    return new JsonObject().put("user_id", user).put("balances", list);
  }

  JsonObject trialBalance() {
    long users = balances.values().stream().mapToLong(Long::longValue).sum();
    long escrow = packets.values().stream().mapToLong(FakePacket::leftMinor).sum();
    JsonArray kinds =
        new JsonArray()
            .add(new JsonObject().put("kind", "user").put("sum", users))
            .add(new JsonObject().put("kind", "escrow").put("sum", escrow))
            .add(new JsonObject().put("kind", "clearing").put("sum", -users - escrow));
    JsonArray assets =
        new JsonArray()
            .add(new JsonObject().put("asset", Money.ASSET).put("accounts", kinds).put("sum", 0));
    return new JsonObject()
        .put("balanced", true)
        .put("totals", assets)
        .put("in_flight", new JsonArray())
        .put(
            "partitions",
            new JsonArray().add(new JsonObject().put("position", "1:1").put("assets", assets)));
  }
}
