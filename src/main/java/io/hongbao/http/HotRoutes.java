// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the few routes that make up nearly all requests, by looking at the path's characters.
 *
 * <p>Takes only what is exactly in the contract's form; everything else, also what is only nearly
 * so, goes to the router, which knows the same routes.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class HotRoutes {

  /** Name of the place that a packet's id has in paths. */
  static final String PACKET_ID = "packet_id";

  private static final String PACKETS = "/v1/red-packets";
  private static final String PACKET = PACKETS + "/";
  private static final String ACCOUNT = "/v1/accounts/me";
  private static final int PACKET_ID_DIGITS = 19;
  private static final int ID_END = PACKET.length() + PACKET_ID_DIGITS;

  private final Route send;
  private final Route read;
  private final Route open;
  private final Route grab;
  private final Route account;

  /** A recognized route with what stands in its path. */
  record Match(Route route, Map<String, String> pathValues) {}

  private final Match sendMatch;
  private final Match accountMatch;

  HotRoutes(RouteTable routes) {
    this.send = routes.find(HttpMethod.POST, PACKETS);
    this.read = routes.find(HttpMethod.GET, PACKET + "{packet_id}");
    this.open = routes.find(HttpMethod.POST, PACKET + "{packet_id}/open");
    this.grab = routes.find(HttpMethod.POST, PACKET + "{packet_id}/grab");
    this.account = routes.find(HttpMethod.GET, ACCOUNT);
    this.sendMatch = new Match(send, Map.of());
    this.accountMatch = new Match(account, Map.of());
  }

  Route open() {
    return open;
  }

  Route grab() {
    return grab;
  }

  /** The hot route that a request asks for, or null. */
  @Nullable Match match(HttpServerRequest request) {
    String path = request.path();
    HttpMethod method = request.method();
    if (path == null) {
      return null;
    }
    if (path.startsWith(PACKET)) {
      Route route = packetRoute(method, path);
      return route == null
          ? null
          : new Match(route, Map.of(PACKET_ID, path.substring(PACKET.length(), ID_END)));
    }
    if (method.equals(HttpMethod.POST) && path.equals(PACKETS)) {
      return sendMatch;
    }
    return method.equals(HttpMethod.GET) && path.equals(ACCOUNT) ? accountMatch : null;
  }

  private @Nullable Route packetRoute(HttpMethod method, String path) {
    if (path.length() < ID_END || !isId(path)) {
      return null;
    }
    if (path.length() == ID_END) {
      return method.equals(HttpMethod.GET) ? read : null;
    }
    if (!method.equals(HttpMethod.POST)) {
      return null;
    }
    if (path.endsWith("/open") && path.length() == ID_END + 5) {
      return open;
    }
    return path.endsWith("/grab") && path.length() == ID_END + 5 ? grab : null;
  }

  private static boolean isId(String path) {
    for (int i = PACKET.length(); i < ID_END; i++) {
      char c = path.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
