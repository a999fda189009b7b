// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Every route of the server, by path and method, and the router made of them.
 *
 * <p>The hot routes stand here too: what {@link HotRoutes} recognizes quickly, the router would
 * find as well, so that the two can never disagree about what exists.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class RouteTable {

  private final Map<String, Map<HttpMethod, Route>> byPath = new LinkedHashMap<>();

  void add(Route route) {
    Map<HttpMethod, Route> methods =
        byPath.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
    Check.that(methods.put(route.method(), route) == null, "a route stands once");
  }

  /** The route of an operation; it must exist. */
  Route find(HttpMethod method, String path) {
    Map<HttpMethod, Route> methods = Check.present(byPath.get(path), "path of a route");
    return Check.present(methods.get(method), "method of a route");
  }

  List<Route> all() {
    List<Route> all = new ArrayList<>();
    byPath.values().forEach(methods -> all.addAll(methods.values()));
    return all;
  }

  /** Makes the router; what it hands on is answered by the edge. */
  Router router(Vertx vertx, Edge edge) {
    Router router = Router.router(vertx);
    // The first that fits serves: what is named goes before what is any id.
    List<String> paths = new ArrayList<>(byPath.keySet());
    paths.sort(Comparator.comparing(path -> path.contains("{")));
    paths.forEach(
        path -> {
          Map<HttpMethod, Route> methods = Check.present(byPath.get(path), "methods of a path");
          String pattern = path.replace('{', ':').replace("}", "");
          methods.forEach(
              (method, route) ->
                  router
                      .route(method, pattern)
                      .handler(rc -> edge.serve(route, exchange(edge, rc))));
          String allowed = allowed(methods);
          router.route(pattern).handler(rc -> otherMethod(exchange(edge, rc), allowed));
        });
    router.route().handler(rc -> notFound(exchange(edge, rc)));
    // What the router refuses by itself, such as a path with a broken escape.
    router.errorHandler(400, rc -> malformed(exchange(edge, rc)));
    router.errorHandler(404, rc -> notFound(exchange(edge, rc)));
    router.errorHandler(500, rc -> failed(exchange(edge, rc), rc));
    return router;
  }

  private static Exchange exchange(Edge edge, RoutingContext rc) {
    return new Exchange(edge, new VertxCall(rc.request()), rc.pathParams(), false);
  }

  private static String allowed(Map<HttpMethod, Route> methods) {
    var names = new TreeSet<String>();
    methods.keySet().forEach(method -> names.add(method.name()));
    names.add(HttpMethod.OPTIONS.name());
    return String.join(", ", names);
  }

  private static void otherMethod(Exchange exchange, String allowed) {
    exchange.edge().begin(exchange);
    exchange.request().response().putHeader(HttpHeaders.ALLOW, allowed);
    if (exchange.request().method().equals(HttpMethod.OPTIONS)) {
      Cors cors = exchange.edge().cors();
      if (cors != null) {
        cors.preflight(exchange.call(), allowed);
      }
      exchange.end(204, null);
    } else {
      exchange.refuse(RefusalCode.METHOD_NOT_ALLOWED, "Here are allowed: " + allowed + ".");
    }
  }

  static void notFound(Exchange exchange) {
    exchange.edge().begin(exchange);
    exchange.refuse(RefusalCode.NOT_FOUND, "There is no such path.");
  }

  private static void malformed(Exchange exchange) {
    exchange.edge().begin(exchange);
    exchange.refuse(RefusalCode.MALFORMED_REQUEST, "The path is not well formed.");
  }

  private static void failed(Exchange exchange, RoutingContext rc) {
    exchange.edge().begin(exchange);
    Throwable cause = rc.failure();
    exchange.failed(cause == null ? new IllegalStateException("router") : cause);
  }

  /** For pages and other routes whose body is nothing. */
  static final Buffer EMPTY = Buffer.buffer();
}
