// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.feed.Feed;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import io.hongbao.webhook.WebhookCommand;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What the workers get from outside.
 *
 * @param executor runs everything, one after the other
 * @param commands takes commands for the webhooks' partition
 */
public record HookSurroundings(
    Feed feed,
    HookSender sender,
    Executor executor,
    Consumer<WebhookCommand> commands,
    DeliveryMeters meters,
    TimeSource time,
    Randomness chance) {

  long nowMs() {
    return time.nowMs();
  }

  void submit(WebhookCommand command) {
    commands.accept(command);
  }

  /** Sends; what came of it is told on the executor. */
  void send(Shipment shipment, Consumer<Outcome> onDone) {
    long beganNanos = time.nanos();
    meters.countBegun();
    sender.send(
        shipment,
        outcome -> {
          meters.countDone(outcome.isAccepted(), time.nanos() - beganNanos);
          executor.execute(() -> onDone.accept(outcome));
        });
  }
}
