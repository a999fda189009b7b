// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.FUNDS;
import static io.hongbao.redpacket.PacketBench.OUTSIDER;
import static io.hongbao.redpacket.PacketBench.PROVIDER;
import static io.hongbao.redpacket.PacketBench.ROOM;
import static io.hongbao.redpacket.PacketBench.SENDER;
import static io.hongbao.redpacket.PacketBench.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionSettings;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.TestKeys;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending: what is refused, in which order, and what a send leads to. */
class SendTest {

  private static final int HOME = 1;

  private final PacketBench bench = new PacketBench();

  // Each row breaks the rule that it names and, where it can, every later one as well.
  @ParameterizedTest
  @CsvSource({
    "9,  0,       0,   LUCKY_LIVE, 99, 0,   0,    UNKNOWN_ASSET",
    "0,  0,       0,   LUCKY_LIVE, 99, 0,   0,    UNKNOWN_ASSET",
    "1,  0,       0,   LUCKY_LIVE, 99, 0,   0,    TOTAL_OUT_OF_RANGE",
    "1,  -1,      0,   LUCKY_LIVE, 99, 0,   0,    TOTAL_OUT_OF_RANGE",
    "1,  500001,  0,   LUCKY_LIVE, 99, 0,   0,    TOTAL_OUT_OF_RANGE",
    "1,  9223372036854775807, 1, EQUAL, 99, 0, 0, TOTAL_OUT_OF_RANGE",
    "1,  5,       0,   EQUAL,      99, 0,   0,    COUNT_OUT_OF_RANGE",
    "1,  5,       -1,  EQUAL,      99, 0,   0,    COUNT_OUT_OF_RANGE",
    "1,  5,       101, EQUAL,      99, 0,   0,    COUNT_OUT_OF_RANGE",
    "1,  5,       2,   EXCLUSIVE,  99, 500, 0,    COUNT_OUT_OF_RANGE",
    "1,  5,       6,   EQUAL,      99, 0,   0,    SHARE_TOO_SMALL",
    "1,  400002,  2,   EQUAL,      99, 0,   0,    SHARE_TOO_LARGE",
    "1,  200001,  1,   LUCKY_FAIR, 99, 0,   0,    SHARE_TOO_LARGE",
    "1,  10,      3,   EQUAL,      99, 0,   0,    INDIVISIBLE",
    "1,  10,      3,   LUCKY_LIVE, 21, 0,   0,    GREETING_TOO_LONG",
    "1,  10,      3,   LUCKY_LIVE, 20, 0,   0,    AUDIENCE_INVALID",
    "1,  10,      3,   LUCKY_LIVE, 20, 500, 2000, AUDIENCE_INVALID",
    "1,  10,      1,   EXCLUSIVE,  20, 500, 0,    AUDIENCE_INVALID",
    "1,  10,      1,   EXCLUSIVE,  20, 0,   1001, AUDIENCE_INVALID",
    "1,  10,      3,   LUCKY_LIVE, 20, 501, 0,    NOT_A_MEMBER",
  })
  void refusesInOrder(
      int asset,
      long totalMinor,
      int count,
      PacketKind kind,
      int greetingChars,
      long roomId,
      long recipientId,
      RefusalCode expected) {
    // Two code units a character: limits count characters as people see them.
    String greeting = "🧧".repeat(greetingChars);
    PacketTerms terms =
        new PacketTerms(
            kind,
            GrabMode.RESERVE,
            asset,
            totalMinor,
            count,
            roomId,
            recipientId,
            SenderNonce.NONE,
            greeting,
            "");

    Heard fromWallet = bench.harness.askOwner(SENDER, bench.sendOf(terms, ""));
    Heard byProvider = bench.harness.askOwner(SENDER, bench.sendOf(terms, "nobody"));

    assertEquals(expected, fromWallet.refusal());
    assertEquals(expected, byProvider.refusal());
    assertEquals(FUNDS, bench.wallet(SENDER));
    bench.checkAll();
  }

  @Test
  void refusesAnUnknownProviderAndMissingFundsLast() {
    PacketTerms terms = PacketBench.toRoom(PacketKind.LUCKY_LIVE, GrabMode.RESERVE, 1_000, 10);
    long poor = member(1);

    Heard unknown = bench.harness.askOwner(SENDER, bench.sendOf(terms, "nobody"));
    Heard broke =
        bench.harness.askOwner(
            poor, new SendPacket(TestKeys.key(bench.nextKey()), poor, terms, ""));

    assertEquals(RefusalCode.PROVIDER_UNKNOWN, unknown.refusal());
    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, broke.refusal());
    bench.checkAll();
  }

  @Test
  void spendsNothingThatIsHeld() {
    long userId = member(1);
    bench.fund(userId, 1_000);
    bench.harness.askOwner(
        userId,
        new PlaceHold(
            TestKeys.key(bench.nextKey()),
            userId,
            CNY,
            1,
            Hold.Kind.EXTERNAL,
            bench.harness.nowMs() + 1_000,
            "",
            "ops"));
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);

    Heard heard =
        bench.harness.askOwner(
            userId, new SendPacket(TestKeys.key(bench.nextKey()), userId, terms, ""));

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, heard.refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "LUCKY_LIVE, RESERVE", "LUCKY_FAIR, RESERVE", "EQUAL, RESERVE", "EXCLUSIVE, RESERVE",
    "LUCKY_LIVE, CLASSIC", "LUCKY_FAIR, CLASSIC", "EQUAL, CLASSIC", "EXCLUSIVE, CLASSIC",
  })
  void debitsAtOnceAndBringsThePacketToLife(PacketKind kind, GrabMode mode) {
    PacketTerms terms = PacketBench.terms(kind, mode, 1_000, kind == PacketKind.EXCLUSIVE ? 1 : 8);

    PacketSpec spec = bench.send(terms);

    assertEquals(terms, spec.terms());
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
    assertEquals(1_000, bench.harness.systemMinor(AccountKind.ESCROW, CNY));
    assertEquals(HOME, EntityId.generator(spec.packetId()), "made by the sender's partition");
    assertEquals(2, bench.harness.partitionOf(spec.packetId()));
    assertEquals(spec.sentAtMs() + PacketBench.EXPIRY_MS, spec.expiresAtMs());
    assertNotEquals(0, spec.claimHigh());
    bench.checkAll();
  }

  @Test
  void thePacketsPartitionHearsNothingBeforeTheDebitIsDurable() {
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);
    long records = bench.harness.journal(2).records().size();
    Heard heard = bench.harness.submit(HOME, bench.sendOf(terms, ""));

    bench.harness.turn(HOME);
    bench.harness.deliver();
    assertEquals(records, bench.harness.journal(2).records().size());
    assertTrue(heard.isSilent());
    bench.harness.force(HOME);
    bench.harness.turn(HOME);
    bench.harness.deliver();

    assertEquals(records + 1, bench.harness.journal(2).records().size());
    assertFalse(heard.isSilent());
  }

  @Test
  void aPacketCanBeSentWithinOnePartition() {
    bench.slot = 1;

    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.RESERVE, 1_000, 10);

    assertEquals(HOME, bench.harness.partitionOf(spec.packetId()));
    assertEquals(100, bench.share(spec.packetId(), member(1)));
    bench.harness.settleTransfers();
    bench.checkAll();
  }

  @Test
  void whoeverWaitsForThePacketHearsWhenItHasArrived() {
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);
    bench.harness.links().full(true);
    long packetId =
        bench.harness.ask(HOME, bench.sendOf(terms, "")).as(OrderShown.class).order().packetId();
    Heard now = bench.harness.ask(HOME, new ReadOrder(packetId, SENDER, false));
    Heard later = bench.harness.ask(HOME, new ReadOrder(packetId, SENDER, true));
    Heard gone = bench.harness.ask(HOME, new ReadOrder(packetId, SENDER, true));
    bench.harness.core(HOME).unpark(packetId, gone);
    assertEquals(PacketOrder.State.SENDING, now.as(OrderShown.class).order().state());
    assertTrue(later.isSilent());

    bench.harness.links().full(false);
    bench.harness.settleTransfers();

    assertEquals(PacketOrder.State.CREATED, later.as(OrderShown.class).order().state());
    assertTrue(gone.isSilent());
    bench.checkAll();
  }

  @Test
  void waitersCountAsAnswersThatWait() {
    PacketBench small =
        new PacketBench(5, new PartitionSettings(6, 2, 100, 10, 128, 259_200_000L, 1_000, 0));
    small.harness.links().full(true);
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);
    long packetId =
        small.harness.ask(HOME, small.sendOf(terms, "")).as(OrderShown.class).order().packetId();
    ReadOrder read = new ReadOrder(packetId, SENDER, true);
    for (int i = 0; i < 4; i++) {
      assertTrue(small.harness.ask(HOME, read).isSilent());
    }

    Heard tooMany = small.harness.ask(HOME, read);
    small.harness.links().full(false);
    small.harness.settleTransfers();

    assertEquals(RefusalCode.OVERLOADED, tooMany.refusal());
    small.harness.ask(HOME, read).as(OrderShown.class);
  }

  @Test
  void anOrderIsItsSendersOnly() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);

    assertEquals(
        RefusalCode.NOT_FOUND,
        bench.harness.ask(HOME, new ReadOrder(spec.packetId(), OUTSIDER, false)).refusal());
    assertEquals(
        RefusalCode.NOT_FOUND,
        bench.harness.ask(HOME, new ReadOrder(spec.packetId() + 1_000, SENDER, true)).refusal());
  }

  // Keys.

  @Test
  void aRepeatSendsNothingAgain() {
    SendPacket command =
        bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10), "");
    Heard first = bench.harness.ask(HOME, command);

    Heard inFlight = bench.harness.ask(HOME, command);
    bench.harness.settleTransfers();
    Heard arrived = bench.harness.ask(HOME, command);

    long packetId = first.as(OrderShown.class).order().packetId();
    assertEquals(packetId, inFlight.as(OrderShown.class).order().packetId());
    assertEquals(packetId, arrived.as(OrderShown.class).order().packetId());
    assertTrue(inFlight.isRepeated() && arrived.isRepeated());
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
    assertEquals(1, bench.state(packetId).packetCount());
    bench.checkAll();
  }

  @Test
  void aReusedKeyIsRefusedAndTheFirstAnswerStays() {
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);
    bench.harness.ask(HOME, new SendPacket(TestKeys.key(77, 1), SENDER, terms, ""));

    Heard other = bench.harness.ask(HOME, new SendPacket(TestKeys.key(77, 2), SENDER, terms, ""));
    Heard same = bench.harness.ask(HOME, new SendPacket(TestKeys.key(77, 1), SENDER, terms, ""));

    assertEquals(RefusalCode.KEY_REUSED, other.refusal());
    same.as(OrderShown.class);
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
  }

  // The key outlives order and packet: what was asked under it is remembered by its hash alone.
  @Test
  void aReusedKeyIsRefusedAlsoWhenAllElseIsForgottenAndAfterRestarts() {
    var longWindow = new PartitionSettings(60, 6, 100, 10, 128, 30L * 86_400_000, 1_000, 0);
    PacketBench old = new PacketBench(5, longWindow);
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);
    old.harness.ask(HOME, new SendPacket(TestKeys.key(77, 1), SENDER, terms, ""));
    old.harness.settleTransfers();
    old.harness.advance(25 * 3_600_000L);
    old.harness.settleTransfers();
    old.harness.advance(4 * PacketBench.DAY_MS);
    assertEquals(0, old.state(SENDER).orders.size(), "the order is gone");
    long wallet = old.wallet(SENDER);

    for (int life = 0; life < 3; life++) {
      Heard other = old.harness.ask(HOME, new SendPacket(TestKeys.key(77, 2), SENDER, terms, ""));
      Heard same = old.harness.ask(HOME, new SendPacket(TestKeys.key(77, 1), SENDER, terms, ""));

      assertEquals(RefusalCode.KEY_REUSED, other.refusal());
      assertEquals(RefusalCode.NOT_FOUND, same.refusal(), "the edge finds it in the read model");
      if (life == 0) {
        old.harness.crash();
      } else {
        old.harness.restartFromSnapshots();
      }
    }
    assertEquals(wallet, old.wallet(SENDER));
    old.checkAll();
  }

  @Test
  void aStoredRefusalStaysEvenWhenMoneyHasCome() {
    long poor = member(1);
    SendPacket command =
        new SendPacket(
            TestKeys.key(bench.nextKey()),
            poor,
            PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10),
            "");
    bench.harness.askOwner(poor, command);
    bench.fund(poor, 5_000);

    Heard repeat = bench.harness.askOwner(poor, command);

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, repeat.refusal());
    assertTrue(repeat.isRepeated());
    assertEquals(5_000, bench.wallet(poor));
  }

  @Test
  void aFullOutboxIsAnHonestRefusalThatIsNotStored() {
    PacketBench small =
        new PacketBench(
            5, new PartitionSettings(65_536, 8_192, 4, 2, 128, 259_200_000L, 1_000, 5));
    PacketTerms terms = PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10);
    small.harness.links().full(true);
    small.harness.ask(HOME, small.sendOf(terms, "")).as(OrderShown.class);
    small.harness.ask(HOME, small.sendOf(terms, "")).as(OrderShown.class);

    SendPacket third = small.sendOf(terms, "");
    Heard refused = small.harness.ask(HOME, third);
    small.harness.links().full(false);
    small.harness.settleTransfers();
    Heard again = small.harness.ask(HOME, third);

    assertEquals(RefusalCode.OVERLOADED, refused.refusal());
    assertTrue(refused.as(Refusal.class).retryAfterMs() > 0);
    again.as(OrderShown.class);
    assertEquals(FUNDS - 3_000, small.wallet(SENDER));
    small.checkAll();
  }

  @Test
  void aFullJournalIsAnHonestRefusalBeforeAnyLookUp() {
    bench.harness.journal(HOME).full(true);
    SendPacket command =
        bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10), "");

    Heard refused = bench.harness.submit(HOME, command);
    bench.harness.journal(HOME).full(false);
    Heard again = bench.harness.ask(HOME, command);

    assertEquals(RefusalCode.OVERLOADED, refused.refusal());
    again.as(OrderShown.class);
  }

  @Test
  void aCrashBeforeTheDebitIsDurableLeavesNothing() {
    SendPacket command =
        bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 10), "");
    bench.harness.submit(HOME, command);

    bench.harness.crash();
    bench.harness.settle();

    assertEquals(FUNDS, bench.wallet(SENDER));
    assertFalse(bench.harness.ask(HOME, command).isRepeated());
    bench.harness.settleTransfers();
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
    bench.checkAll();
  }

  @Test
  void aProviderOrderMovesNothingYet() {
    PacketTerms terms = PacketBench.toRoom(PacketKind.LUCKY_LIVE, GrabMode.RESERVE, 1_000, 10);

    OrderShown shown = bench.harness.ask(HOME, bench.sendOf(terms, PROVIDER)).as(OrderShown.class);

    assertEquals(PacketOrder.State.UNPAID, shown.order().state());
    assertEquals(FUNDS, bench.wallet(SENDER));
    assertEquals(0, bench.state(shown.order().packetId()).packetCount());
    assertEquals(1, bench.harness.takeEffects().size());
    assertEquals(ROOM, terms.roomId());
    bench.checkAll();
  }
}
