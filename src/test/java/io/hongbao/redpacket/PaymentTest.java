// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.DAY_MS;
import static io.hongbao.redpacket.PacketBench.FUNDS;
import static io.hongbao.redpacket.PacketBench.PROVIDER;
import static io.hongbao.redpacket.PacketBench.SENDER;
import static io.hongbao.redpacket.PacketBench.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Effect;
import io.hongbao.engine.Heard;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PaymentEffect.AskPayment;
import io.hongbao.redpacket.PaymentEffect.ClosePayment;
import io.hongbao.redpacket.PaymentEffect.Prepay;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.draw.PacketKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that a provider pays: notices late, doubled, reordered, wrong, or never. */
class PaymentTest {

  private static final long TOTAL = 1_000;
  private static final long UNPAID_MS = 15 * 60_000L;

  private final PacketBench bench = new PacketBench();
  private final SendPacket command =
      bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, TOTAL, 4), PROVIDER);
  private final long packetId =
      bench.harness.askOwner(SENDER, command).as(OrderShown.class).order().packetId();
  private final List<Effect> placed = bench.harness.takeEffects();

  private TakePayment payment(String id, long amountMinor) {
    return new TakePayment(
        packetId, PacketBench.PROVIDER, id, CNY, amountMinor, bench.harness.nowMs());
  }

  private Heard tell(RedPacketCommand word) {
    Heard heard = bench.harness.askOwner(SENDER, word);
    bench.harness.settleTransfers();
    bench.checkPackets();
    return heard;
  }

  private boolean isStray(Heard heard) {
    return heard.as(PaymentTaken.class).isStray();
  }

  private long suspense() {
    return bench.harness.systemMinor(AccountKind.SUSPENSE, CNY);
  }

  /** What was paid in from outside and not given back; the sender's funds came that way too. */
  private long paidIn() {
    return -bench.harness.systemMinor(AccountKind.CLEARING, CNY) - FUNDS;
  }

  private StrayReason onlyStray() {
    List<StrayReason> reasons = new ArrayList<>();
    bench.state(SENDER).forEachStray(stray -> reasons.add(stray.reason()));
    assertEquals(1, reasons.size());
    return reasons.getFirst();
  }

  @Test
  void announcesTheOrderToTheProvider() {
    assertEquals(
        List.of(
            new Prepay(
                PROVIDER, packetId, SENDER, CNY, TOTAL, bench.order(packetId).payBeforeMs())),
        placed);
    assertEquals(bench.harness.nowMs() + UNPAID_MS, bench.order(packetId).payBeforeMs());
  }

  @Test
  void theEffectWaitsUntilTheOrderIsDurable() {
    bench.harness.submit(
        1, bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 10, 1), PROVIDER));
    bench.harness.core(1).release(bench.harness.journal(1).durable());
    assertTrue(bench.harness.takeEffects().isEmpty());

    bench.harness.force(1);

    assertEquals(1, bench.harness.takeEffects().size());
  }

  @Test
  void aNoticePaysTheOrder() {
    assertFalse(isStray(tell(payment("p1", TOTAL))));

    assertEquals(PacketOrder.State.CREATED, bench.order(packetId).state());
    assertEquals(FUNDS, bench.wallet(SENDER), "not from the wallet");
    assertEquals(TOTAL, paidIn());
    assertEquals(250, bench.share(packetId, member(0)));
    bench.harness.settleTransfers();
    bench.checkAll();
  }

  @Test
  void theAnswerToAQuestionPaysInTheOrdersAsset() {
    assertFalse(
        isStray(
            tell(
                new TakePayment(
                    packetId, PacketBench.PROVIDER, "p1", TakePayment.ORDERED_ASSET, TOTAL, 1))));
    assertFalse(
        isStray(
            tell(
                new TakePayment(
                    packetId, PacketBench.PROVIDER, "p1", TakePayment.ORDERED_ASSET, TOTAL, 1))));
    assertTrue(
        isStray(
            tell(
                new TakePayment(
                    packetId, PacketBench.PROVIDER, "p2", TakePayment.ORDERED_ASSET, TOTAL, 1))));

    assertEquals(TOTAL, suspense());
    bench.checkAll();
  }

  @Test
  void aDoubledNoticeChangesNothing() {
    tell(payment("p1", TOTAL));
    int records = bench.harness.journal(1).records().size();

    assertFalse(isStray(tell(payment("p1", TOTAL))));

    assertEquals(records, bench.harness.journal(1).records().size());
    assertEquals(TOTAL, paidIn());
    assertEquals(0, suspense());
  }

  @Test
  void aDoubledNoticeWaitsForTheFirstOne() {
    Heard first = bench.harness.submit(1, payment("p1", TOTAL));
    Heard second = bench.harness.submit(1, payment("p1", TOTAL));
    bench.harness.core(1).release(bench.harness.journal(1).durable());
    assertTrue(first.isSilent() && second.isSilent());

    bench.harness.settle();

    assertFalse(isStray(first) || isStray(second));
  }

  @Test
  void aSecondPaymentIsGivenBack() {
    tell(payment("p1", TOTAL));
    bench.harness.takeEffects();

    assertTrue(isStray(tell(payment("p2", TOTAL))));
    assertTrue(isStray(tell(payment("p2", TOTAL))), "doubled too");

    assertEquals(StrayReason.PAID_TWICE, onlyStray());
    assertEquals(TOTAL, suspense());
    RefundPayment refund = (RefundPayment) bench.harness.takeEffects().getFirst();
    assertEquals(TOTAL, refund.amountMinor());
    tell(new ConfirmRefund(packetId, refund.refundId()));
    tell(new ConfirmRefund(packetId, refund.refundId()));
    assertEquals(0, suspense());
    assertEquals(TOTAL, paidIn());
    bench.checkAll();
  }

  @ParameterizedTest
  @CsvSource({"999", "1001", "1", "9007199254740991"})
  void anotherAmountIsGivenBackAndTheOrderStillWaits(long amountMinor) {
    assertTrue(isStray(tell(payment("p1", amountMinor))));

    assertEquals(StrayReason.WRONG_AMOUNT, onlyStray());
    assertEquals(PacketOrder.State.UNPAID, bench.order(packetId).state());
    assertEquals(amountMinor, suspense());
    assertFalse(isStray(tell(payment("p2", TOTAL))));
    assertEquals(PacketOrder.State.CREATED, bench.order(packetId).state());
    bench.checkAll();
  }

  // Too late.

  @ParameterizedTest
  @CsvSource({"0, false", "1, true"})
  void aPaymentCountsUpToTheDeadline(long afterMs, boolean isLate) {
    bench.harness.clock().advance(UNPAID_MS + afterMs);

    Heard heard = bench.harness.submit(1, payment("p1", TOTAL));
    bench.harness.settle();

    assertEquals(isLate, isStray(heard));
    bench.checkAll();
  }

  // The provider took the money a moment too late; we give it back, and asking the provider to
  // close the order only brings the same payment up again. The order must not wait for ever.
  @Test
  void aLatePaymentEndsTheOrder() {
    bench.harness.advance(UNPAID_MS + 1);

    assertTrue(isStray(tell(payment("p1", TOTAL))));

    assertEquals(StrayReason.TOO_LATE, onlyStray());
    assertEquals(PacketOrder.State.CANCELLED, bench.order(packetId).state());
    bench.harness.takeEffects();
    bench.harness.advance(3_600_000);
    assertTrue(
        bench.harness.takeEffects().stream().noneMatch(ClosePayment.class::isInstance),
        "nothing is left to close");
    bench.checkAll();
  }

  // Paid in time with another amount: the provider counts the order as paid and can close it no
  // more, so its word about that payment is all that ever comes.
  @Test
  void aWrongPaymentEndsTheOrderAtTheDeadline() {
    tell(payment("p1", TOTAL - 1));
    bench.harness.advance(UNPAID_MS + 1);
    assertEquals(PacketOrder.State.UNPAID, bench.order(packetId).state());

    assertTrue(isStray(tell(payment("p1", TOTAL - 1))));

    assertEquals(PacketOrder.State.CANCELLED, bench.order(packetId).state());
    assertEquals(TOTAL - 1, suspense());
    bench.checkAll();
  }

  @Test
  void aCancelledOrderGivesBackWhatStillComes() {
    bench.harness.advance(UNPAID_MS + 1);
    assertEquals(
        PacketOrder.State.CANCELLED,
        tell(new CancelOrder(packetId)).as(OrderShown.class).order().state());
    tell(new CancelOrder(packetId));

    assertTrue(isStray(tell(payment("p1", TOTAL))));

    assertEquals(StrayReason.TOO_LATE, onlyStray());
    assertEquals(PacketOrder.State.CANCELLED, bench.order(packetId).state());
    assertEquals(0, bench.state(packetId).packetCount());
    bench.checkAll();
  }

  @Test
  void aCancellationThatComesAfterThePaymentChangesNothing() {
    tell(payment("p1", TOTAL));

    Heard heard = tell(new CancelOrder(packetId));

    assertEquals(PacketOrder.State.CREATED, heard.as(OrderShown.class).order().state());
    assertEquals(TOTAL, bench.packet(packetId).leftMinor());
    assertEquals(RefusalCode.NOT_FOUND, tell(new CancelOrder(packetId + 1_000)).refusal());
    assertEquals(RefusalCode.NOT_FOUND, tell(new ConfirmRefund(packetId, 1)).refusal());
  }

  // Silence.

  @Test
  void asksASilentProviderAndClosesAtTheDeadline() {
    List<String> asked = new ArrayList<>();
    for (int second = 1; second <= 3_600; second++) {
      bench.harness.advance(1_000);
      for (Effect effect : bench.harness.takeEffects()) {
        if (!(effect instanceof Prepay)) {
          asked.add(second + " " + effect.getClass().getSimpleName());
        }
      }
    }

    // The deadline is at 900 s; the question just after it is a request to close.
    assertEquals(
        List.of(
            "30 AskPayment",
            "60 AskPayment",
            "120 AskPayment",
            "240 AskPayment",
            "480 AskPayment",
            "901 ClosePayment",
            "1501 ClosePayment",
            "2101 ClosePayment",
            "2701 ClosePayment",
            "3301 ClosePayment"),
        asked);
    assertEquals(PacketOrder.State.UNPAID, bench.order(packetId).state());
  }

  @Test
  void asksOnAfterARestart() {
    bench.harness.restartFromSnapshots();
    bench.harness.advance(30_000);
    // The first announcement may be what the crash took away, so it is made again.
    assertEquals(new AskPayment(PROVIDER, packetId), bench.harness.takeEffects().getLast());
    bench.harness.crash();
    bench.harness.advance(UNPAID_MS);

    assertTrue(bench.harness.takeEffects().contains(new ClosePayment(PROVIDER, packetId)));
  }

  @Test
  void asksForARefundUntilItIsConfirmed() {
    tell(payment("p1", 5));
    List<Effect> first = bench.harness.takeEffects();
    bench.harness.advance(30_000);
    assertTrue(bench.harness.takeEffects().containsAll(first));
    bench.harness.restartFromSnapshots();
    bench.harness.settle();
    assertTrue(bench.harness.takeEffects().containsAll(first), "after a restart too");

    tell(new ConfirmRefund(packetId, ((RefundPayment) first.getFirst()).refundId()));
    bench.harness.takeEffects();
    bench.harness.advance(30_000);

    assertFalse(bench.harness.takeEffects().containsAll(first));
    assertEquals(0, suspense());
    bench.checkAll();
  }

  @Test
  void keepsAnOrderUntilEverythingWasGivenBack() {
    tell(payment("p1", TOTAL));
    List<RefundPayment> refunds = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bench.harness.takeEffects();
      tell(payment("again" + i, TOTAL));
      refunds.add((RefundPayment) bench.harness.takeEffects().getFirst());
    }
    bench.harness.advance(4 * DAY_MS);
    assertEquals(20 * TOTAL, suspense());
    assertEquals(PacketOrder.State.CREATED, bench.order(packetId).state());

    refunds.forEach(refund -> tell(new ConfirmRefund(packetId, refund.refundId())));
    bench.harness.advance(60_000);

    assertNull(bench.state(SENDER).order(packetId));
    int[] strays = new int[1];
    bench.state(SENDER).forEachStray(stray -> strays[0]++);
    assertEquals(0, strays[0]);
    assertEquals(0, suspense());
    bench.checkAll();
  }

  @Test
  void aRepeatOfTheOrderShowsItAsItStands() {
    tell(payment("p1", TOTAL));

    Heard repeat = bench.harness.askOwner(SENDER, command);

    assertTrue(repeat.isRepeated());
    assertEquals(PacketOrder.State.CREATED, repeat.as(OrderShown.class).order().state());
    assertEquals(packetId, repeat.as(OrderShown.class).order().packetId());
  }

  @Test
  void theWordOfAProviderPassesWhereClientsAreTurnedAway() {
    bench.harness.journal(1).full(true);

    Heard notice = tell(payment("p1", TOTAL));
    Heard client = bench.harness.submit(1, bench.sendOf(command.terms(), PROVIDER));

    assertFalse(isStray(notice));
    assertEquals(RefusalCode.OVERLOADED, client.refusal());
  }
}
