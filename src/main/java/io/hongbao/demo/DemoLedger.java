// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What everybody was told, and what follows from it: a second book that knows nothing of the
 * server's.
 *
 * <p><b>Invariant:</b> money is never made here: all balances plus what is left in packets is what
 * was funded and what providers paid.
 *
 * <p><b>Failure:</b> a contradiction is returned as sentences, and the book keeps what it was told
 * first.
 *
 * <p><b>Thread:</b> any.
 */
final class DemoLedger {

  /** A share as it was told. */
  record KnownShare(String userId, int place, long amountMinor) {

    @Override
    public String toString() {
      return "place %d of user %s with %s".formatted(place, userId, Money.text(amountMinor));
    }
  }

  private static final class KnownPacket {

    final String id;
    final String senderId;
    final long totalMinor;
    final int count;
    final Map<String, KnownShare> byUser = new HashMap<>();
    final Map<Integer, KnownShare> byPlace = new TreeMap<>();
    boolean expired;

    KnownPacket(String id, String senderId, long totalMinor, int count) {
      this.id = id;
      this.senderId = senderId;
      this.totalMinor = totalMinor;
      this.count = count;
    }

    long openedMinor() {
      return byPlace.values().stream().mapToLong(KnownShare::amountMinor).sum();
    }

    long leftMinor() {
      return expired ? 0 : totalMinor - openedMinor();
    }
  }

  private final Map<String, Long> balancesMinor = new LinkedHashMap<>();
  private final Map<String, KnownPacket> packets = new LinkedHashMap<>();

  synchronized void funded(String userId, long amountMinor) {
    balancesMinor.merge(userId, amountMinor, Math::addExact);
  }

  /** A packet was paid from its sender's balance; the same packet twice is a contradiction. */
  synchronized List<String> sent(String packetId, String senderId, long totalMinor, int count) {
    List<String> complaints = paidByProvider(packetId, senderId, totalMinor, count);
    if (complaints.isEmpty()) {
      balancesMinor.merge(senderId, -totalMinor, Math::addExact);
    }
    return complaints;
  }

  /** A packet was paid from elsewhere: its sender's balance does not change. */
  synchronized List<String> paidByProvider(
      String packetId, String senderId, long totalMinor, int count) {
    KnownPacket packet = new KnownPacket(packetId, senderId, totalMinor, count);
    return packets.putIfAbsent(packetId, packet) == null
        ? List.of()
        : List.of("packet " + packetId + " was created twice");
  }

  /** Somebody was told of a share; being told the same again is no contradiction. */
  synchronized List<String> opened(String userId, Told.Opened told) {
    return took(packet(told.packetId()), new KnownShare(userId, told.place(), told.amountMinor()));
  }

  private List<String> took(KnownPacket packet, KnownShare share) {
    KnownShare ofUser = packet.byUser.get(share.userId());
    if (share.equals(ofUser)) {
      return List.of();
    }
    if (ofUser != null) {
      return List.of("packet %s: told %s, later %s".formatted(packet.id, ofUser, share));
    }
    KnownShare atPlace = packet.byPlace.get(share.place());
    if (atPlace != null) {
      return List.of("packet %s: told %s, also %s".formatted(packet.id, atPlace, share));
    }
    if (share.place() < 1 || share.place() > packet.count) {
      return List.of("packet %s of %d has %s".formatted(packet.id, packet.count, share));
    }
    if (share.amountMinor() < 1 || share.amountMinor() > packet.totalMinor - packet.openedMinor()) {
      return List.of(
          "packet %s: %s, %s were left"
              .formatted(packet.id, share, Money.text(packet.totalMinor - packet.openedMinor())));
    }
    packet.byUser.put(share.userId(), share);
    packet.byPlace.put(share.place(), share);
    balancesMinor.merge(share.userId(), share.amountMinor(), Math::addExact);
    return List.of();
  }

  /** The packet's time is over: what is left is its sender's again; returns how much. */
  synchronized long expired(String packetId) {
    KnownPacket packet = packet(packetId);
    long restMinor = packet.leftMinor();
    packet.expired = true;
    balancesMinor.merge(packet.senderId, restMinor, Math::addExact);
    return restMinor;
  }

  /**
   * Compares a packet with what was told of it, and takes over the shares that nobody was told of:
   * whose answer got lost may still have one.
   *
   * @param news filled with the users whose share is news
   */
  synchronized List<String> compare(Told.Packet view, Set<String> news) {
    KnownPacket packet = packet(view.id());
    List<String> complaints = new ArrayList<>();
    String name = "packet " + view.id();
    Map<String, KnownShare> seen = new HashMap<>();
    Set<Integer> places = new HashSet<>();
    long sumMinor = 0;
    for (Told.Share told : view.shares()) {
      KnownShare share = new KnownShare(told.userId(), told.place(), told.amountMinor());
      sumMinor = Math.addExact(sumMinor, share.amountMinor());
      if (seen.put(share.userId(), share) != null) {
        complaints.add(name + " has two shares of user " + share.userId());
      }
      if (!places.add(share.place())) {
        complaints.add(name + " has place " + share.place() + " twice");
      }
    }
    for (KnownShare acknowledged : packet.byPlace.values()) {
      KnownShare there = seen.get(acknowledged.userId());
      if (!acknowledged.equals(there)) {
        complaints.add(
            "%s: %s was acknowledged, there is %s"
                .formatted(name, acknowledged, there == null ? "no share" : there));
      }
    }
    for (KnownShare share : seen.values()) {
      if (!packet.byUser.containsKey(share.userId())) {
        news.add(share.userId());
        complaints.addAll(took(packet, share));
      }
    }
    complaints.addAll(sums(name, view, sumMinor, packet));
    return complaints;
  }

  private static List<String> sums(
      String name, Told.Packet view, long sumMinor, KnownPacket packet) {
    List<String> complaints = new ArrayList<>();
    if (view.totalMinor() != packet.totalMinor || view.count() != packet.count) {
      complaints.add(name + " has another total or count than was sent");
    }
    if (view.openedCount() != view.shares().size() || view.openedMinor() != sumMinor) {
      complaints.add(name + " lists other shares than it counts");
    }
    if (view.openedMinor() + view.leftMinor() + view.refundedMinor() != view.totalMinor()) {
      complaints.add(
          "%s: %s opened, %s left, %s returned do not add up to %s"
              .formatted(
                  name,
                  Money.text(view.openedMinor()),
                  Money.text(view.leftMinor()),
                  Money.text(view.refundedMinor()),
                  Money.text(view.totalMinor())));
    }
    return complaints;
  }

  /** What the user must have once all credits have arrived. */
  synchronized long balanceMinor(String userId) {
    return balancesMinor.getOrDefault(userId, 0L);
  }

  synchronized long allBalancesMinor() {
    return balancesMinor.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Money that is in no balance, but in packets. */
  synchronized long inPacketsMinor() {
    return packets.values().stream().mapToLong(KnownPacket::leftMinor).sum();
  }

  synchronized boolean has(String packetId, String userId) {
    return packet(packetId).byUser.containsKey(userId);
  }

  synchronized @Nullable KnownShare share(String packetId, String userId) {
    return packet(packetId).byUser.get(userId);
  }

  synchronized int packetCount() {
    return packets.size();
  }

  synchronized int shareCount() {
    return packets.values().stream().mapToInt(packet -> packet.byPlace.size()).sum();
  }

  private KnownPacket packet(String packetId) {
    KnownPacket packet = packets.get(packetId);
    if (packet == null) {
      throw new IllegalStateException("the play knows no packet " + packetId);
    }
    return packet;
  }
}
