// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sms;

import io.hongbao.provider.CallGate;
import io.hongbao.provider.Reply;
import io.hongbao.provider.Timers;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go out, within limits of number and time.
 *
 * <p><b>Thread:</b> any; the reply comes back to the Vert.x context that asked.
 *
 * <p><b>Limit:</b> {@link #CALLS_IN_FLIGHT_MAX}, {@link #CALL_TIMEOUT_MS}.
 */
public final class SmsDesk {

  private static final int CALLS_IN_FLIGHT_MAX = 256;
  private static final long CALL_TIMEOUT_MS = 5_000;

  private final @Nullable SmsProvider provider;
  private final CallGate gate;

  /**
   * @param provider null when there is none: nothing can be sent
   */
  public SmsDesk(@Nullable SmsProvider provider, Timers timers) {
    this.provider = provider;
    this.gate =
        new CallGate(
            provider == null ? "none" : provider.name(),
            CALLS_IN_FLIGHT_MAX,
            CALL_TIMEOUT_MS,
            timers);
  }

  public boolean canSend() {
    return provider != null;
  }

  /** Sends a message; false when it certainly was not sent. What is unknown counts as sent. */
  public Future<Boolean> send(SmsMessage message) {
    SmsProvider to = provider;
    if (to == null) {
      return Future.succeededFuture(false);
    }
    return gate.call(() -> to.send(message))
        .map(
            reply ->
                switch (reply) {
                  case Reply.Answered<Boolean> answered -> answered.value();
                  case Reply.NotSent<Boolean> notSent -> false;
                  case Reply.Unknown<Boolean> unknown -> true;
                });
  }

  public CallGate.Stats stats() {
    return gate.stats();
  }
}
