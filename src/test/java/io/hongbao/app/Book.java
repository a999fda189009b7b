// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.app.HttpCalls.Reply;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a crowd asked, and what it was told: the model that the server is held against.
 *
 * <p><b>Thread:</b> any.
 */
final class Book {

  private final long fundMinor;
  private final Map<Long, String> tokens;
  private final Map<String, Keyed> keyed = new ConcurrentHashMap<>();
  private final Map<String, Reply> told = new ConcurrentHashMap<>();
  private final Map<Opened, Share> shares = new ConcurrentHashMap<>();
  private final Map<Opened, Boolean> opensUnknown = new ConcurrentHashMap<>();
  private final Map<String, Packet> packets = new ConcurrentHashMap<>();
  private final List<Packet> newest = new ArrayList<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /** A change that was asked for under a key. */
  record Keyed(String path, long userId, String key, JsonObject body, long amountMinor) {

    boolean isSend() {
      return path.equals("/v1/red-packets");
    }
  }

  /** Who opened what. */
  record Opened(String packetId, long userId) {}

  record Share(int place, long amountMinor) {}

  record Packet(String id, long senderId, long totalMinor, int count, String commitment) {}

  Book(Map<Long, String> tokens, long fundMinor) {
    this.tokens = tokens;
    this.fundMinor = fundMinor;
  }

  /** What is told at this moment, to be held against something that may know more. */
  Book copy() {
    Book copy = new Book(tokens, fundMinor);
    copy.told.putAll(told);
    told.keySet().forEach(key -> copy.keyed.put(key, keyed.get(key)));
    copy.packets.putAll(packets);
    copy.shares.putAll(shares);
    return copy;
  }

  List<Long> users() {
    return tokens.keySet().stream().sorted().toList();
  }

  String token(long userId) {
    return tokens.get(userId);
  }

  /** Must be noted before it is asked: from then on it may have happened. */
  void asked(Keyed call) {
    keyed.put(call.key(), call);
  }

  /** Notes the answer to a change. */
  void told(Keyed call, Reply reply) {
    if (reply.status() == 503) {
      // Says that nothing was done; the balances would tell if it were not so.
      keyed.remove(call.key());
      return;
    }
    Reply before = told.put(call.key(), reply);
    if (before != null && !same(before, reply)) {
      wrong("%s was answered %s and then %s", call, before, reply);
    }
    if (reply.status() == 409) {
      if (!reply.code().equals("insufficient_funds")) {
        wrong("%s was refused: %s", call, reply);
      }
    } else if (reply.status() != 201 && reply.status() != 202) {
      wrong("%s was answered %s", call, reply);
    } else if (call.isSend()) {
      sent(call, reply);
    }
  }

  // The stored answer to a send may have grown from "sending" to "open" meanwhile.
  private static boolean same(Reply one, Reply other) {
    boolean isAccepted = one.status() < 300 && other.status() < 300;
    return isAccepted
        ? one.body().getString("id").equals(other.body().getString("id"))
        : one.status() == other.status() && one.code().equals(other.code());
  }

  private void sent(Keyed call, Reply reply) {
    JsonObject body = reply.body();
    Packet packet =
        new Packet(
            body.getString("id"),
            call.userId(),
            call.amountMinor(),
            call.body().getInteger("count"),
            body.getString("commitment"));
    Packet before = packets.put(packet.id(), packet);
    if (before != null && !before.equals(packet)) {
      wrong("%s is now %s", before, packet);
    }
    if (before == null && reply.status() == 201) {
      synchronized (newest) {
        newest.add(packet);
      }
    }
  }

  /** One of the newest packets that exist; null while there is none. */
  @Nullable Packet recentPacket(int howRecent) {
    synchronized (newest) {
      return newest.isEmpty() ? null : newest.get(Math.max(0, newest.size() - 1 - howRecent));
    }
  }

  void openAsked(Opened opened) {
    opensUnknown.put(opened, true);
  }

  /** Notes the answer to an open. */
  void openTold(Opened opened, Reply reply) {
    opensUnknown.remove(opened);
    Share before = shares.get(opened);
    if (reply.status() == 200) {
      JsonObject body = reply.body();
      Share share =
          new Share(body.getInteger("place"), body.getJsonObject("amount").getLong("amount"));
      shares.put(opened, share);
      if (before != null && !before.equals(share)) {
        wrong("%s had %s and now has %s", opened, before, share);
      }
      return;
    }
    boolean isRefusal = reply.status() == 409 || reply.status() == 410 || reply.status() == 503;
    if (!isRefusal || (before != null && reply.status() != 503)) {
      wrong("%s with %s was answered %s", opened, before, reply);
    }
  }

  void wrong(String format, Object... args) {
    wrong.add(format.formatted(args));
  }

  /** Every answer that contradicts another one or the rules. */
  List<String> wrongs() {
    return List.copyOf(wrong);
  }

  /** Changes that were asked and never answered. */
  List<Keyed> unanswered() {
    return keyed.values().stream().filter(call -> !told.containsKey(call.key())).toList();
  }

  List<Opened> opensUnanswered() {
    return List.copyOf(opensUnknown.keySet());
  }

  List<Keyed> answered() {
    return keyed.values().stream().filter(call -> told.containsKey(call.key())).toList();
  }

  /** Changes that were accepted, by the user whose balance they moved. */
  List<Keyed> acceptedOf(long userId) {
    return answered().stream()
        .filter(call -> call.userId() == userId && told.get(call.key()).status() < 300)
        .toList();
  }

  /** The id that the accepted change got. */
  String idOf(Keyed call) {
    return told.get(call.key()).body().getString("id");
  }

  /** Shares of one user, by packet. */
  Map<String, Share> sharesOfUser(long userId) {
    Map<String, Share> found = new TreeMap<>();
    shares.forEach(
        (opened, share) -> {
          if (opened.userId() == userId) {
            found.put(opened.packetId(), share);
          }
        });
    return found;
  }

  long fundMinor() {
    return fundMinor;
  }

  List<Packet> packets() {
    return List.copyOf(packets.values());
  }

  /** Shares that were told, of one packet, by user. */
  Map<Long, Share> sharesOf(String packetId) {
    Map<Long, Share> found = new TreeMap<>();
    shares.forEach(
        (opened, share) -> {
          if (opened.packetId().equals(packetId)) {
            found.put(opened.userId(), share);
          }
        });
    return found;
  }

  /** Balances as they must be when nothing is under way and nothing unanswered. */
  Map<Long, Long> balances() {
    Map<Long, Long> balances = new TreeMap<>();
    tokens.keySet().forEach(user -> balances.put(user, fundMinor));
    for (Keyed call : answered()) {
      if (told.get(call.key()).status() < 300) {
        long change = call.isSend() ? -call.amountMinor() : call.amountMinor();
        balances.merge(call.userId(), change, Math::addExact);
      }
    }
    shares.forEach(
        (opened, share) -> balances.merge(opened.userId(), share.amountMinor(), Math::addExact));
    return balances;
  }

  /** The same when all that is left of packets has returned to their senders. */
  Map<Long, Long> balancesAfterExpiry() {
    Map<Long, Long> balances = balances();
    for (Packet packet : packets.values()) {
      long restMinor = packet.totalMinor();
      for (Share share : sharesOf(packet.id()).values()) {
        restMinor -= share.amountMinor();
      }
      balances.merge(packet.senderId(), restMinor, Math::addExact);
    }
    return balances;
  }

  @Override
  public String toString() {
    return "%d changes told, %d shares, %d packets, %d changes and %d opens without an answer"
        .formatted(
            told.size(), shares.size(), packets.size(), unanswered().size(), opensUnknown.size());
  }
}
