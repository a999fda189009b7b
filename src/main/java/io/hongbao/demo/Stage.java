// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What every chapter works with, and the few things that all of them do.
 *
 * <p><b>Thread:</b> the play's; what is called from a crowd says so.
 */
final class Stage {

  static final long FIRST_USER_ID = 10_001;
  static final String ROOM_ID = "88001";

  /** So many requests at once, at most; each has a connection. */
  static final int AT_ONCE_MAX = 300;

  /** Longest wait for something that usually takes milliseconds. */
  static final long WAIT_MS = 15_000;

  private static final long LOOK_EVERY_MS = 5;

  final DemoOptions options;
  final SandboxServer server;
  final DemoClient client;
  final Page page;
  final Findings findings;
  final Dice dice;
  final DemoLedger ledger = new DemoLedger();
  private List<User> people = List.of();
  private int keys;

  Stage(
      DemoOptions options, SandboxServer server, DemoClient client, Page page, Findings findings) {
    this.options = options;
    this.server = server;
    this.client = client;
    this.page = page;
    this.findings = findings;
    this.dice = new Dice(options.seed());
  }

  /** All people, with tokens that are good now. */
  List<User> people() {
    return people;
  }

  void setPeople(List<User> now) {
    people = List.copyOf(now);
  }

  /** So many people, but not this one. */
  List<User> others(User without, int count) {
    List<User> candidates = new ArrayList<>(people);
    candidates.remove(without);
    return dice.pick(candidates, count);
  }

  User anybody() {
    return people.get(dice.below(people.size()));
  }

  /** A key for one change; two plays with the same seed use the same. */
  String newKey() {
    keys++;
    return "demo-" + Long.toHexString(options.seed()) + "-" + keys;
  }

  /** Sends a packet from the sender's balance, waits until it is open, and books it. */
  Told.Sent send(User sender, PacketOrder order) throws Exception {
    return send(sender, newKey(), order);
  }

  /** The same with a key made before. Any thread. */
  Told.Sent send(User sender, String key, PacketOrder order) throws Exception {
    Told.Sent sent = client.send(sender, key, order).get();
    book(ledger.sent(sent.id(), sender.id(), sent.totalMinor(), sent.count()));
    findings.same("state of packet " + sent.id(), "open", awaitOpen(sender, sent).state());
    return sent;
  }

  // "sending" is an answer too: paid, and about to exist.
  private Told.Sent awaitOpen(User sender, Told.Sent sent) throws Exception {
    if (!sent.state().equals("sending")) {
      return sent;
    }
    Told.Packet packet =
        await(
            "packet " + sent.id() + " to be open",
            () -> client.packet(sender, sent.id()).get(),
            now -> !now.state().equals("sending"));
    return new Told.Sent(
        sent.id(), packet.state(), sent.totalMinor(), sent.count(), sent.commitment());
  }

  /** Opens a packet and books the share, if there is one. Any thread. */
  Reply<Told.Opened> open(User user, String packetId) throws Exception {
    return booked(user, packetId, client.open(user, packetId));
  }

  /** Books the answer to an open. Any thread. */
  Reply<Told.Opened> booked(User user, String packetId, Reply<Told.Opened> reply) {
    Told.Opened told = reply.value();
    if (told != null) {
      findings.same("packet of the share that " + user + " opened", packetId, told.packetId());
      book(ledger.opened(user.id(), told));
    }
    return reply;
  }

  /** Shows what the ledger complains of. Any thread. */
  void book(List<String> complaints) {
    complaints.forEach(findings::differs);
  }

  /** Reads a packet and compares it with what everybody was told of it. */
  Told.Packet compared(User viewer, String packetId) throws Exception {
    Set<String> news = new HashSet<>();
    Told.Packet packet = compared(viewer, packetId, news);
    if (!news.isEmpty()) {
      findings.differs("packet " + packetId + " has shares that nobody was told of: " + news);
    }
    return packet;
  }

  /**
   * The same where answers may have been lost.
   *
   * @param news filled with the users whose share nobody was told of
   */
  Told.Packet compared(User viewer, String packetId, Set<String> news) throws Exception {
    Told.Packet packet = client.packet(viewer, packetId).get();
    book(ledger.compare(packet, news));
    return packet;
  }

  /** Waits until each opened share has reached its owner's balance. */
  Told.Packet awaitCredited(User viewer, String packetId) throws Exception {
    return await(
        "the shares of packet " + packetId + " to be credited",
        () -> client.packet(viewer, packetId).get(),
        Told.Packet::isCredited);
  }

  /** Waits until nothing is on its way between partitions. */
  TrialBalance awaitSettled() throws Exception {
    return await("all transfers to arrive", client::trialBalance, trial -> trial.isSettled());
  }

  /** Asks again and again, until the answer is the one waited for or {@link #WAIT_MS} are over. */
  <T> T await(String what, Question<T> question, Predicate<T> isIt) throws Exception {
    long startNanos = System.nanoTime();
    while (true) {
      T answer = question.ask();
      if (isIt.test(answer)) {
        return answer;
      }
      if (sinceMs(startNanos) > WAIT_MS) {
        findings.differs("waited %d s in vain for %s".formatted(WAIT_MS / 1_000, what));
        return answer;
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
  }

  /** Says that something is right, unless differences have come since there were so many. */
  void lineIfRight(int differencesBefore, String text) {
    if (findings.count() == differencesBefore) {
      page.line(text);
    }
  }

  static long sinceMs(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  /** Something that the server is asked. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws Exception;
  }
}
