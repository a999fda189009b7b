// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.app;

import io.hongbao.delivery.Deliveries;
import io.hongbao.feed.Feed;
import io.hongbao.gateway.Gateway;
import io.hongbao.http.EventMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Shows what the event feed counts, each with its limit. */
record EventMetrics(Feed feed, EventMeters readers, Deliveries deliveries, Gateway gateway) {

  void bindTo(MeterRegistry registry) {
    gauge(registry, "hongbao.events.streams", "streams and waiting reads", m -> m.readers.open());
    counter(
        registry,
        "hongbao.events.streams.refused",
        "streams and waiting reads turned away",
        m -> m.readers.refused());
    counter(
        registry,
        "hongbao.events.streams.revoked",
        "streams and waiting reads ended since their key was taken back",
        m -> m.readers.revoked());
    counter(registry, "hongbao.events.sent", "events sent", m -> m.readers.sent());
    gauge(registry, "hongbao.events.tail", "newest events in memory", m -> m.feed.tailSize());
    gauge(
        registry,
        "hongbao.events.tail.bytes",
        "bytes of the newest events in memory",
        m -> m.feed.tailSizeBytes());
    counter(
        registry,
        "hongbao.events.tail.encoded",
        "events written into memory",
        m -> m.feed.meters().tailEvents());
    pages(registry, "tail", m -> m.feed.meters().pagesFromTail());
    pages(registry, "files", m -> m.feed.meters().pagesFromFiles());
    gauge(
        registry,
        "hongbao.events.reads.waiting",
        "pages of old events under way",
        m -> m.feed.readsUnderWay());
    counter(
        registry,
        "hongbao.events.reads.refused",
        "pages of old events refused",
        m -> m.feed.meters().readsRefused());
    gauge(
        registry,
        "hongbao.events.readers.idle",
        "readers of files kept open",
        m -> m.feed.readersIdle());
    counter(
        registry,
        "hongbao.events.readers.opened",
        "readers of files opened anew",
        m -> m.feed.meters().readersOpened());
    counter(
        registry,
        "hongbao.events.failures",
        "the journal's files could not be read",
        m -> m.feed.meters().failures());
    bindWebhooks(registry);
    new GatewayMetrics(gateway).bindTo(registry);
  }

  private void bindWebhooks(MeterRegistry registry) {
    gauge(registry, "hongbao.webhooks", "webhooks that are sent to", m -> m.deliveries.count());
    gauge(
        registry,
        "hongbao.webhooks.paused",
        "webhooks that failed for too long and wait for somebody to look",
        m -> m.deliveries.pausedCount());
    gauge(
        registry,
        "hongbao.webhooks.pending",
        "events read for webhooks and not yet accepted",
        m -> m.deliveries.pending());
    gauge(
        registry,
        "hongbao.webhooks.in_flight",
        "deliveries under way",
        m -> m.deliveries.meters().inFlight());
    counter(
        registry,
        "hongbao.webhooks.accepted",
        "deliveries that were accepted",
        m -> m.deliveries.meters().accepted());
    counter(
        registry,
        "hongbao.webhooks.failed",
        "deliveries that were not",
        m -> m.deliveries.meters().failed());
  }

  private void pages(
      MeterRegistry registry, String source, ToDoubleFunction<EventMetrics> reading) {
    FunctionCounter.builder("hongbao.events.pages", this, reading)
        .description("pages of events")
        .tag("source", source)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<EventMetrics> reading) {
    Gauge.builder(name, this, reading).description(text).strongReference(true).register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String text, ToDoubleFunction<EventMetrics> reading) {
    FunctionCounter.builder(name, this, reading).description(text).register(registry);
  }
}
