// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static io.hongbao.provider.sim.SimulatedBank.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.RefusalCode;
import io.hongbao.provider.FakeTime;
import io.hongbao.provider.pay.CloseResult;
import io.hongbao.provider.pay.NoticeVerdict;
import io.hongbao.provider.pay.PayStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notices as the real world brings them: late, doubled, reordered, forged, missing. */
final class NoticeScriptTest {

  private final SimulatedBank bank = new SimulatedBank();

  @Test
  void tellsOfAPaymentOnce() {
    bank.place(1, 10_000, Scripts.paying(300, NoticePlan.after(200)).make());

    bank.time.advance(499);
    assertEquals(0, bank.arrived.size());
    bank.time.advance(1);

    var notice =
        assertInstanceOf(NoticeVerdict.Genuine.class, bank.arrived.getFirst().verdict()).notice();
    assertEquals(10_000, notice.amountMinor());
    assertEquals(FakeTime.START_MS + 300, notice.paidAtMs());
    var paid = assertInstanceOf(PayStatus.Paid.class, answer(bank.provider.query(1)));
    assertEquals(paid.providerTxn(), notice.providerTxn());
    bank.time.advance(86_400_000);
    assertEquals(1, bank.arrived.size());
  }

  @Test
  void bringsALateNoticeAfterTheOrdersDeadline() {
    bank.place(1, 10_000, Scripts.paying(300, NoticePlan.after(1_800_000)).make());

    bank.time.advance(900_001);
    assertEquals(0, bank.arrived.size());
    assertInstanceOf(CloseResult.AlreadyPaid.class, answer(bank.provider.close(1)));
    bank.time.advance(1_800_000);

    assertEquals(1, bank.arrived.size());
  }

  @Test
  void takesALatePaymentWhenItDoesNotMindTheDeadline() {
    bank.place(1, 10_000, Scripts.paying(1_000_000, NoticePlan.after(0)).late().make());
    bank.place(2, 10_000, Scripts.paying(1_000_000, NoticePlan.after(0)).late().make());

    bank.time.advance(950_000);
    assertEquals(new PayStatus.NotPaidYet(), answer(bank.provider.query(1)));
    assertEquals(new CloseResult.Closed(), answer(bank.provider.close(2)));
    bank.time.advance(100_000);

    assertInstanceOf(PayStatus.Paid.class, answer(bank.provider.query(1)));
    assertEquals(new PayStatus.Closed(), answer(bank.provider.query(2)));
    assertEquals(List.of(1L), bank.arrived.stream().map(SimulatedBank.Arrived::orderId).toList());
  }

  @Test
  void bringsCopiesOfTheSameBytes() {
    bank.place(1, 10_000, Scripts.paying(300, NoticePlan.after(200).withCopies(3)).make());

    bank.time.advance(1000);

    assertEquals(3, bank.arrived.size());
    assertEquals(bank.arrived.get(0).body(), bank.arrived.get(2).body());
    assertEquals(bank.arrived.get(0).noticeId(), bank.arrived.get(2).noticeId());
  }

  @Test
  void holdsANoticeBackUntilALaterOneHasOvertakenIt() {
    bank.place(1, 100, Scripts.paying(100, NoticePlan.after(0)).reordered().make());
    bank.place(2, 200, Scripts.paying(500, NoticePlan.after(0)).make());

    bank.time.advance(1000);

    assertEquals(
        List.of(2L, 1L), bank.arrived.stream().map(SimulatedBank.Arrived::orderId).toList());
  }

  @Test
  void letsAHeldBackNoticeGoWhenNoOtherComes() {
    bank.place(1, 100, Scripts.paying(100, NoticePlan.after(0)).reordered().make());

    bank.time.advance(100 + NoticeCourier.HELD_BACK_MS_MAX - 1);
    assertEquals(0, bank.arrived.size());
    bank.time.advance(1);

    assertEquals(1, bank.arrived.size());
  }

  @Test
  void forgesNoticesOfPaymentsThatNeverWere() {
    bank.place(1, 10_000, Scripts.paying(null, List.of(NoticePlan.after(200).withForged())).make());

    bank.time.advance(3_600_000);

    assertEquals(1, bank.arrived.size());
    assertEquals(RefusalCode.NOTICE_FORGED, refusal(0));
    assertEquals(new PayStatus.Closed(), answer(bank.provider.query(1)));
  }

  @Test
  void playsOldSignaturesAgain() {
    bank.place(1, 10_000, Scripts.paying(0, NoticePlan.after(200).withSignedAgo(300_001)).make());

    bank.time.advance(3_600_000);

    assertEquals(1, bank.arrived.size());
    assertEquals(RefusalCode.NOTICE_FORGED, refusal(0));
  }

  @Test
  void signsAWrongAmountWell() {
    bank.place(1, 10_000, Scripts.paying(0, NoticePlan.after(0).withAmountDelta(-1)).make());

    bank.time.advance(1000);

    var genuine = assertInstanceOf(NoticeVerdict.Genuine.class, bank.arrived.getFirst().verdict());
    assertEquals(9_999, genuine.notice().amountMinor());
    assertEquals(10_000, bank.books().get(1L).paidMinor());
  }

  @Test
  void keepsSilentButTellsWhoAsks() {
    bank.place(1, 10_000, Scripts.paying(300L, List.of()).make());

    bank.time.advance(86_400_000);

    assertEquals(0, bank.arrived.size());
    assertInstanceOf(PayStatus.Paid.class, answer(bank.provider.query(1)));
  }

  @Test
  void comesAgainWithLongerAndLongerPausesUntilTheServerTakesIt() {
    bank.serverStatus = null;
    bank.place(1, 10_000, Scripts.paying(0, NoticePlan.after(0)).make());

    bank.time.advance(1);
    bank.time.advance(3000);
    assertEquals(3, bank.arrived.size());
    bank.serverStatus = 503;
    bank.time.advance(4000);
    assertEquals(4, bank.arrived.size());
    bank.serverStatus = 200;
    bank.time.advance(3_600_000);

    assertEquals(5, bank.arrived.size());
    List<Long> pauses = List.of(1000L, 2000L, 4000L, 8000L);
    for (int index = 0; index < pauses.size(); index++) {
      assertEquals(
          pauses.get(index), bank.arrived.get(index + 1).atMs() - bank.arrived.get(index).atMs());
    }
    assertTrue(bank.arrived.stream().allMatch(a -> a.verdict() instanceof NoticeVerdict.Genuine));
  }

  @Test
  void givesUpAfterItsLastAttempt() {
    bank.serverStatus = 500;
    bank.place(1, 10_000, Scripts.paying(0, NoticePlan.after(0)).make());

    bank.time.advance(86_400_000);

    assertEquals(NoticeCourier.ATTEMPTS_MAX, bank.arrived.size());
    assertEquals(0, bank.time.pendingCount());
  }

  @Test
  void noticesAClockThatWasMovedByHand() {
    bank.place(1, 10_000, Scripts.paying(3_600_000, NoticePlan.after(200)).late().make());

    bank.time.jump(86_400_000);
    bank.provider.clockMoved();

    assertEquals(1, bank.arrived.size());
    var paid = assertInstanceOf(PayStatus.Paid.class, answer(bank.provider.query(1)));
    assertEquals(FakeTime.START_MS + 3_600_000, paid.paidAtMs());
  }

  private RefusalCode refusal(int index) {
    return assertInstanceOf(NoticeVerdict.Refused.class, bank.arrived.get(index).verdict()).code();
  }
}
