// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayLoop;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.Session;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections become WebSockets: looks at the request like any other, and hands the channel to
 * the gateway.
 *
 * <p>From then on neither Vert.x nor the edge know of the connection: its limits are the gateway's.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class Upgrades {

  /** Where {@code hongbao.v1} begins. */
  static final String JSON_PATH = "/v1/rooms/ws";

  /** Where Bilibili's clients begin. */
  static final String GOIM_PATH = "/sub";

  private static final String PROTOCOL = "hongbao.v1";

  private final Edge edge;
  private final Gateway gateway;
  private final GatewayLoop loop;
  private final Authenticator authenticator;
  private final SourceAddress addresses;
  private final OriginRule origins;
  private final Route route =
      Route.get(JSON_PATH, Access.USER, (exchange, body) -> needsUpgrade(exchange));

  Upgrades(Edge edge, EdgeParts parts, Authenticator authenticator) {
    this.edge = edge;
    this.gateway = parts.gateway().gateway();
    this.loop = gateway.loop(parts.gateway().loop());
    this.authenticator = authenticator;
    this.addresses = new SourceAddress(parts.http().trustedProxies());
    this.origins = new OriginRule(parts.http().cors());
  }

  /** What a plain request hears on these paths. */
  static void needsUpgrade(Exchange exchange) {
    exchange.request().response().putHeader(HttpHeaders.UPGRADE, "websocket");
    exchange.refuse(
        RefusalCode.MALFORMED_REQUEST, "This path is for WebSockets: GET with Upgrade: websocket.");
  }

  /** Takes a request that wants to become a WebSocket; false when it does not. */
  boolean take(HttpServerRequest request) {
    String path = request.path();
    boolean isJson = JSON_PATH.equals(path);
    if (!isJson && !GOIM_PATH.equals(path)) {
      return false;
    }
    String upgrade = request.getHeader(HttpHeaders.UPGRADE);
    if (!HttpMethod.GET.equals(request.method())
        || !"websocket".equalsIgnoreCase(upgrade)
        || edge.isDraining()) {
      return false;
    }
    Handshake handshake = Handshake.of(request, isJson ? PROTOCOL : null);
    if (handshake.problem() != null) {
      refuse(request, RefusalCode.MALFORMED_REQUEST, handshake.problem());
      return true;
    }
    if (!origins.allows(request)) {
      refuse(request, RefusalCode.FORBIDDEN, "Pages of this origin may not open rooms here.");
      return true;
    }
    admit(request, handshake, isJson);
    return true;
  }

  private void admit(HttpServerRequest request, Handshake handshake, boolean isJson) {
    Session session = null;
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      try {
        Principal principal =
            authenticator.authenticate(authorization, null, route, edge.parts().time().nowMs());
        session = gateway.session(principal.hashHigh(), principal.hashLow());
      } catch (BadRequestException bad) {
        refuse(request, bad.code(), bad.code().sentence());
        return;
      }
    }
    AutoCloseable place = gateway.enter(loop, addresses.of(request));
    if (place == null) {
      refuse(request, RefusalCode.OVERLOADED, "Too many connections read rooms.");
      return;
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    edge.cedes(request.connection());
    Handover.begin(channel, handshake.answer(channel.alloc()));
    if (isJson) {
      gateway.takeJson(loop, channel, place, handshake.deflates(), session);
    } else {
      gateway.takeGoim(loop, channel, place);
    }
    Handover.end(channel);
  }

  private void refuse(HttpServerRequest request, RefusalCode code, @Nullable String detail) {
    var exchange = new Exchange(edge, request, Map.of(), true);
    edge.begin(exchange);
    exchange.refuse(code, detail == null ? code.sentence() : detail);
  }
}
