// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Operations".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.http.Edge;
import io.hongbao.model.LatencyHistogram;
import io.hongbao.observe.EngineMetrics;
import io.hongbao.observe.ManagementServer;
import io.hongbao.observe.ServiceMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The management port with everything that is measured. */
final class ManagementRuntime {

  private final HttpServer server;

  private ManagementRuntime(HttpServer server) {
    this.server = server;
  }

  static ManagementRuntime start(
      Vertx vertx,
      Configuration configuration,
      Conditions conditions,
      EngineRuntime engine,
      ReadModelRuntime readModel,
      List<Edge> edges,
      ProcessFacts facts,
      @Nullable TlsRuntime tls,
      PeopleRuntime people,
      EventMetrics events,
      OperationsRuntime operations,
      Admission admission,
      LocalPlayDoor play,
      LiveMetrics live,
      Consumer<ServerMetrics> others)
      throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    bindProcess(registry);
    play.show(registry::scrape);
    EngineMetrics metrics = new EngineMetrics(registry);
    metrics.bind(engine.lanes());
    metrics.bind(engine.journal(), engine.lanes().count());
    configuration
        .assets()
        .assets()
        .forEach(asset -> metrics.bindInFlight(engine.lanes(), asset.number(), asset.code()));
    metrics.bindSuspense(engine.lanes());
    metrics.bindKeys(engine.lanes());
    bindLists(metrics, facts, readModel);
    events.bindTo(registry);
    live.bindTo(registry, metrics);
    admission.bind(metrics);
    bindEdges(metrics, edges);
    AccessMetrics.bind(registry, edges);
    people.bind(registry);
    operations.bind(new ServiceMetrics(registry));
    others.accept(new ServerMetrics(registry));
    return listen(
        vertx,
        configuration,
        new ManagementServer(
            conditions, registry, engine::releaseTimers, conditions::acceptWallClock),
        configuration.management().tls() ? tls : null);
  }

  private static void bindLists(
      EngineMetrics metrics, ProcessFacts facts, ReadModelRuntime readModel) {
    metrics.quantiles(
        "hongbao.credit.lag", "an open to the owner's wallet", "all", facts.creditNanos());
    metrics.laneCount(
        "hongbao.shares.credited",
        "shares that have reached their owner's wallet",
        "all",
        facts.creditNanos(),
        LatencyHistogram::count);
    metrics.value(
        "hongbao.export.lag.records",
        "durable records that the read model does not hold",
        readModel,
        lists -> lists.status().lagRecords());
    metrics.value(
        "hongbao.export.lag.seconds",
        "age of what the read model holds",
        readModel,
        lists -> lists.status().lagMs() / 1000.0);
    metrics.value(
        "hongbao.export.rows",
        "rows written into the read model since the start",
        readModel,
        lists -> lists.rows());
    metrics.value(
        "hongbao.export.process.starts",
        "starts of the read model's process; more than one: it had ended by itself",
        readModel,
        lists -> lists.processStarts());
  }

  private static void bindEdges(EngineMetrics metrics, List<Edge> edges) {
    for (int i = 0; i < edges.size(); i++) {
      String lane = Integer.toString(i);
      metrics.quantiles(
          "hongbao.http.hot",
          "a hot request to its answer",
          lane,
          edges.get(i).meters().hotNanos());
      metrics.quantiles(
          "hongbao.http.other", "any other request", lane, edges.get(i).meters().otherNanos());
    }
  }

  private static ManagementRuntime listen(
      Vertx vertx,
      Configuration configuration,
      ManagementServer management,
      @Nullable TlsRuntime tls)
      throws Exception {
    String host = configuration.management().host();
    int port = configuration.management().port();
    try {
      HttpServer server =
          Waiting.on(management.listen(vertx, host, port, tls == null ? null : tls.identity()));
      if (tls != null) {
        tls.listen(next -> server.updateSSLOptions(next.options()));
      }
      return new ManagementRuntime(server);
    } catch (IOException e) {
      throw new ListenException("management", host, port, e);
    }
  }

  // Lives as long as the process and its registry.
  @SuppressWarnings("resource")
  private static void bindProcess(PrometheusMeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
  }

  int port() {
    return server.actualPort();
  }
}
