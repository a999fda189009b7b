// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was asked, and what was told: the server is held against it.
 *
 * <p><b>Invariant:</b> an ask is noted before it is sent, and stays unknown until an answer has
 * come in whole.
 *
 * <p><b>Thread:</b> any.
 */
final class Notebook {

  private static final int DIFFERENCES_MAX = 1_000;

  /** An ask with the answer that it got first. */
  record Told(Ask ask, Outcome outcome) {}

  /** A packet that exists, with the shares that were told. */
  static final class Packet {

    final Ask.Send send;
    final String id;
    final String commitment;
    final Map<Long, Outcome> shares = new ConcurrentHashMap<>();
    volatile boolean isEmpty;

    Packet(Ask.Send send, Outcome outcome) {
      this.send = send;
      this.id = outcome.id();
      this.commitment = outcome.commitment();
    }
  }

  private final Map<Long, String> tokens;
  private final String heldUntil;
  private final Expected expected = new Expected();
  private final Map<String, Ask> unknown = new ConcurrentHashMap<>();
  private final Map<String, Told> told = new ConcurrentHashMap<>();
  private final Map<String, Packet> packets = new ConcurrentHashMap<>();
  private final List<Packet> newest = new ArrayList<>();
  private final List<Told> fresh = new ArrayList<>();
  private final Queue<String> differences = new ConcurrentLinkedQueue<>();
  private final AtomicLong refused = new AtomicLong();

  /**
   * Makes an empty one.
   *
   * @param tokens of everybody, by user
   * @param heldUntil the deadline of all holds, which no drill lives to see
   */
  Notebook(Map<Long, String> tokens, long fundMinor, String heldUntil) {
    this.tokens = Map.copyOf(tokens);
    this.heldUntil = heldUntil;
    tokens.keySet().forEach(user -> expected.funded(user, fundMinor));
  }

  List<Long> users() {
    return tokens.keySet().stream().sorted().toList();
  }

  String token(long userId) {
    String token = tokens.get(userId);
    if (token == null) {
      throw new IllegalArgumentException("nobody has the id " + userId);
    }
    return token;
  }

  String heldUntil() {
    return heldUntil;
  }

  Expected expected() {
    return expected;
  }

  /** Must be noted before it is asked: from then on it may have happened. */
  void asked(Ask ask) {
    unknown.put(ask.key(), ask);
  }

  /**
   * Notes an answer.
   *
   * @return what it says for ever; null when it says that nothing was done
   */
  @Nullable Outcome answered(Ask ask, Answer answer) {
    if (answer.isBusy() || answer.body().getString("retry", "").equals("after")) {
      return null;
    }
    Outcome outcome = Outcome.of(ask, answer);
    unknown.remove(ask.key());
    Told before = told.putIfAbsent(ask.key(), new Told(ask, outcome));
    if (before != null) {
      if (!before.outcome().agreesWith(outcome)) {
        differs("%s was answered %s, and now %s", ask, before.outcome(), answer);
      }
      return outcome;
    }
    synchronized (fresh) {
      fresh.add(new Told(ask, outcome));
    }
    if (!outcome.isOk()) {
      refused.incrementAndGet();
      if (!expected.mayRefuse(ask, outcome.code())) {
        differs("%s was refused: %s", ask, answer);
      }
      noteEmpty(ask, outcome);
      return outcome;
    }
    String complaint = expected.accepted(ask, outcome);
    if (complaint != null) {
      differs("%s", complaint);
    }
    noteMade(ask, outcome);
    return outcome;
  }

  private void noteEmpty(Ask ask, Outcome outcome) {
    if (ask instanceof Ask.Open open && outcome.code().equals("empty")) {
      Packet packet = packets.get(open.packetId());
      if (packet != null) {
        packet.isEmpty = true;
      }
    }
  }

  private void noteMade(Ask ask, Outcome outcome) {
    if (ask instanceof Ask.Send send) {
      Packet packet = new Packet(send, outcome);
      if (packets.putIfAbsent(packet.id, packet) != null) {
        differs("the id of packet %s was given twice", packet.id);
      }
      synchronized (newest) {
        newest.add(packet);
      }
    } else if (ask instanceof Ask.Open open) {
      Packet packet = packets.get(open.packetId());
      if (packet != null) {
        packet.shares.put(open.userId(), outcome);
      }
    }
  }

  /** One of the newest packets; null while there is none. */
  @Nullable Packet recentPacket(int howRecent) {
    synchronized (newest) {
      return newest.isEmpty() ? null : newest.get(Math.max(0, newest.size() - 1 - howRecent));
    }
  }

  void differs(String format, Object... args) {
    if (differences.size() < DIFFERENCES_MAX) {
      differences.add(format.formatted(args));
    }
  }

  List<String> differences() {
    return List.copyOf(differences);
  }

  /** What was asked and never answered, or answered only with "not now". */
  Collection<Ask> unknown() {
    return List.copyOf(unknown.values());
  }

  /** What was told since this was called last. */
  List<Told> takeFresh() {
    synchronized (fresh) {
      List<Told> taken = List.copyOf(fresh);
      fresh.clear();
      return taken;
    }
  }

  Collection<Told> told() {
    return told.values();
  }

  /** The packet that an answer is about; null when about none. */
  @Nullable Packet packetOf(Told told) {
    return switch (told.ask()) {
      case Ask.Send send -> packets.get(told.outcome().id());
      case Ask.Open open -> packets.get(open.packetId());
      default -> null;
    };
  }

  /** How many different asks were answered for good. */
  int acknowledged() {
    return told.size();
  }

  long refused() {
    return refused.get();
  }

  /** How often each kind of ask was answered. */
  Map<String, Long> kinds() {
    Map<String, Long> counts = new TreeMap<>();
    for (Told one : told.values()) {
      counts.merge(one.ask().getClass().getSimpleName(), 1L, Long::sum);
    }
    return counts;
  }
}
