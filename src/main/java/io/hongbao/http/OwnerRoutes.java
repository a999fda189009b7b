// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.OwnerShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.account.Metadata;
import io.hongbao.ledger.Bounds;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * Accounts of any owner, for backends: balances, metadata, limits.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class OwnerRoutes {

  private static final String OWNER = "/v1/accounts/{owner_id}";

  private final EdgeParts parts;
  private final LedgerJson ledger;
  private final List<Integer> allAssets;

  OwnerRoutes(EdgeParts parts) {
    this.parts = parts;
    this.ledger = new LedgerJson(parts.assets());
    this.allAssets = parts.assets().all().stream().map(asset -> asset.number()).toList();
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get(OWNER, TransferRoutes.READ, this::read));
    routes.add(
        Route.post(OWNER + "/metadata", TransferRoutes.WRITE, BodyRule.JSON, this::metadata));
    // A backend that gives credit is looked at like a person who does.
    routes.add(
        Route.post(
            OWNER + "/limits",
            TransferRoutes.WRITE.audited(Access.Audit.ALL_KEYS),
            BodyRule.JSON,
            this::limits));
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String asset = query.textOrNull("asset");
    query.end();
    List<Integer> assets = asset == null ? allAssets : List.of(parts.assets().number(asset));
    long ownerId = Fields.pathId(exchange, "owner_id");
    ask(exchange, ownerId, new ReadOwner(ownerId, assets));
  }

  private void metadata(Exchange exchange, Buffer buffer) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    Map<String, String> set = body.has("set") ? LedgerBodies.entries(body, "set") : Map.of();
    List<String> removed =
        body.has("remove") ? body.texts("remove", Metadata.ENTRIES_MAX) : List.of();
    for (String name : removed) {
      LedgerBodies.checkName(body, name);
    }
    body.end();
    exchange.caller().needCause("");
    long ownerId = Fields.pathId(exchange, "owner_id");
    change(
        exchange,
        ownerId,
        new ChangeMetadata(ownerId, set, removed, exchange.principal().keyName()));
  }

  private void limits(Exchange exchange, Buffer buffer) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String asset = body.text("asset", Fields.ASSET_CODE, "an asset's code");
    long creditMinor = body.integerOr("credit_limit", 0, JsonRequest.INTEGER_MAX, 0);
    long maxMinor = body.integerOr("balance_max", 0, JsonRequest.INTEGER_MAX, Bounds.NO_UPPER);
    boolean isFrozen = body.flagOr("frozen", false);
    boolean isClosed = body.flagOr("closed", false);
    String reason = Fields.line(body, "reason", OperatorRoutes.TEXT_CHARS_MAX);
    if (reason.isEmpty()) {
      throw body.wrong("reason", "must have 1 to " + OperatorRoutes.TEXT_CHARS_MAX + " characters");
    }
    body.end();
    exchange.caller().needCause(reason);
    long ownerId = Fields.pathId(exchange, "owner_id");
    change(
        exchange,
        ownerId,
        new ChangeLimits(
            ownerId,
            parts.assets().numberOr0(asset),
            -creditMinor,
            maxMinor,
            isFrozen,
            isClosed,
            reason,
            exchange.principal().keyName()));
  }

  // What changes is told first; then everything is shown as a read would show it.
  private void change(Exchange exchange, long ownerId, AccountCommand command) {
    int partition = parts.shape().partitionOf(ownerId);
    exchange.ask(
        partition,
        command,
        OwnerShown.class,
        (shown, position, repeated) -> {
          exchange.position(partition, position, repeated);
          ask(exchange, ownerId, new ReadOwner(ownerId, allAssets));
        });
  }

  private void ask(Exchange exchange, long ownerId, ReadOwner command) {
    int partition = parts.shape().partitionOf(ownerId);
    exchange.ask(
        partition,
        command,
        OwnerShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json();
          ledger.owner(json, shown, partition);
          exchange.reply(200, json);
        });
  }
}
