// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sim;

import io.hongbao.provider.sms.SmsMessage;
import io.hongbao.provider.sms.SmsProvider;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A service that sends nothing and keeps what it was given, for sandboxes.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> the newest {@link #MESSAGES_MAX}; a restart forgets them.
 */
public final class SimulatedSms implements SmsProvider {

  public static final String NAME = "sim";

  static final int MESSAGES_MAX = 1_000;

  private final Deque<SmsMessage> newestFirst = new ArrayDeque<>();
  private boolean isDown;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public synchronized Future<Boolean> send(SmsMessage message) {
    if (isDown) {
      return Future.succeededFuture(false);
    }
    newestFirst.addFirst(message);
    if (newestFirst.size() > MESSAGES_MAX) {
      newestFirst.removeLast();
    }
    return Future.succeededFuture(true);
  }

  /** From now on it refuses, or takes again. */
  public synchronized void down(boolean down) {
    isDown = down;
  }

  /** What was sent to a phone, the newest first. */
  public synchronized List<SmsMessage> sentTo(String phone) {
    List<SmsMessage> sent = new ArrayList<>(newestFirst);
    sent.removeIf(message -> !message.phone().equals(phone));
    return sent;
  }
}
