// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Operations".
package io.hongbao.observe;

import io.hongbao.tls.Identity;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The port for those who look after the server: {@code /health}, {@code /ready}, {@code /metrics}.
 *
 * <p>Healthy = the process should not be restarted; ready = it should get traffic. A lagging read
 * model is neither: it is shown as degraded, and the server goes on.
 *
 * <p><b>Thread:</b> an event loop of Vert.x; everything it reads is a counter.
 */
public final class ManagementServer {

  private static final int CONNECTIONS_IDLE_S = 30;

  private final Supplier<Condition> condition;
  private final PrometheusMeterRegistry registry;
  private final Callable<Boolean> releaseTimers;
  private final LongSupplier acceptWallClock;

  /**
   * How the server is.
   *
   * @param isHealthy false when it must be restarted
   * @param isReady whether it takes requests
   * @param parts the state of each part in a word or a sentence
   */
  public record Condition(boolean isHealthy, boolean isReady, JsonObject parts) {}

  /**
   * @param releaseTimers lets timers run that wait for an operator's word; false if it must be said
   *     again
   * @param acceptWallClock follows the wall clock wherever it is; what it was ahead before, in ms
   */
  public ManagementServer(
      Supplier<Condition> condition,
      PrometheusMeterRegistry registry,
      Callable<Boolean> releaseTimers,
      LongSupplier acceptWallClock) {
    this.condition = condition;
    this.registry = registry;
    this.releaseTimers = releaseTimers;
    this.acceptWallClock = acceptWallClock;
  }

  /**
   * Opens the port.
   *
   * @param identity the certificate; null for plain HTTP
   */
  public Future<HttpServer> listen(
      Vertx vertx, String host, int port, @Nullable Identity identity) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setIdleTimeout(CONNECTIONS_IDLE_S)
            .setMaxInitialLineLength(1024)
            // An upgrade that nobody asked for by hand, and a connection that may end in it.
            .setHttp2ClearTextEnabled(false);
    return vertx
        .createHttpServer(identity == null ? options : identity.addTo(options))
        .requestHandler(request -> answer(vertx, request))
        .listen(port, host);
  }

  private void answer(Vertx vertx, HttpServerRequest request) {
    if (HttpMethod.POST.equals(request.method()) && "/timers/release".equals(request.path())) {
      releaseTimers(vertx, request);
      return;
    }
    if (HttpMethod.POST.equals(request.method()) && "/clock/accept".equals(request.path())) {
      acceptWallClock(request);
      return;
    }
    boolean isRead =
        HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
    if (!isRead) {
      request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
      return;
    }
    switch (String.valueOf(request.path())) {
      case "/health" -> {
        Condition now = condition.get();
        json(request, now.isHealthy(), now.isHealthy() ? "healthy" : "failed", now);
      }
      case "/ready" -> {
        Condition now = condition.get();
        json(request, now.isReady(), now.isReady() ? "ready" : "not ready", now);
      }
      case "/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(registry.scrape());
      default -> request.response().setStatusCode(404).end();
    }
  }

  // It touches a file, so not on the event loop.
  private void releaseTimers(Vertx vertx, HttpServerRequest request) {
    vertx
        .executeBlocking(releaseTimers)
        .onComplete(
            done -> {
              boolean isDone = done.succeeded() && done.result();
              request
                  .response()
                  .setStatusCode(isDone ? 200 : 503)
                  .putHeader("Content-Type", "application/json")
                  .end(
                      new JsonObject()
                          .put("status", isDone ? "timers run" : "try again")
                          .toBuffer());
            });
  }

  private void acceptWallClock(HttpServerRequest request) {
    long offsetMs = acceptWallClock.getAsLong();
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("status", "followed").put("offset_ms", offsetMs).toBuffer());
  }

  private static void json(
      HttpServerRequest request, boolean isGood, String status, Condition now) {
    request
        .response()
        .setStatusCode(isGood ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("status", status).put("parts", now.parts()).toBuffer());
  }
}
