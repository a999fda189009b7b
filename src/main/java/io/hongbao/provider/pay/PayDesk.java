// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.CallGate;
import io.hongbao.provider.Reply;
import io.hongbao.provider.Timers;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where orders go to be paid: knows the providers by name and keeps each within its limits.
 *
 * <p><b>Thread:</b> every thread; replies come back to the Vert.x context that asked.
 *
 * <p><b>Failure:</b> futures never fail; see {@link Reply}. A name that nobody has is {@link
 * RefusalCode#PROVIDER_UNKNOWN}.
 *
 * <p><b>Limit:</b> {@code provider.calls_in_flight_max} and {@code provider.call_timeout_ms}, each
 * for one provider; a provider that hangs leaves the others alone.
 */
public final class PayDesk {

  private record Counter(PayProvider provider, CallGate gate) {}

  private final Map<String, Counter> counters;

  public PayDesk(
      Collection<? extends PayProvider> providers, int inFlightMax, long timeoutMs, Timers timers) {
    var byName = new LinkedHashMap<String, Counter>();
    for (PayProvider provider : providers) {
      String name = provider.name();
      var gate = new CallGate(name, inFlightMax, timeoutMs, timers);
      Check.that(byName.put(name, new Counter(provider, gate)) == null, "provider name used twice");
    }
    this.counters = Map.copyOf(byName);
  }

  public Set<String> names() {
    return counters.keySet();
  }

  public Future<Reply<PrepayResult>> prepay(String provider, PayOrder order) {
    return ask(provider, port -> port.prepay(order));
  }

  public Future<Reply<PayStatus>> query(String provider, long orderId) {
    return ask(provider, port -> port.query(orderId));
  }

  public Future<Reply<CloseResult>> close(String provider, long orderId) {
    return ask(provider, port -> port.close(orderId));
  }

  public Future<Reply<RefundResult>> refund(String provider, Refund refund) {
    return ask(provider, port -> port.refund(refund));
  }

  public Future<Reply<RefundStatus>> queryRefund(String provider, long refundId) {
    return ask(provider, port -> port.queryRefund(refundId));
  }

  /** One reading per provider, for metrics and the operator's page. */
  public List<CallGate.Stats> stats() {
    return counters.values().stream().map(counter -> counter.gate().stats()).toList();
  }

  private <T> Future<Reply<T>> ask(String name, Function<PayProvider, Future<T>> call) {
    Counter counter = counters.get(name);
    if (counter == null) {
      return Future.succeededFuture(new Reply.NotSent<>(RefusalCode.PROVIDER_UNKNOWN));
    }
    return counter.gate().call(() -> call.apply(counter.provider()));
  }
}
