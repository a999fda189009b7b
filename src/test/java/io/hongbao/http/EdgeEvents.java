// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.config.Configuration;
import io.hongbao.delivery.Deliveries;
import io.hongbao.delivery.DeliveryMeters;
import io.hongbao.delivery.HookLimits;
import io.hongbao.delivery.HookSurroundings;
import io.hongbao.export.FakeSource;
import io.hongbao.feed.Feed;
import io.hongbao.feed.FeedLimits;
import io.hongbao.time.SeededRandomness;
import io.hongbao.time.TimeSource;
import io.hongbao.webhook.WebhookDirectory;
import java.util.List;

/** Events and webhooks for an edge under test: there are none. */
final class EdgeEvents {

  private EdgeEvents() {}

  static EventParts none(Configuration configuration, TimeSource time) {
    Feed feed =
        new Feed(
            new FakeSource(10),
            List::of,
            () -> (stamped, family, event) -> new byte[0],
            FeedLimits.DEFAULT,
            Runnable::run,
            time);
    HookSurroundings nowhere =
        new HookSurroundings(
            feed,
            (shipment, onDone) -> {},
            Runnable::run,
            command -> {},
            new DeliveryMeters(),
            time,
            new SeededRandomness(1));
    return new EventParts(
        feed,
        configuration.events(),
        new EventMeters(),
        new Deliveries(new WebhookDirectory(), nowhere, HookLimits.DEFAULT),
        configuration.webhook());
  }
}
