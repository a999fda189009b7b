// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.http.rate.RateClass;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.tls.Identity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API on one event loop; as many of them as there are loops share one port.
 *
 * <p>Made and used on its own loop: {@link #listen}, then requests, then {@link #drain} and {@link
 * #stop}.
 *
 * <p><b>Thread:</b> one event loop's, the one on which its {@link CommandDoor} answers; meters may
 * be read from anywhere.
 *
 * <p><b>Failure:</b> nothing that a client sends is an error here. A bug becomes {@code
 * internal_error} with a line in the log under the request's id.
 *
 * <p><b>Limit:</b> connections, sizes of bodies and headers, time for a request to come in and time
 * for its answer; see {@code http.*} of the configuration and the constants here.
 */
public final class Edge {

  /** The engine answers in milliseconds; after this the outcome is called unknown. */
  private static final long ANSWER_MS_MIN = 30_000;

  private static final long SWEEP_MS_MIN = 5;
  private static final long SWEEP_MS_MAX = 100;
  private static final long CONNECTION_SWEEP_MS = 500;

  private final EdgeParts parts;
  private final EdgeMeters meters = new EdgeMeters();
  private final JsonWriter json = new JsonWriter();
  private final RequestIds requestIds;
  private final KeyWatch keyWatch;
  private final Authenticator authenticator;
  private final Connections connections;
  private final @Nullable Cors cors;
  private final RateDesk rates;
  private final Endings endings;
  private final Deadlines<Exchange> arriving;
  private final Deadlines<Exchange> working;
  private final EdgeRoutes served;
  private final DirectDesk direct;
  private final Upgrades upgrades;
  private @Nullable Router router;
  private volatile @Nullable HttpServer server;
  private @Nullable Vertx timers;
  private @Nullable Context loop;
  private long sweepTimer;
  private long sweptMs;
  private long requestNumber;
  private int underWay;
  private volatile boolean isDraining;

  public Edge(EdgeParts parts) {
    this.parts = parts;
    long answerMs = Math.max(ANSWER_MS_MIN, 2 * parts.http().sendDeadlineMs());
    this.requestIds = new RequestIds((int) parts.randomness().nextLong(), () -> ++requestNumber);
    this.keyWatch = new KeyWatch(parts);
    this.authenticator =
        new Authenticator(parts.sessions(), parts.operatorKey(), parts.keys(), keyWatch);
    this.rates = new RateDesk(parts);
    this.endings = parts.docs().endings();
    this.cors = Cors.of(parts.http().cors());
    this.connections = new Connections(parts.connections(), meters);
    this.arriving = new Deadlines<>(parts.http().requestTimeoutMs());
    this.working = new Deadlines<>(answerMs);
    this.served = new EdgeRoutes(this, parts);
    this.direct = new DirectDesk(this, served.hot);
    this.upgrades = new Upgrades(this, parts, authenticator);
  }

  /**
   * Opens the port; completes when it is open.
   *
   * <p><b>Thread:</b> the loop's, that is within its verticle or on its context.
   */
  public Future<HttpServer> listen(Vertx vertx) {
    Check.that(server == null, "an edge listens once");
    router = served.table.router(vertx, this);
    HttpServer created = vertx.createHttpServer(EdgeOptions.of(parts));
    created.requestHandler(this::take);
    created.invalidRequestHandler(this::takeBroken);
    created.connectionHandler(
        connection -> {
          connections.opened(connection, monotonicMs());
          FirstBytes.watch(connection, upgrades);
          direct.watch(connection, connections.of(connection));
        });
    // Broken connections are the peer's business.
    created.exceptionHandler(ignored -> {});
    server = created;
    timers = vertx;
    loop = vertx.getOrCreateContext();
    direct.start(vertx.getOrCreateContext());
    long smallestMs = Math.min(parts.http().sendDeadlineMs(), parts.http().requestTimeoutMs());
    sweepTimer =
        vertx.setPeriodic(
            Math.clamp(smallestMs / 10, SWEEP_MS_MIN, SWEEP_MS_MAX), ignored -> sweep());
    served.eventHub.start(vertx);
    return created.listen();
  }

  /** Serves new connections with another certificate; those that are open stay. Any thread. */
  public void certificate(Identity next) {
    HttpServer open = server;
    if (open != null) {
      open.updateSSLOptions(next.options());
    }
  }

  /** Answers every further request with {@code shutting_down}. Any thread. */
  public void drain() {
    isDraining = true;
  }

  /** Requests that have no answer yet. */
  public int underWay() {
    return underWay;
  }

  /** Closes the port, after the given time also the connections. */
  public Future<Void> stop(long graceMs) {
    drain();
    Vertx vertx = timers;
    HttpServer open = server;
    if (vertx == null || open == null) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(sweepTimer);
    served.eventHub.stop(vertx);
    Promise<Void> closed = Promise.promise();
    long untilMs = monotonicMs() + graceMs;
    onLoop(
        () ->
            direct.whenQuiet(
                untilMs,
                leftMs -> open.shutdown(leftMs, TimeUnit.MILLISECONDS).onComplete(closed)));
    return closed.future();
  }

  public EdgeMeters meters() {
    return meters;
  }

  public AccessMeters accessMeters() {
    return keyWatch.meters();
  }

  Upgrades upgrades() {
    return upgrades;
  }

  KeyWatch keyWatch() {
    return keyWatch;
  }

  /** Every operation that is served, as {@code METHOD path} with the contract's path. */
  public List<String> operations() {
    return served.table.all().stream().map(route -> route.method() + " " + route.path()).toList();
  }

  /** Every operation with those who may call it: {@code METHOD path user,service scope}. */
  public List<String> permissions() {
    return served.table.all().stream()
        .map(route -> route.operation() + " " + route.access().describe())
        .toList();
  }

  EdgeParts parts() {
    return parts;
  }

  JsonWriter json() {
    return json;
  }

  /** What pages may do; null when none may. */
  @Nullable Cors cors() {
    return cors;
  }

  RequestIds requestIds() {
    return requestIds;
  }

  private void take(HttpServerRequest request) {
    if (upgrades.take(request)) {
      return;
    }
    if (request.response().writeQueueFull()) {
      // The peer reads no answers: it gets no new ones until it does.
      request.pause();
      request.response().drainHandler(ignored -> take(request.resume()));
      return;
    }
    HotRoutes.Match match = served.hot.match(request);
    if (match == null) {
      Check.present(router, "router").handle(request);
    } else {
      serve(match.route(), new Exchange(this, new VertxCall(request), match.pathValues(), true));
    }
  }

  // The decoder could not read it: no path, no method, no body to be relied on.
  private void takeBroken(HttpServerRequest request) {
    var exchange = new Exchange(this, new VertxCall(request), java.util.Map.of(), false);
    exchange.bodyDone();
    begin(exchange);
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    exchange.refuse(
        RefusalCode.MALFORMED_REQUEST,
        "The request line or the headers are too long or not well formed.");
    Connections.cutAfterAnswer(request.connection());
  }

  /** Counts a request in; what follows must answer it. */
  void begin(Exchange exchange) {
    meters.underWay(++underWay);
    Connections.Use use = exchange.call().use(connections);
    if (use != null) {
      use.begins();
    }
  }

  /** Carries a request out. */
  void serve(Route route, Exchange exchange) {
    begin(exchange);
    if (!endings.isEmpty()) {
      endings.announce(route, exchange.call());
    }
    exchange.guard(
        () -> {
          if (isDraining) {
            exchange.call().put(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(RefusalCode.SHUTTING_DOWN, RefusalCode.SHUTTING_DOWN.sentence());
            return;
          }
          if (served.rungs.turnsAway(route)) {
            exchange.refuse(RouteRungs.DEGRADED, false);
            return;
          }
          if (!mayGoOn(route, exchange)) {
            return;
          }
          if (exchange.call().wholeBody() == null) {
            parts.docs().queries().check(route, exchange.request().query());
          }
          if (route.body() == BodyRule.NONE) {
            work(exchange, route.action(), RouteTable.EMPTY);
          } else {
            arriving.add(exchange.deadline, monotonicMs());
            BodyIntake.read(exchange, route.body(), bytesMax(route.body()), route.action());
          }
        });
  }

  // Who it is comes before how much they have asked for; a provider's notice is never too much.
  private boolean mayGoOn(Route route, Exchange exchange) throws BadRequestException {
    if (route.access().isPublic()) {
      return route.body() == BodyRule.NOTICE || rates.takeByAddress(exchange, RateClass.ADDRESS);
    }
    try {
      exchange.admit(Caller.of(principal(exchange, route), route, exchange.call()));
    } catch (BadRequestException bad) {
      if (bad.code() == RefusalCode.UNAUTHENTICATED
          && !rates.takeByAddress(exchange, RateClass.FAILURE)) {
        return false;
      }
      throw bad;
    }
    return rates.take(exchange, route.rate());
  }

  private Principal principal(Exchange exchange, Route route) throws BadRequestException {
    Call call = exchange.call();
    return authenticator.authenticate(
        call.header(HttpHeaders.AUTHORIZATION),
        call.header(Authenticator.USER_HEADER),
        route,
        exchange.nowMs());
  }

  /** Whether the bearer would be let in now; for answers that go on for long. */
  boolean isStillGood(Principal principal) {
    return authenticator.isStillGood(principal, parts.time().nowMs());
  }

  private int bytesMax(BodyRule rule) {
    return switch (rule) {
      case NONE -> 0;
      case JSON, JSON_OR_EMPTY -> parts.http().bodyBytesMax();
      case BULK_JSON -> parts.http().bulkBodyBytesMax();
      case NOTICE -> ProviderRoutes.NOTICE_BYTES_MAX;
    };
  }

  /** The request is whole: the rest is ours. */
  void work(Exchange exchange, Action action, Buffer body) {
    arriving.remove(exchange.deadline);
    working.add(exchange.deadline, monotonicMs());
    exchange.guard(() -> action.run(exchange, body));
  }

  /** The connection is the gateway's from now on. */
  void cedes(HttpConnection connection) {
    connections.cedes(connection);
  }

  /** Keeps a connection from being called idle while a stream is written to it. */
  void streamBegins(HttpConnection connection) {
    connections.begins(connection);
  }

  void streamEnds(HttpConnection connection) {
    connections.ends(connection, monotonicMs());
  }

  boolean isDraining() {
    return isDraining;
  }

  void answered(Exchange exchange, int status, boolean isHot, long startNanos) {
    long nowNanos = parts.time().nanos();
    meters.answered(status, isHot, nowNanos - startNanos);
    left(exchange, nowNanos);
  }

  /** The answer has begun and comes in pieces: it may take as long as its reader wants. */
  void streams(Exchange exchange) {
    working.remove(exchange.deadline);
  }

  /** Counts a request out. */
  void left(Exchange exchange) {
    left(exchange, parts.time().nanos());
  }

  private void left(Exchange exchange, long nowNanos) {
    arriving.remove(exchange.deadline);
    working.remove(exchange.deadline);
    meters.underWay(--underWay);
    Connections.Use use = exchange.call().use(connections);
    if (use != null) {
      use.ends(TimeUnit.NANOSECONDS.toMillis(nowNanos));
    }
  }

  private void sweep() {
    long nowMs = monotonicMs();
    arriving.expire(nowMs, this::tooSlow);
    working.expire(
        nowMs, exchange -> exchange.failed(new IllegalStateException("no answer in time")));
    served.sends.expire(nowMs);
    if (nowMs - sweptMs >= CONNECTION_SWEEP_MS) {
      sweptMs = nowMs;
      connections.sweep(nowMs, parts.http().idleTimeoutMs());
    }
  }

  private void tooSlow(Exchange exchange) {
    exchange.call().put(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    exchange.refuse(RefusalCode.REQUEST_TIMEOUT, RefusalCode.REQUEST_TIMEOUT.sentence());
    Connections.cutAfterAnswer(exchange.call().connection());
  }

  /** Runs a step on this loop after a time. */
  void later(long afterMs, Runnable step) {
    Check.present(timers, "timers of the edge").setTimer(afterMs, ignored -> step.run());
  }

  void onLoop(Runnable step) {
    Check.present(loop, "loop of the edge").runOnContext(ignored -> step.run());
  }

  long monotonicMs() {
    return TimeUnit.NANOSECONDS.toMillis(parts.time().nanos());
  }
}
