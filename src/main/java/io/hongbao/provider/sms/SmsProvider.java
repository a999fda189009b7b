// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sms;

import io.vertx.core.Future;

/**
 * The port to a service that sends messages to phones.
 *
 * <p><b>Thread:</b> any. <b>Failure:</b> a future that fails, or never comes, means that nobody
 * knows whether the message went out; the user asks again.
 */
public interface SmsProvider {

  String name();

  /** Hands a message over; false when the service refuses it. */
  Future<Boolean> send(SmsMessage message);
}
