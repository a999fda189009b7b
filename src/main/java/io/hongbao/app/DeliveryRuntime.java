// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.WebhookSettings;
import io.hongbao.delivery.Deliveries;
import io.hongbao.delivery.DeliveryMeters;
import io.hongbao.delivery.HookLimits;
import io.hongbao.delivery.HookSurroundings;
import io.hongbao.delivery.HttpHookSender;
import io.hongbao.engine.ReplyPort;
import io.hongbao.feed.Feed;
import io.hongbao.shard.LaneSet;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.TimeSource;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookDirectory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Webhooks of one process: one loop looks after all of them.
 *
 * <p><b>Thread:</b> the starter's.
 */
final class DeliveryRuntime {

  /** Retries are seconds apart; this is how late one may be. */
  private static final long TICK_MS = 50;

  private final Vertx vertx;
  private final Context loop;
  private final Deliveries deliveries;
  private final HttpHookSender sender;
  private final long timer;

  private DeliveryRuntime(Vertx vertx, Context loop, Deliveries deliveries, HttpHookSender sender) {
    this.vertx = vertx;
    this.loop = loop;
    this.deliveries = deliveries;
    this.sender = sender;
    loop.runOnContext(ignored -> deliveries.start());
    this.timer =
        vertx.setPeriodic(TICK_MS, ignored -> loop.runOnContext(onLoop -> deliveries.tick()));
  }

  static DeliveryRuntime start(
      Vertx vertx,
      Configuration configuration,
      WebhookDirectory directory,
      Feed feed,
      LaneSet lanes,
      TimeSource time) {
    WebhookSettings settings = configuration.webhook();
    HttpHookSender sender =
        new HttpHookSender(
            vertx, version(), settings.allowHttp(), settings.allowPrivate(), settings.timeoutMs());
    Context loop = vertx.getOrCreateContext();
    HookSurroundings around =
        new HookSurroundings(
            feed,
            sender,
            task -> loop.runOnContext(ignored -> task.run()),
            command -> lanes.submit(Webhook.PARTITION, command, ReplyPort.NOBODY),
            new DeliveryMeters(),
            time,
            new SecureRandomness());
    HookLimits limits =
        HookLimits.DEFAULT
            .withInFlightMax(settings.inFlightMax())
            .withRetry(settings.retryFirstMs(), settings.retryMaxMs(), settings.retryForMs());
    return new DeliveryRuntime(vertx, loop, new Deliveries(directory, around, limits), sender);
  }

  // Stands in the jar's manifest; classes that run from a directory have none.
  private static String version() {
    String version = DeliveryRuntime.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /** Sends no more; what was accepted is on its way to the journal. */
  void stop() throws Exception {
    vertx.cancelTimer(timer);
    Promise<Void> stopped = Promise.promise();
    loop.runOnContext(
        ignored -> {
          deliveries.stop();
          stopped.complete();
        });
    Future<Void> all = stopped.future().eventually(sender::close);
    Waiting.on(all);
  }
}
