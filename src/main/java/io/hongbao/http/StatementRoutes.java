// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.export.sql.MinPosition;
import io.hongbao.export.sql.PastBalance;
import io.hongbao.export.sql.ReadModel;
import io.hongbao.export.sql.StatementEntry;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * How an owner's balance came about, from the read model.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class StatementRoutes {

  static final Access MINE = Access.USER_OR_SERVICE.needing(Scope.ACCOUNTS_READ);

  private static final char STATEMENT = 'a';
  private static final String OWNER_ID = "owner_id";

  private final EdgeParts parts;

  StatementRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get(
                "/v1/accounts/me/statement",
                MINE,
                (exchange, body) -> statement(exchange, exchange.userId()))
            .listing());
    routes.add(
        Route.get(
                "/v1/accounts/me/balance",
                MINE,
                (exchange, body) -> balance(exchange, exchange.userId()))
            .listing());
    routes.add(
        Route.get(
                "/v1/accounts/{owner_id}/statement",
                TransferRoutes.READ,
                (exchange, body) -> statement(exchange, Fields.pathId(exchange, OWNER_ID)))
            .listing());
    routes.add(
        Route.get(
                "/v1/accounts/{owner_id}/balance",
                TransferRoutes.READ,
                (exchange, body) -> balance(exchange, Fields.pathId(exchange, OWNER_ID)))
            .listing());
  }

  private void statement(Exchange exchange, long ownerId) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String code = asset(query);
    ListQuery list = ListQuery.always(query, STATEMENT, parts);
    query.end();
    int asset = parts.assets().number(code);
    int partition = parts.shape().partitionOf(ownerId);
    exchange.await(
        parts.readModel().statement(ownerId, asset, list.after(), list.limit(), list.min()),
        page ->
            ListRoutes.page(
                exchange, page, STATEMENT, (json, entry) -> entry(json, entry, code, partition)));
  }

  private static void entry(JsonWriter json, StatementEntry entry, String asset, int partition) {
    String id = partition + ":" + entry.sequence() + ":" + entry.eventIndex();
    json.beginObject().field("id", id).name("at").time(entry.atMs());
    json.field("kind", entry.kind().wireName()).field("asset", asset);
    json.field("amount", entry.amountMinor()).field("balance_after", entry.balanceAfterMinor());
    if (entry.referenceId() != 0) {
      json.name("ref").beginObject().field("kind", entry.kind().referenceKind());
      json.name("id").id(entry.referenceId()).endObject();
    }
    json.name("position").position(partition, entry.sequence()).endObject();
  }

  private void balance(Exchange exchange, long ownerId) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String code = asset(query);
    @Nullable Long atMs = query.timeMsOrNull("at");
    MinPosition position = ListQuery.position(query, "position", parts);
    MinPosition min = ListQuery.position(query, "min_position", parts);
    query.end();
    int partition = parts.shape().partitionOf(ownerId);
    if (atMs != null && position != null) {
      throw QueryReader.wrong("at", "and position exclude each other");
    }
    if (position != null && position.partition() != partition) {
      throw QueryReader.wrong("position", "must lie in partition " + partition);
    }
    int asset = parts.assets().number(code);
    exchange.await(
        balanceAt(ownerId, asset, atMs, position, min),
        past -> balance(exchange, past, code, partition));
  }

  private Future<PastBalance> balanceAt(
      long userId,
      int asset,
      @Nullable Long atMs,
      @Nullable MinPosition position,
      @Nullable MinPosition min) {
    ReadModel model = parts.readModel();
    if (position != null) {
      return model.balanceAtPosition(userId, asset, position.sequence());
    }
    return atMs == null
        ? model.balance(userId, asset, min)
        : model.balanceAtTime(userId, asset, atMs, min);
  }

  private static void balance(Exchange exchange, PastBalance past, String asset, int partition) {
    JsonWriter json = exchange.json().beginObject().field("asset", asset);
    json.field("balance", past.balanceMinor());
    if (past.sequence() > 0) {
      json.name("changed_at").time(past.changedAtMs());
      json.name("position").position(partition, past.sequence());
    }
    ListRoutes.asOf(json, past.asOf());
    exchange.reply(200, json.endObject());
  }

  static String asset(QueryReader query) throws BadRequestException {
    String code = query.text("asset");
    if (!Fields.ASSET_CODE.matcher(code).matches()) {
      throw QueryReader.wrong("asset", "must be an asset's code");
    }
    return code;
  }
}
