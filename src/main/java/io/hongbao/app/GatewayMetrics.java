// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.app;

import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayMeters;
import io.hongbao.model.LatencyHistogram;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Shows what the gateway counts: the sum of its loops, and the time of passes of each. */
record GatewayMetrics(Gateway gateway) {

  private static final double NANOS_PER_S = 1e9;
  private static final double[] QUANTILES = {0.5, 0.99, 0.999};

  void bindTo(MeterRegistry registry) {
    gauge(registry, "connections", "connections that read rooms", Gateway::connectionCount);
    gauge(registry, "rooms", "rooms that somebody reads", Gateway::roomCount);
    gauge(registry, "tickets", "tickets that are not used yet", g -> g.tickets().count());
    counter(registry, "opened", "connections let in", GatewayMeters::opened);
    counter(
        registry, "refused", "connections for which there was no place", GatewayMeters::refused);
    counter(registry, "messages", "messages of clients", GatewayMeters::messages);
    counter(registry, "delivered", "entries written, for each reader", GatewayMeters::delivered);
    counter(registry, "delivered.bytes", "bytes of them", GatewayMeters::deliveredBytes);
    counter(registry, "flushes", "flushes of sockets", GatewayMeters::flushes);
    counter(registry, "shed", "entries that slow readers were told they lost", GatewayMeters::shed);
    ended(registry, "slow", GatewayMeters::cutSlow);
    ended(registry, "silent", GatewayMeters::cutSilent);
    ended(registry, "violation", GatewayMeters::violations);
    ended(registry, "revoked", GatewayMeters::revoked);
    List<GatewayMeters> loops = gateway.meters();
    buckets(registry, loops);
    for (int i = 0; i < loops.size(); i++) {
      LatencyHistogram passes = loops.get(i).passes();
      for (double quantile : QUANTILES) {
        Gauge.builder(
                "hongbao.gateway.pass",
                passes,
                histogram -> histogram.quantileNanos(quantile) / NANOS_PER_S)
            .description("an entry's appending until all readers of a loop had it, in seconds")
            .tag("lane", Integer.toString(i))
            .tag("quantile", Double.toString(quantile))
            .register(registry);
      }
    }
  }

  // For the plot of /ops; bounds double from a quarter of a millisecond to two seconds.
  private void buckets(MeterRegistry registry, List<GatewayMeters> loops) {
    for (long micros = 250; micros <= 2_048_000; micros *= 2) {
      long nanos = micros * 1_000;
      Gauge.builder(
              "hongbao.gateway.pass.within",
              loops,
              all -> all.stream().mapToLong(one -> one.passes().countUpTo(nanos)).sum())
          .description("entries that all readers of a loop had within the bound, in seconds")
          .tag("le", Double.toString(micros / 1e6))
          .strongReference(true)
          .register(registry);
    }
  }

  private void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<Gateway> reading) {
    Gauge.builder("hongbao.gateway." + name, gateway, reading)
        .description(text)
        .strongReference(true)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String text, ToLongFunction<GatewayMeters> reading) {
    FunctionCounter.builder("hongbao.gateway." + name, gateway, g -> sum(g, reading))
        .description(text)
        .register(registry);
  }

  private void ended(MeterRegistry registry, String reason, ToLongFunction<GatewayMeters> reading) {
    FunctionCounter.builder("hongbao.gateway.ended", gateway, g -> sum(g, reading))
        .description("connections ended by the server")
        .tag("reason", reason)
        .register(registry);
  }

  private static double sum(Gateway gateway, ToLongFunction<GatewayMeters> reading) {
    return gateway.meters().stream().mapToLong(reading).sum();
  }
}
