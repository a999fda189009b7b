// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.Density;
import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.Tickets;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.Session;
import io.vertx.core.buffer.Buffer;

/**
 * What of the gateway is plain HTTP: tickets, and what a plain request hears where WebSockets
 * begin.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class GatewayRoutes {

  private static final int RECENT_MAX = 100;

  private final Edge edge;
  private final Gateway gateway;

  GatewayRoutes(Edge edge, EdgeParts parts) {
    this.edge = edge;
    this.gateway = parts.gateway().gateway();
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post("/v1/tickets", Access.USER, BodyRule.NONE, this::ticket));
    routes.add(Route.get("/v1/rooms/{room_id}/stream", Access.PUBLIC, this::stream));
    routes.add(
        Route.get(
            Upgrades.JSON_PATH,
            Access.PUBLIC,
            (exchange, body) -> Upgrades.needsUpgrade(exchange)));
  }

  private void stream(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    long roomId = Fields.pathId(exchange, "room_id");
    Density density = Density.FULL;
    String name = query.textOrNull("density");
    if (name != null) {
      density = Density.of(name);
    }
    if (density == null) {
      throw QueryReader.wrong("density", "must be full, high, medium or low");
    }
    int recent = query.integerOr("recent", 0, RECENT_MAX, 0);
    query.end();
    String lastId = exchange.request().getHeader("Last-Event-ID");
    edge.upgrades().takeSse(exchange, roomId, density, recent, lastId == null ? "" : lastId);
  }

  private void ticket(Exchange exchange, Buffer body) {
    Principal principal = exchange.principal();
    Session session = gateway.session(principal.hashHigh(), principal.hashLow());
    if (session == null) {
      exchange.refuse(RefusalCode.UNAUTHENTICATED, RefusalCode.UNAUTHENTICATED.sentence());
      return;
    }
    String ticket = gateway.tickets().make(session);
    if (ticket == null) {
      exchange.refuse(RefusalCode.OVERLOADED, "Too many tickets are not used yet.");
      return;
    }
    JsonWriter json = exchange.json().beginObject().field("ticket", ticket);
    json.name("expires_at").time(exchange.nowMs() + Tickets.LIFE_MS).endObject();
    exchange.reply(201, json);
  }
}
