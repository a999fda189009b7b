// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayProvider;
import io.hongbao.provider.pay.PayProviderContract;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The simulator is a provider like any other, here with refunds that take a while. */
final class SimulatedPayProviderTest extends PayProviderContract {

  private final SimulatedBank bank = new SimulatedBank();

  @BeforeEach
  void nobodyPaysByHimself() {
    answer(bank.provider.scriptDefault(Scripts.paying(null, List.of()).refund(5000).make()));
  }

  @Override
  protected PayProvider provider() {
    return bank.provider;
  }

  @Override
  protected long nowMs() {
    return bank.time.getAsLong();
  }

  @Override
  protected void pass(long ms) {
    bank.time.advance(ms);
  }

  @Override
  protected <T> T answer(Future<T> future) {
    return SimulatedBank.answer(future);
  }

  @Override
  protected void customerPays(PayOrder order) {
    answer(bank.provider.customerPays(order.orderId()));
  }

  @Override
  protected void restart() {
    bank.killAndStart(1000, 0);
  }
}
