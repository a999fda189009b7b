// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.DAY_MS;
import static io.hongbao.redpacket.PacketBench.FUNDS;
import static io.hongbao.redpacket.PacketBench.PROVIDER;
import static io.hongbao.redpacket.PacketBench.SENDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Effect;
import io.hongbao.engine.Heard;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.draw.PacketKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Money that is heard of when its order has left memory.
 *
 * <p>It used to be refused as a mismatch: the provider stopped telling, and the payer's money was
 * nobody's. Now the edge finds the order in the read model, and the payment is given back in full.
 */
class LatePaymentTest {

  private static final long TOTAL = 1_000;

  private final PacketBench bench = new PacketBench();
  private final long packetId =
      bench
          .harness
          .askOwner(
              SENDER,
              bench.sendOf(
                  PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, TOTAL, 4), PROVIDER))
          .as(OrderShown.class)
          .order()
          .packetId();

  private TakePayment payment(String id) {
    return new TakePayment(packetId, PROVIDER, id, CNY, TOTAL, bench.harness.nowMs());
  }

  private Heard tell(RedPacketCommand word) {
    Heard heard = bench.harness.askOwner(SENDER, word);
    bench.harness.settleTransfers();
    bench.checkPackets();
    return heard;
  }

  private static PastOrder cancelled(boolean isKnownStray) {
    return new PastOrder(SENDER, PROVIDER, CNY, "", isKnownStray);
  }

  private TakeLatePayment late(String id, PastOrder order) {
    return new TakeLatePayment(payment(id), order, bench.harness.nowMs());
  }

  private boolean isStray(Heard heard) {
    return heard.as(PaymentTaken.class).isStray();
  }

  private long suspense() {
    return bench.harness.systemMinor(AccountKind.SUSPENSE, CNY);
  }

  private long paidIn() {
    return -bench.harness.systemMinor(AccountKind.CLEARING, CNY) - FUNDS;
  }

  private List<StrayPayment> strays() {
    List<StrayPayment> strays = new ArrayList<>();
    bench.state(SENDER).forEachStray(strays::add);
    return strays;
  }

  private List<RefundPayment> takeRefunds() {
    List<RefundPayment> refunds = new ArrayList<>();
    for (Effect effect : bench.harness.takeEffects()) {
      if (effect instanceof RefundPayment refund) {
        refunds.add(refund);
      }
    }
    return refunds;
  }

  /** Nobody pays, the order is closed, and after three days it leaves memory. */
  private void forgetCancelled() {
    bench.harness.advance(15 * 60_000L + 1);
    tell(new CancelOrder(packetId));
    bench.harness.advance(3 * DAY_MS);
    assertNull(bench.state(SENDER).order(packetId));
    bench.harness.takeEffects();
  }

  private void confirmRefund() {
    RefundPayment refund = takeRefunds().getFirst();
    tell(new ConfirmRefund(packetId, refund.refundId()));
  }

  @Test
  void whatACancelledOrderIsPaidGoesBackInFull() {
    forgetCancelled();
    assertEquals(RefusalCode.NOTICE_MISMATCH, tell(payment("p1")).refusal(), "not in memory");

    assertTrue(isStray(tell(late("p1", cancelled(false)))));

    StrayPayment stray = strays().getFirst();
    assertEquals(StrayReason.TOO_LATE, stray.reason());
    assertEquals(TOTAL, suspense());
    assertEquals(TOTAL, paidIn());
    assertEquals(
        List.of(new RefundPayment(PROVIDER, packetId, stray.refundId(), CNY, TOTAL)),
        takeRefunds());
    tell(new ConfirmRefund(packetId, stray.refundId()));
    assertEquals(0, suspense());
    assertEquals(0, paidIn());
    assertEquals(FUNDS, bench.wallet(SENDER), "the sender neither gets nor pays it");
    bench.checkAll();
  }

  @Test
  void aSecondPaymentGoesBackAndACopyOfTheFirstChangesNothing() {
    tell(payment("p1"));
    bench.harness.advance(4 * DAY_MS);
    assertNull(bench.state(SENDER).order(packetId));
    PastOrder paid = new PastOrder(SENDER, PROVIDER, CNY, "p1", false);

    assertFalse(isStray(tell(late("p1", paid))));
    assertEquals(0, suspense());
    assertTrue(isStray(tell(late("p2", paid))));

    assertEquals(StrayReason.PAID_TWICE, strays().getFirst().reason());
    assertEquals(TOTAL, suspense());
    confirmRefund();
    assertEquals(0, suspense());
    bench.checkAll();
  }

  // In memory, by replay, from a snapshot, refunded or not: the payment is known.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCopyIsKnownInMemoryAndAfterARestart(boolean isRefunded) {
    forgetCancelled();
    tell(late("p1", cancelled(false)));
    if (isRefunded) {
      confirmRefund();
    }

    assertTrue(isStray(tell(late("p1", cancelled(false)))));
    bench.harness.crash();
    assertTrue(isStray(tell(late("p1", cancelled(false)))));
    bench.harness.restartFromSnapshots();
    assertTrue(isStray(tell(late("p1", cancelled(false)))));

    assertEquals(1, strays().size());
    assertEquals(isRefunded ? 0 : TOTAL, paidIn());
    bench.checkAll();
  }

  @Test
  void aCopyWaitsUntilTheFirstIsDurable() {
    forgetCancelled();
    Heard first = bench.harness.submit(1, late("p1", cancelled(false)));
    Heard second = bench.harness.submit(1, late("p1", cancelled(false)));
    bench.harness.core(1).release(bench.harness.journal(1).durable());
    assertTrue(first.isSilent() && second.isSilent());

    bench.harness.settle();

    assertTrue(isStray(first) && isStray(second));
    assertEquals(1, strays().size());
  }

  // The same of an order in memory. Its copy rested on the order alone, which the first notice
  // leaves as it was, so the copy was acknowledged before there was anything on disk.
  @Test
  void aCopyWaitsAlsoWhileTheOrderIsInMemory() {
    bench.harness.advance(15 * 60_000L + 1);
    tell(new CancelOrder(packetId));
    Heard first = bench.harness.submit(1, payment("p1"));
    Heard second = bench.harness.submit(1, payment("p1"));
    bench.harness.core(1).release(bench.harness.journal(1).durable());

    assertTrue(first.isSilent() && second.isSilent());
  }

  @Test
  void theRefundIsAskedForUntilItIsConfirmed() {
    forgetCancelled();
    tell(late("p1", cancelled(false)));
    List<RefundPayment> first = takeRefunds();
    bench.harness.advance(30_000);
    assertEquals(first, takeRefunds());
    bench.harness.restartFromSnapshots();
    bench.harness.settle();
    assertEquals(first, takeRefunds(), "after a restart too");
    bench.harness.advance(10 * DAY_MS);
    assertEquals(1, strays().size(), "not forgotten before it is done");
    takeRefunds();

    tell(new ConfirmRefund(packetId, first.getFirst().refundId()));
    bench.harness.advance(60_000);

    assertTrue(takeRefunds().isEmpty());
    bench.checkAll();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesMemoryAfterItsEndAndIsKnownFromTheReadModelThen(boolean restarts) {
    forgetCancelled();
    tell(late("p1", cancelled(false)));
    confirmRefund();
    if (restarts) {
      bench.harness.restartFromSnapshots();
    }
    bench.harness.advance(3 * DAY_MS - 1);
    assertEquals(1, strays().size(), "a moment before");

    bench.harness.advance(1);

    assertTrue(strays().isEmpty());
    assertTrue(isStray(tell(late("p1", cancelled(true)))));
    assertTrue(strays().isEmpty());
    assertEquals(0, paidIn());
    bench.checkAll();
  }

  @Test
  void staysInMemoryUntilTheReadModelHasIt() {
    forgetCancelled();
    tell(late("p1", cancelled(false)));
    confirmRefund();
    bench.exported = false;

    bench.harness.advance(9 * DAY_MS);
    assertEquals(1, strays().size());

    bench.exported = true;
    bench.harness.advance(60_000);
    assertTrue(strays().isEmpty());
  }

  // An order may be exported long before a payment for it is; were both forgotten then, a copy of
  // the notice would be given back a second time.
  @Test
  void anOrderWaitsForTheExportOfWhatItGaveBack() {
    bench.harness.advance(15 * 60_000L + 1);
    tell(new CancelOrder(packetId));
    bench.exportedUpTo = bench.order(packetId).position();
    tell(payment("p1"));
    confirmRefund();

    bench.harness.advance(9 * DAY_MS);
    assertNotNull(bench.state(SENDER).order(packetId));

    bench.exportedUpTo = Long.MAX_VALUE;
    bench.harness.advance(60_000);
    assertNull(bench.state(SENDER).order(packetId));
    assertTrue(strays().isEmpty());
  }

  // Between the look into the read model and this command the same payment may have been taken,
  // refunded and forgotten; so an old finding is not acted upon, and the provider tells again.
  @ParameterizedTest
  @CsvSource({"-1, false", "0, true"})
  void whatWasFoundTooLongAgoIsLookedForAgain(long beyondMs, boolean isRefused) {
    forgetCancelled();
    TakeLatePayment asked = late("p1", cancelled(false));
    bench.harness.advance(3 * DAY_MS + beyondMs);

    Heard heard = tell(asked);

    if (isRefused) {
      assertEquals(RefusalCode.OVERLOADED, heard.refusal());
      assertEquals(0, paidIn());
    } else {
      assertTrue(isStray(heard));
    }
    bench.checkAll();
  }

  @ParameterizedTest
  @CsvSource({
    "other, p1, 1, 1000",
    "sim, p1, 1, 0",
    "sim, p1, 1, -5",
    "sim, p1, 1, 9007199254740992",
    "sim, p1, 9, 1000",
    "sim, p1, 0, 1000",
    "sim, '', 1, 1000",
  })
  void whatIsNotThisProvidersMoneyIsRefused(
      String provider, String id, int asset, long amountMinor) {
    forgetCancelled();
    TakePayment payment = new TakePayment(packetId, provider, id, asset, amountMinor, 1);

    Heard heard = tell(new TakeLatePayment(payment, cancelled(false), bench.harness.nowMs()));

    assertEquals(RefusalCode.NOTICE_MISMATCH, heard.refusal());
    assertEquals(0, paidIn());
    assertTrue(takeRefunds().isEmpty());
    bench.checkAll();
  }

  @Test
  void anOrderThatIsStillInMemoryDecidesItself() {
    assertFalse(isStray(tell(late("p1", cancelled(false)))));

    assertEquals(PacketOrder.State.CREATED, bench.order(packetId).state());
    bench.checkAll();
  }

  @Test
  void itPassesWhereClientsAreTurnedAway() {
    forgetCancelled();
    bench.harness.journal(1).full(true);

    assertTrue(isStray(tell(late("p1", cancelled(false)))));
  }
}
