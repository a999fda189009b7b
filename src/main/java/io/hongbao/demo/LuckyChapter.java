// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.PacketKind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** One packet, far too few shares, and everybody at once. */
final class LuckyChapter implements Chapter {

  private static final long TOTAL_MINOR = 100_00;
  private static final int SHARES = 10;
  private static final int CROWD_MAX = 300;

  /** Every so-manieth grabs before opening, or opens twice at the same time. */
  private static final int EVERY = 10;

  /** What those hear who come too late; anything else is a fault. */
  private static final Set<String> TOO_LATE = Set.of("empty", "all_reserved");

  private static final int NONCE_BYTES = 12;

  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
  private final Set<String> winners = ConcurrentHashMap.newKeySet();

  @Override
  public String title(Stage stage) {
    return "A lucky packet: %s in %d shares, %d people at once"
        .formatted(Money.text(TOTAL_MINOR), SHARES, crowdSize(stage));
  }

  private static int crowdSize(Stage stage) {
    return Math.min(CROWD_MAX, stage.options.userCount() * 3 / 5);
  }

  @Override
  public void play(Stage stage) throws Exception {
    User sender = stage.people().getFirst();
    String nonce =
        Base64.getUrlEncoder().withoutPadding().encodeToString(stage.dice.bytes(NONCE_BYTES));
    // The greeting shows that names and wishes of any script arrive as they were sent.
    PacketOrder order =
        PacketOrder.toRoom(PacketKind.LUCKY_LIVE, TOTAL_MINOR, SHARES, Stage.ROOM_ID)
            .withGreeting("\u606d\u559c\u53d1\u8d22")
            .withNonce(nonce);
    Told.Sent sent = stage.send(sender, order);
    stage.page.line("%s sends packet %s".formatted(sender, sent.id()));
    stage.page.line("with the commitment " + sent.commitment());

    List<Callable<Boolean>> attempts = attempts(stage, sender, sent.id());
    long startNanos = System.nanoTime();
    Crowd.atOnce(Stage.AT_ONCE_MAX, attempts);
    long tookMs = Stage.sinceMs(startNanos);
    tellAttempts(stage, attempts.size(), tookMs);

    long openedNanos = System.nanoTime();
    stage.awaitCredited(sender, sent.id());
    long creditedMs = Stage.sinceMs(openedNanos);
    Told.Packet packet = stage.compared(sender, sent.id());
    judge(stage, packet);
    stage.page.table(sharesTable(stage, packet));
    stage.page.line(
        "%d shares, %s in all; the last one was in its owner's balance %d ms after the last open"
            .formatted(packet.openedCount(), Money.text(packet.openedMinor()), creditedMs));
    balancesOf(stage, packet);
    checkDraw(stage, sender, packet, sent);
  }

  private List<Callable<Boolean>> attempts(Stage stage, User sender, String packetId) {
    List<Callable<Boolean>> attempts = new ArrayList<>();
    List<User> crowd = stage.others(sender, crowdSize(stage));
    for (int i = 0; i < crowd.size(); i++) {
      User user = crowd.get(i);
      boolean grabsFirst = i % EVERY == 0;
      attempts.add(
          () -> grabsFirst ? grabAndOpen(stage, user, packetId) : open(stage, user, packetId));
      if (i % EVERY == EVERY / 2) {
        attempts.add(() -> open(stage, user, packetId));
      }
    }
    return attempts;
  }

  private boolean grabAndOpen(Stage stage, User user, String packetId) throws Exception {
    Reply<String> grabbed = stage.client.grab(user, packetId);
    if (!grabbed.isOk()) {
      return refused(stage, user, grabbed);
    }
    boolean opened = open(stage, user, packetId);
    stage.findings.holds(opened, user + " had a share reserved, but could not open it");
    return opened;
  }

  private boolean open(Stage stage, User user, String packetId) throws Exception {
    Reply<Told.Opened> reply = stage.open(user, packetId);
    if (!reply.isOk()) {
      return refused(stage, user, reply);
    }
    winners.add(user.id());
    return true;
  }

  private boolean refused(Stage stage, User user, Reply<?> reply) {
    refusals.computeIfAbsent(reply.code(), code -> new AtomicInteger()).incrementAndGet();
    if (!TOO_LATE.contains(reply.code())) {
      stage.findings.differs(user + " was refused with " + reply.refusal());
    }
    return false;
  }

  private void tellAttempts(Stage stage, int attempts, long tookMs) {
    String others =
        new TreeMap<>(refusals)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    stage.page.line(
        "%d attempts in %d ms (every tenth grabs first, some try twice)"
            .formatted(attempts, tookMs));
    stage.page.line(
        "%d people have a share, the others heard: %s".formatted(winners.size(), others));
    stage.findings.same("number of people with a share", SHARES, winners.size());
  }

  private void judge(Stage stage, Told.Packet packet) {
    stage.findings.same("state of packet " + packet.id(), "empty", packet.state());
    stage.findings.same("opened shares of packet " + packet.id(), SHARES, packet.openedCount());
    stage.findings.sameMoney("sum of its shares", TOTAL_MINOR, packet.openedMinor());
    Set<String> holders = new HashSet<>();
    Told.Share best = packet.shares().getFirst();
    for (Told.Share share : packet.shares()) {
      holders.add(share.userId());
      // Listed by place, so that the earlier of two equals stays.
      best = share.amountMinor() > best.amountMinor() ? share : best;
    }
    stage.findings.same("the people who have a share", winners, holders);
    Told.Share told = packet.bestLuck();
    stage.findings.same(
        "best luck of packet " + packet.id(),
        best.userId(),
        told == null ? "nobody" : told.userId());
  }

  private static TextTable sharesTable(Stage stage, Told.Packet packet) {
    TextTable table =
        new TextTable()
            .column("place", TextTable.Align.RIGHT)
            .column("user", TextTable.Align.RIGHT)
            .column("amount", TextTable.Align.RIGHT)
            .column("opened (UTC)", TextTable.Align.LEFT)
            .column("", TextTable.Align.LEFT);
    for (Told.Share share : packet.shares()) {
      table.row(
          Integer.toString(share.place()),
          share.userId(),
          Money.text(share.amountMinor()),
          timeOfDay(share.openedAt()),
          share.best() ? stage.page.either("\u2605 best luck", "* best luck") : "");
    }
    return table;
  }

  // "2026-02-16T12:00:01.200Z" gives "12:00:01.200".
  private static String timeOfDay(String time) {
    int from = time.indexOf('T') + 1;
    return time.substring(from, time.endsWith("Z") ? time.length() - 1 : time.length());
  }

  private static void balancesOf(Stage stage, Told.Packet packet) throws Exception {
    for (Told.Share share : packet.shares()) {
      stage.findings.sameMoney(
          "balance of user " + share.userId(),
          stage.ledger.balanceMinor(share.userId()),
          stage.client.balance(share.userId()).balanceMinor());
    }
  }

  private static void checkDraw(Stage stage, User sender, Told.Packet packet, Told.Sent sent)
      throws Exception {
    int differencesBefore = stage.findings.count();
    DrawProof proof = DrawCheck.verified(stage, sender, packet, sent.commitment());
    if (proof == null) {
      return;
    }
    stage.page.line("revealed seed " + proof.seed().hex());
    stage.lineIfRight(
        differencesBefore,
        "draw verified: the seed gives the commitment of the message and all %d shares"
            .formatted(proof.shares().size()));
    String said = DrawCheck.saidOfChangedShare(proof, 1 + stage.dice.below(SHARES));
    stage.findings.holds(!said.isEmpty(), "a changed share was not noticed by the verifier");
    stage.page.line("a fen moved from one share to another is noticed: " + said);
  }
}
