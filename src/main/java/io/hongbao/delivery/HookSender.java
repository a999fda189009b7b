// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import java.util.function.Consumer;

/** Brings one request to a receiver. */
@FunctionalInterface
public interface HookSender {

  /**
   * Sends, and tells what came of it, exactly once, on any thread, in bounded time.
   *
   * @param onDone must not block
   */
  void send(Shipment shipment, Consumer<Outcome> onDone);
}
