// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.export.sql.AsOf;
import io.hongbao.export.sql.ListPlace;
import io.hongbao.export.sql.Page;
import io.hongbao.export.sql.ReceivedShare;
import io.hongbao.export.sql.SentPacket;
import io.hongbao.export.sql.Summary;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A user's packets and shares by year, from the read model.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class ListRoutes {

  private static final char SENT = 's';
  private static final char RECEIVED = 'r';
  private static final String PACKETS = "/v1/red-packets";

  private final EdgeParts parts;
  private final AssetTable assets;

  ListRoutes(EdgeParts parts) {
    this.parts = parts;
    this.assets = parts.assets();
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get(PACKETS + "/sent", Access.USER_OR_SERVICE.needing(Scope.PACKETS_READ), this::sent)
            .listing());
    routes.add(
        Route.get(
                PACKETS + "/sent/summary",
                Access.USER_OR_SERVICE.needing(Scope.PACKETS_READ),
                this::sentSummary)
            .listing());
    routes.add(
        Route.get(
                PACKETS + "/received",
                Access.USER_OR_SERVICE.needing(Scope.PACKETS_READ),
                this::received)
            .listing());
    routes.add(
        Route.get(
                PACKETS + "/received/summary",
                Access.USER_OR_SERVICE.needing(Scope.PACKETS_READ),
                this::receivedSummary)
            .listing());
  }

  private void sent(Exchange exchange, Buffer body) throws BadRequestException {
    ListQuery query = list(exchange, SENT);
    exchange.await(
        parts
            .readModel()
            .sent(exchange.userId(), query.period(), query.after(), query.limit(), query.min()),
        page -> page(exchange, page, SENT, this::sentItem));
  }

  private void received(Exchange exchange, Buffer body) throws BadRequestException {
    ListQuery query = list(exchange, RECEIVED);
    exchange.await(
        parts
            .readModel()
            .received(exchange.userId(), query.period(), query.after(), query.limit(), query.min()),
        page -> page(exchange, page, RECEIVED, this::receivedItem));
  }

  private ListQuery list(Exchange exchange, char list) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    ListQuery read = ListQuery.ofYear(query, list, parts);
    query.end();
    return read;
  }

  private void sentSummary(Exchange exchange, Buffer body) throws BadRequestException {
    ListQuery query = summaryQuery(exchange);
    exchange.await(
        parts.readModel().sentSummary(exchange.userId(), query.period(), query.min()),
        summary -> {
          JsonWriter json = summary(exchange, query, summary);
          json.name("refunds").beginArray();
          for (Summary.Sum sum : summary.sums()) {
            if (sum.returnedMinor() > 0) {
              json.money(assets.code(sum.asset()), sum.returnedMinor());
            }
          }
          json.endArray();
          asOf(json, summary.asOf());
          exchange.reply(200, json.endObject());
        });
  }

  private void receivedSummary(Exchange exchange, Buffer body) throws BadRequestException {
    ListQuery query = summaryQuery(exchange);
    exchange.await(
        parts.readModel().receivedSummary(exchange.userId(), query.period(), query.min()),
        summary -> {
          JsonWriter json = summary(exchange, query, summary);
          json.field("best_luck_count", summary.bestLuckCount());
          asOf(json, summary.asOf());
          exchange.reply(200, json.endObject());
        });
  }

  private ListQuery summaryQuery(Exchange exchange) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    ListQuery read = ListQuery.sumOfYear(query, parts);
    query.end();
    return read;
  }

  private JsonWriter summary(Exchange exchange, ListQuery query, Summary summary) {
    JsonWriter json = exchange.json().beginObject().field("year", query.year());
    json.field("count", summary.count()).name("totals").beginArray();
    for (Summary.Sum sum : summary.sums()) {
      json.money(assets.code(sum.asset()), sum.totalMinor());
    }
    return json.endArray();
  }

  /** Writes a page of any list and sends it. */
  static <T> void page(
      Exchange exchange, Page<T> page, char list, BiConsumer<JsonWriter, T> writeItem) {
    JsonWriter json = exchange.json().beginObject().name("items").beginArray();
    for (T item : page.items()) {
      writeItem.accept(json, item);
    }
    json.endArray();
    @Nullable ListPlace next = page.next();
    if (next != null) {
      json.field("next_cursor", PageCursor.write(list, next.first(), next.second()));
    }
    asOf(json, page.asOf());
    exchange.reply(200, json.endObject());
  }

  static void asOf(JsonWriter json, AsOf asOf) {
    json.name("as_of").beginObject().name("time").time(asOf.timeMs());
    json.name("position").position(asOf.partition(), asOf.sequence()).endObject();
  }

  private void sentItem(JsonWriter json, SentPacket packet) {
    String asset = assets.code(packet.asset());
    json.beginObject().name("id").id(packet.packetId());
    json.field("state", packet.state().wireName()).field("kind", packet.kind().wireName());
    json.name("total").money(asset, packet.totalMinor()).field("count", packet.count());
    json.field("opened_count", packet.openedCount());
    json.name("opened_amount").money(asset, packet.openedMinor());
    if (packet.state() == io.hongbao.export.redpacket.SendState.EXPIRED) {
      json.name("refunded_amount").money(asset, packet.returnedMinor());
    }
    json.name("audience").beginObject();
    if (packet.roomId() != 0) {
      json.name("room_id").id(packet.roomId());
    }
    if (packet.recipientId() != 0) {
      json.name("user_id").id(packet.recipientId());
    }
    json.endObject();
    if (!packet.greeting().isEmpty()) {
      json.field("greeting", packet.greeting());
    }
    json.name("created_at").time(packet.createdAtMs());
    if (packet.expiresAtMs() > 0) {
      json.name("expires_at").time(packet.expiresAtMs());
    }
    json.endObject();
  }

  private void receivedItem(JsonWriter json, ReceivedShare share) {
    json.beginObject().name("packet_id").id(share.packetId());
    json.name("sender_id").id(share.senderId()).field("kind", share.kind().wireName());
    json.field("place", share.place());
    json.name("amount").money(assets.code(share.asset()), share.amountMinor());
    json.name("opened_at").time(share.openedAtMs());
    json.field("credited", share.isCredited()).field("best", share.isBest()).endObject();
  }
}
