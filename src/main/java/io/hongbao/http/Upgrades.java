// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.Density;
import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayLoop;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    Session session;
    try {
      session = session(request);
    } catch (BadRequestException bad) {
      refuse(request, bad.code(), bad.code().sentence());
      return;
    }
    AutoCloseable place = gateway.enter(loop, addresses.of(new VertxCall(request)));
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

  /** Who asks; null for nobody. */
  @Nullable Session session(HttpServerRequest request) throws BadRequestException {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return null;
    }
    Principal principal =
        authenticator.authenticate(authorization, null, route, edge.parts().time().nowMs());
    return gateway.session(principal.hashHigh(), principal.hashLow());
  }

  /** A connection that began with Bilibili's bytes; the bytes are the channel's still. */
  boolean takeGoimTcp(HttpConnection connection, Channel channel) {
    SocketAddress peer = connection.remoteAddress();
    String host = peer == null ? null : peer.hostAddress();
    AutoCloseable place =
        edge.isDraining()
            ? null
            : gateway.enter(loop, addresses.of(host == null ? "" : host, List.of()));
    if (place == null) {
      return false;
    }
    edge.cedes(connection);
    Handover.all(channel);
    gateway.takeGoimTcp(loop, channel, place);
    return true;
  }

  /** An answer that never ends: the events of one room. */
  void takeSse(Exchange exchange, long roomId, Density density, int recent, String lastId)
      throws BadRequestException {
    HttpServerRequest request = exchange.request();
    Session session = session(request);
    if (!gateway.mayRead(roomId, session == null ? 0 : session.userId())) {
      exchange.refuse(RefusalCode.NOT_FOUND, "There is no such room for you.");
      return;
    }
    AutoCloseable place = gateway.enter(loop, addresses.of(new VertxCall(request)));
    if (place == null) {
      exchange.refuse(RefusalCode.OVERLOADED, "Too many connections read rooms.");
      return;
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    exchange.cede();
    Handover.begin(channel, sseHead(exchange, channel));
    gateway.takeSse(loop, channel, place, session, roomId, density, lastId, recent);
    Handover.end(channel);
  }

  private ByteBuf sseHead(Exchange exchange, Channel channel) {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n");
    text.append("cache-control: no-store\r\ntransfer-encoding: chunked\r\n");
    text.append("x-accel-buffering: no\r\n");
    text.append(RequestIds.HEADER).append(": ").append(exchange.requestId()).append("\r\n");
    String origin = exchange.request().getHeader(HttpHeaders.ORIGIN);
    if (origin != null && edge.cors() != null && origins.allows(exchange.request())) {
      text.append("access-control-allow-origin: ").append(origin).append("\r\nvary: Origin\r\n");
    }
    ByteBuf bytes = channel.alloc().directBuffer(text.length() + 2);
    bytes.writeCharSequence(text.append("\r\n"), StandardCharsets.US_ASCII);
    return bytes;
  }

  private void refuse(HttpServerRequest request, RefusalCode code, @Nullable String detail) {
    var exchange = new Exchange(edge, new VertxCall(request), Map.of(), true);
    edge.begin(exchange);
    exchange.refuse(code, detail == null ? code.sentence() : detail);
  }
}
