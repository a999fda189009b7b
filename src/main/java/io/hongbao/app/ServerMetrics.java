// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import io.hongbao.http.ConnectionLimit;
import io.hongbao.http.Edge;
import io.hongbao.http.EdgeMeters;
import io.hongbao.http.rate.LocalRates;
import io.hongbao.http.rate.RateClass;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.CallGate;
import io.hongbao.provider.pay.PayDesk;
import io.hongbao.time.SystemTime;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the parts around the engine count: edge, quotas, certificate, providers, snapshots,
 * clock; and the limits that these and the engine's figures are to be read against.
 *
 * <p><b>Thread:</b> set up by the starter's; read on the management server's.
 */
final class ServerMetrics {

  private static final double MS_PER_SECOND = 1e3;

  /** What grows up to a setting and has a metric of its own. */
  private static final List<Setting> LIMITS =
      List.of(
          Settings.HTTP_CONNECTIONS_MAX,
          Settings.HTTP_RATE_CALLERS_MAX,
          Settings.ENGINE_MAILBOX_MAX,
          Settings.ENGINE_REPLIES_MAX,
          Settings.ENGINE_OUTBOX_MAX,
          Settings.JOURNAL_LANE_BYTES_MAX,
          Settings.REDPACKET_OPENS_IN_FLIGHT_MAX);

  private final MeterRegistry registry;

  ServerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void bindEdges(List<Edge> edges, ConnectionLimit connections) {
    bindLanes(edges);
    bindBatches(edges);
    for (RefusalCode code : RefusalCode.values()) {
      sum(
          "hongbao.http.refusals",
          "problems answered, by code; items of batches too",
          edges,
          one -> one.refusals(code),
          "code",
          code.wireName());
    }
    sum(
        "hongbao.http.connections.refused",
        "connections closed at once because there were too many",
        edges,
        EdgeMeters::connectionsRefused);
    sum(
        "hongbao.http.connections.swept",
        "connections closed because they asked nothing for too long",
        edges,
        EdgeMeters::connectionsSwept);
    sum(
        "hongbao.http.direct",
        "opens and grabs that were read and answered without Vert.x' objects",
        edges,
        EdgeMeters::direct);
    sum(
        "hongbao.http.exports.stalled",
        "exports and event streams cut off because their reader took nothing for too long",
        edges,
        EdgeMeters::stalled);
    sum(
        "hongbao.http.peers_gone",
        "answers that nobody was there to read",
        edges,
        EdgeMeters::peersGone);
    gauge("hongbao.http.connections", "connections open", connections, ConnectionLimit::open);
  }

  private void bindLanes(List<Edge> edges) {
    for (int i = 0; i < edges.size(); i++) {
      Edge edge = edges.get(i);
      String lane = Integer.toString(i);
      for (int digit = 1; digit <= 5; digit++) {
        int statusClass = digit;
        counter(
            "hongbao.http.responses",
            "answers, by the first digit of their status",
            edge,
            one -> one.meters().responses(statusClass),
            "lane",
            lane,
            "class",
            digit + "xx");
      }
      gauge(
          "hongbao.http.under_way",
          "requests that have no answer yet",
          edge,
          one -> one.meters().underWay(),
          "lane",
          lane);
    }
  }

  private void bindBatches(List<Edge> edges) {
    sum("hongbao.batch.calls", "calls that brought several opens", edges, EdgeMeters::batches);
    sum("hongbao.batch.items", "opens that came in batches", edges, EdgeMeters::batchItems);
    gauge(
        "hongbao.batch.items.under_way",
        "items of batches that have no answer yet",
        edges,
        all -> all.stream().mapToLong(one -> one.meters().batchItemsUnderWay()).sum());
  }

  void bindRates(LocalRates rates, SystemTime clock) {
    for (RateClass rateClass : RateClass.values()) {
      counter(
          "hongbao.rate.refused",
          "requests refused because their caller asked too much",
          rates,
          one -> one.refused(rateClass),
          "class",
          rateClass.wireName());
    }
    gauge(
        "hongbao.rate.callers",
        "callers who have used some of their quota",
        rates,
        one -> one.callers(clock.nanos()));
    counter(
        "hongbao.rate.forgotten",
        "callers forgotten before their time because the table was full",
        rates,
        LocalRates::forgotten);
  }

  void bindTls(@Nullable TlsRuntime tls, SystemTime clock) {
    if (tls != null) {
      gauge(
          "hongbao.tls.seconds_left",
          "until the certificate ends, in seconds",
          tls,
          one -> one.secondsLeft(clock.nowMs()));
      counter("hongbao.tls.reloads", "certificates taken while running", tls, TlsRuntime::reloads);
      counter(
          "hongbao.tls.failures",
          "changes of the certificate's files that could not be taken",
          tls,
          TlsRuntime::failures);
    }
  }

  void bindProviders(PayDesk desk) {
    List<CallGate.Stats> now = desk.stats();
    for (int i = 0; i < now.size(); i++) {
      int index = i;
      String name = now.get(i).name();
      calls(desk, name, "answered", d -> d.stats().get(index).answered());
      calls(desk, name, "failed", d -> d.stats().get(index).failed());
      calls(desk, name, "timed_out", d -> d.stats().get(index).timedOut());
      calls(desk, name, "refused", d -> d.stats().get(index).refused());
      gauge(
          "hongbao.provider.in_flight",
          "calls to the provider under way",
          desk,
          d -> d.stats().get(index).inFlight(),
          "provider",
          name);
      gauge(
          "hongbao.provider.in_flight.max",
          "calls to the provider that may be under way",
          desk,
          d -> d.stats().get(index).inFlightMax(),
          "provider",
          name);
      gauge(
          "hongbao.provider.abandoned",
          "calls given up whose answer may still come",
          desk,
          d -> d.stats().get(index).abandoned(),
          "provider",
          name);
    }
  }

  private void calls(
      PayDesk desk, String provider, String outcome, ToDoubleFunction<PayDesk> reading) {
    counter(
        "hongbao.provider.calls",
        "calls to the provider, by what became of them",
        desk,
        reading,
        "provider",
        provider,
        "outcome",
        outcome);
  }

  void bindEngine(EngineRuntime engine, SystemTime clock) {
    gauge(
        "hongbao.clock.offset",
        "the wall clock minus the server's time, in seconds",
        clock,
        one -> one.wallOffsetMs() / MS_PER_SECOND);
    gauge(
        "hongbao.clock.stepped",
        "1 while the wall clock is too far away to be followed",
        clock,
        one -> one.isWallClockStepped() ? 1 : 0);
  }

  /** Shows limits beside what they limit, so that an alarm can be a ratio. */
  void bindLimits(Configuration configuration) {
    for (Setting setting : LIMITS) {
      gauge(
          "hongbao.limit",
          "a limit as configured, in its own unit",
          configuration,
          one -> one.values().number(setting),
          "setting",
          setting.key());
    }
  }

  private void sum(
      String name,
      String text,
      List<Edge> edges,
      ToLongFunction<EdgeMeters> meter,
      String... tags) {
    counter(
        name,
        text,
        edges,
        all -> all.stream().mapToLong(one -> meter.applyAsLong(one.meters())).sum(),
        tags);
  }

  private <T> void counter(
      String name, String text, T source, ToDoubleFunction<T> reading, String... tags) {
    FunctionCounter.builder(name, source, reading).description(text).tags(tags).register(registry);
  }

  private <T> void gauge(
      String name, String text, T source, ToDoubleFunction<T> reading, String... tags) {
    Gauge.builder(name, source, reading)
        .description(text)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
