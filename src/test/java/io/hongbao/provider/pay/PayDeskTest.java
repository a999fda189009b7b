// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.BrokenInvariantException;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.FakeTime;
import io.hongbao.provider.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PayDeskTest {

  private final FakeTime time = new FakeTime();
  private final Bank deaf = new Bank("deaf", Promise.<PayStatus>promise().future());
  private final Bank quick = new Bank("quick", Future.succeededFuture(new PayStatus.NotPaidYet()));
  private final PayDesk desk = new PayDesk(List.of(deaf, quick), 1, 1000, time);

  @Test
  void findsProvidersByName() {
    assertEquals(Set.of("deaf", "quick"), desk.names());
    assertEquals(new Reply.Answered<>(new PayStatus.NotPaidYet()), desk.query("quick", 1).result());
    assertEquals(
        new Reply.NotSent<>(RefusalCode.PROVIDER_UNKNOWN), desk.query("nobody", 1).result());
  }

  @Test
  void letsNoProviderThatHangsHoldUpAnother() {
    var hanging = desk.query("deaf", 1);

    assertEquals(new Reply.NotSent<>(RefusalCode.OVERLOADED), desk.query("deaf", 2).result());
    assertInstanceOf(Reply.Answered.class, desk.query("quick", 1).result());
    time.advance(1000);

    assertInstanceOf(Reply.Unknown.class, hanging.result());
    long refused = desk.stats().stream().mapToLong(stats -> stats.refused()).sum();
    assertEquals(1, refused);
  }

  @Test
  void givesANameOnce() {
    assertThrows(
        BrokenInvariantException.class,
        () -> new PayDesk(List.of(quick, new Bank("quick", quick.status())), 1, 1000, time));
  }

  private record Bank(String name, Future<PayStatus> status) implements PayProvider {

    @Override
    public Future<PrepayResult> prepay(PayOrder order) {
      return Future.failedFuture("not asked here");
    }

    @Override
    public Future<PayStatus> query(long orderId) {
      return status;
    }

    @Override
    public Future<CloseResult> close(long orderId) {
      return Future.failedFuture("not asked here");
    }

    @Override
    public Future<RefundResult> refund(Refund refund) {
      return Future.failedFuture("not asked here");
    }

    @Override
    public Future<RefundStatus> queryRefund(long refundId) {
      return Future.failedFuture("not asked here");
    }
  }
}
