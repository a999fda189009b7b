// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import static io.hongbao.export.sql.ReadModelBench.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.Share;
import io.hongbao.redpacket.draw.DrawVerifier;
import io.hongbao.redpacket.draw.PacketKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer is compared with plain lists that the history kept beside its events. */
class ReadModelTest {

  private static final long SEED = 8211;
  private static Vertx vertx;
  private static RandomHistory history;
  private static ReadModelBench bench;
  private static ReadModel reads;

  @TempDir static Path directory;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    history = new RandomHistory(SEED).live(1_500);
    bench = new ReadModelBench(vertx, directory, history.source, 500).drain();
    reads = bench.reads;
  }

  @AfterAll
  static void stop() throws Exception {
    bench.close();
    get(vertx.close());
  }

  private static List<Long> users() {
    List<Long> users = new ArrayList<>();
    for (long user = 10_000; user < 10_000 + RandomHistory.USERS; user++) {
      users.add(user);
    }
    return users;
  }

  /** Follows a list to its end by pages of three. */
  private static <T> List<T> all(Function<ListPlace, Future<Page<T>>> list) throws Exception {
    List<T> items = new ArrayList<>();
    ListPlace after = null;
    do {
      Page<T> page = get(list.apply(after));
      assertTrue(page.items().size() <= 3);
      assertTrue(page.next() == null || page.items().size() == 3, "a page with a next is full");
      items.addAll(page.items());
      after = page.next();
    } while (after != null);
    return items;
  }

  private static List<SentPacket> sentByHistory(long userId, Period period) {
    return history.packets.stream()
        .filter(p -> p.senderId == userId)
        .filter(p -> p.createdAtMs >= period.fromMs() && p.createdAtMs < period.toMs())
        .map(
            p ->
                new SentPacket(
                    p.id,
                    io.hongbao.export.redpacket.SendState.valueOf(
                        p.state.toUpperCase(java.util.Locale.ROOT)),
                    p.terms.kind(),
                    p.terms.asset(),
                    p.terms.totalMinor(),
                    p.terms.count(),
                    p.shares.size(),
                    p.openedMinor(),
                    p.returnedMinor,
                    p.terms.roomId(),
                    p.terms.recipientId(),
                    p.terms.greeting(),
                    p.terms.cover(),
                    p.createdAtMs,
                    p.spec == null ? 0 : p.spec.sentAtMs(),
                    p.spec == null ? 0 : p.spec.expiresAtMs(),
                    p.closedAtMs))
        .sorted(
            Comparator.comparingLong(SentPacket::createdAtMs)
                .thenComparingLong(SentPacket::packetId)
                .reversed())
        .toList();
  }

  private static List<ReceivedShare> receivedByHistory(long userId, Period period) {
    List<ReceivedShare> received = new ArrayList<>();
    for (RandomHistory.Packet p : history.packets) {
      for (RandomHistory.Share s : p.shares) {
        if (s.userId == userId && s.openedAtMs >= period.fromMs() && s.openedAtMs < period.toMs()) {
          received.add(
              new ReceivedShare(
                  p.id,
                  p.senderId,
                  p.terms.kind(),
                  s.place,
                  p.terms.asset(),
                  s.amountMinor,
                  s.openedAtMs,
                  s.isCredited,
                  p.terms.kind() == PacketKind.LUCKY_LIVE && p.bestPlace == s.place,
                  p.terms.greeting(),
                  p.terms.cover()));
        }
      }
    }
    received.sort(
        Comparator.comparingLong(ReceivedShare::openedAtMs)
            .thenComparingLong(ReceivedShare::packetId)
            .reversed());
    return received;
  }

  @Test
  void listsEveryPacketSentOnceNewestFirst() throws Exception {
    for (long user : users()) {
      for (Period period : List.of(Period.ALWAYS, Period.ofYear(2025), Period.ofYear(2026))) {
        assertEquals(
            sentByHistory(user, period),
            all(after -> reads.sent(user, period, after, 3, null)),
            "user " + user);
      }
    }
  }

  @Test
  void listsEveryShareReceivedOnceNewestFirst() throws Exception {
    for (long user : users()) {
      for (Period period : List.of(Period.ALWAYS, Period.ofYear(2025), Period.ofYear(2026))) {
        assertEquals(
            receivedByHistory(user, period),
            all(after -> reads.received(user, period, after, 3, null)),
            "user " + user);
      }
    }
  }

  @Test
  void sumsUpByYear() throws Exception {
    long years = 0;
    for (long user : users()) {
      for (int year = 2025; year <= 2028; year++) {
        Period period = Period.ofYear(year);
        List<SentPacket> sent =
            sentByHistory(user, period).stream().filter(p -> p.state().isPaid()).toList();
        List<ReceivedShare> received = receivedByHistory(user, period);

        Summary sentSummary = get(reads.sentSummary(user, period, null));
        Summary receivedSummary = get(reads.receivedSummary(user, period, null));

        years += sent.isEmpty() ? 0 : 1;
        assertEquals(sent.size(), sentSummary.count());
        assertEquals(0, sentSummary.bestLuckCount());
        assertEquals(received.size(), receivedSummary.count());
        assertEquals(
            received.stream().filter(ReceivedShare::isBest).count(),
            receivedSummary.bestLuckCount());
        for (Summary.Sum sum : sentSummary.sums()) {
          assertEquals(
              sent.stream()
                  .filter(p -> p.asset() == sum.asset())
                  .mapToLong(SentPacket::totalMinor)
                  .sum(),
              sum.totalMinor());
          assertEquals(
              sent.stream()
                  .filter(p -> p.asset() == sum.asset())
                  .mapToLong(SentPacket::returnedMinor)
                  .sum(),
              sum.returnedMinor());
        }
        for (Summary.Sum sum : receivedSummary.sums()) {
          assertEquals(
              received.stream()
                  .filter(s -> s.asset() == sum.asset())
                  .mapToLong(ReceivedShare::amountMinor)
                  .sum(),
              sum.totalMinor());
        }
      }
    }
    assertTrue(years > RandomHistory.USERS, "the history spans more than one year");
  }

  @Test
  void statementsRunFromBalanceToBalance() throws Exception {
    for (long user : users()) {
      for (int asset : new int[] {RandomHistory.CNY, RandomHistory.COIN}) {
        List<StatementEntry> expected =
            history.statements.getOrDefault(user + "/" + asset, List.of());

        List<StatementEntry> entries = all(after -> reads.statement(user, asset, after, 3, null));

        assertEquals(expected, entries);
        for (int i = 0; i + 1 < entries.size(); i++) {
          assertEquals(
              entries.get(i).balanceAfterMinor(),
              entries.get(i + 1).balanceAfterMinor() + entries.get(i).amountMinor());
        }
      }
    }
  }

  @Test
  void tellsTheBalanceOfEveryMomentAndPosition() throws Exception {
    for (long user : users().subList(0, 6)) {
      List<StatementEntry> newestFirst =
          history.statements.getOrDefault(user + "/" + RandomHistory.CNY, List.of());
      long after = 0;
      for (StatementEntry entry : newestFirst.reversed()) {
        // Several changes of one moment: the last of them counts.
        StatementEntry lastOfMoment =
            newestFirst.stream().filter(e -> e.atMs() == entry.atMs()).findFirst().orElseThrow();

        assertEquals(
            lastOfMoment.balanceAfterMinor(),
            get(reads.balanceAtTime(user, RandomHistory.CNY, entry.atMs(), null)).balanceMinor());
        assertEquals(
            entry.balanceAfterMinor(),
            get(reads.balanceAtPosition(user, RandomHistory.CNY, entry.sequence())).balanceMinor());
        assertEquals(
            after,
            get(reads.balanceAtPosition(user, RandomHistory.CNY, entry.sequence() - 1))
                .balanceMinor());
        after = entry.balanceAfterMinor();
      }
      assertEquals(after, get(reads.balance(user, RandomHistory.CNY, null)).balanceMinor());
    }
  }

  @Test
  void beforeTheFirstChangeABalanceIsZero() throws Exception {
    long user = users().getFirst();

    PastBalance atTime = get(reads.balanceAtTime(user, RandomHistory.CNY, 5, null));
    PastBalance ofNobody = get(reads.balance(4_711, RandomHistory.CNY, null));

    assertEquals(0, atTime.balanceMinor());
    assertEquals(0, atTime.sequence());
    assertEquals(0, ofNobody.balanceMinor());
    assertEquals(0, ofNobody.changedAtMs());
  }

  @Test
  void showsAPacketAsItsPartitionDid() throws Exception {
    int closed = 0;
    for (RandomHistory.Packet packet : history.packets) {
      PacketDetails details = get(reads.packet(packet.id)).orElseThrow();

      PacketHead head = details.head();
      assertEquals(packet.state, head.state().wireName());
      assertEquals(packet.terms, head.terms());
      assertEquals(packet.provider.isEmpty(), head.order() == null);
      if (packet.spec == null) {
        assertNull(head.commitment());
        continue;
      }
      assertEquals(packet.spec.claimHigh(), head.claimHigh());
      assertEquals(packet.spec.claimLow(), head.claimLow());
      assertEquals(packet.shares.size(), details.shares().size());
      assertEquals(packet.closedAtMs > 0, head.seed() != null);
      if (head.seed() != null) {
        closed++;
        assertEquals(packet.spec, head.spec());
        assertTrue(DrawVerifier.verify(details.proof("CNY"), null).differences().isEmpty());
      }
      PacketShown shown = details.shown(packet.senderId);
      assertEquals(packet.terms.count() - packet.shares.size(), shown.leftCount());
      assertEquals(packet.bestPlace, shown.bestPlace());
      assertEquals(
          packet.terms.totalMinor(),
          shown.leftMinor() + packet.openedMinor() + packet.returnedMinor);
      assertArrayEquals(
          packet.shares.stream()
              .map(s -> new Share(s.place, s.userId, s.amountMinor, s.openedAtMs, s.isCredited))
              .toArray(),
          shown.shares());
    }
    assertTrue(closed > 20, "the history closes packets");
  }

  @Test
  void aPacketThatNeverWasIsAbsent() throws Exception {
    assertTrue(get(reads.packet(4_711)).isEmpty());
    assertTrue(get(reads.packetHead(4_711)).isEmpty());
  }

  @Test
  void tellsHowFarItHasCome() throws Exception {
    long user = 10_003;
    int partition = RandomHistory.partitionOf(user);

    AsOf own = get(reads.sent(user, Period.ALWAYS, null, 1, null)).asOf();
    AsOf asked = get(reads.sent(user, Period.ALWAYS, null, 1, new MinPosition(0, 1))).asOf();

    assertEquals(partition, own.partition());
    assertEquals(history.source.durableSequence(partition), own.sequence());
    assertTrue(own.timeMs() > 0);
    assertEquals(0, asked.partition());
    assertEquals(history.source.durableSequence(0), asked.sequence());
  }

  @Test
  void readsPositionsAsClientsWriteThem() {
    assertEquals(new MinPosition(3, 90_412), MinPosition.parse("3:90412", 4));
    assertEquals(new MinPosition(0, 0), MinPosition.parse("0:0", 4));
    for (String bad :
        List.of(
            "", ":", "1:", ":1", "4:1", "1:-1", "1:1:1", "a:1", "1:9999999999999999999", "٣:1")) {
      assertNull(MinPosition.parse(bad, 4), bad);
    }
    assertFalse(MinPosition.parse("3:1", 4).toString().isEmpty());
  }
}
