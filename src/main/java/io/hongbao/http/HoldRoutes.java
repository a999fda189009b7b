// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.ClientKey;
import io.hongbao.ledger.Hold;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * Money that is set aside.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class HoldRoutes {

  private static final String HOLDS = "/v1/operator/holds";
  private static final String HOLD = HOLDS + "/{hold_id}";
  private static final String HOLD_ID = "hold_id";
  private static final Map<String, Hold.Kind> KINDS = JsonRequest.wireNames(Hold.Kind.class);

  private final EdgeParts parts;
  private final AccountJson accounts;

  HoldRoutes(EdgeParts parts) {
    this.parts = parts;
    this.accounts = new AccountJson(parts.assets());
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post(
            HOLDS, Access.FINANCE.needing(Scope.ACCOUNTS_WRITE), BodyRule.JSON, this::place));
    routes.add(Route.get(HOLD, Access.SERVICE_OR_SUPPORT.needing(Scope.ACCOUNTS_READ), this::read));
    routes.add(
        Route.post(
            HOLD + "/post",
            Access.FINANCE.needing(Scope.ACCOUNTS_WRITE),
            BodyRule.JSON,
            this::post));
    routes.add(
        Route.post(
            HOLD + "/release",
            Access.FINANCE.needing(Scope.ACCOUNTS_WRITE),
            BodyRule.JSON,
            this::release));
  }

  private void place(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    Fields.Amount amount = Fields.amount(body, "amount");
    Hold.Kind kind = body.choice("kind", KINDS);
    long expiresAtMs = body.timeMs("expires_at");
    String reason = Fields.line(body, "reason", OperatorRoutes.TEXT_CHARS_MAX);
    body.end();
    exchange.caller().needCause(reason);
    ClientKey key = exchange.key(userId, "createHold", BodyHash.of(body));
    ask(
        exchange,
        userId,
        201,
        new PlaceHold(
            key,
            userId,
            parts.assets().numberOr0(amount.asset()),
            amount.amountMinor(),
            kind,
            expiresAtMs,
            reason,
            exchange.principal().keyName()));
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    long userId = query.id("user_id", Fields.ID_MAX);
    query.end();
    ask(exchange, userId, 200, new ReadHold(userId, holdId(exchange)));
  }

  private void post(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    long amountMinor = body.integerOr("amount", 1, JsonRequest.INTEGER_MAX, PostHold.ALL);
    String receipt = Fields.line(body, "receipt", OperatorRoutes.TEXT_CHARS_MAX);
    body.end();
    exchange.caller().needCause(receipt);
    long holdId = holdId(exchange);
    ClientKey key =
        exchange.key(userId, "postHold", BodyHash.of(body, exchange.pathValue(HOLD_ID)));
    ask(
        exchange,
        userId,
        200,
        new PostHold(key, userId, holdId, amountMinor, receipt, exchange.principal().keyName()));
  }

  private void release(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    String receipt = Fields.line(body, "receipt", OperatorRoutes.TEXT_CHARS_MAX);
    body.end();
    exchange.caller().needCause(receipt);
    long holdId = holdId(exchange);
    ClientKey key =
        exchange.key(userId, "releaseHold", BodyHash.of(body, exchange.pathValue(HOLD_ID)));
    ask(
        exchange,
        userId,
        200,
        new ReleaseHold(key, userId, holdId, receipt, exchange.principal().keyName()));
  }

  private void ask(Exchange exchange, long userId, int status, AccountCommand command) {
    int partition = parts.shape().partitionOf(userId);
    exchange.ask(
        partition,
        command,
        HoldShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json();
          accounts.hold(json, shown, partition);
          exchange.position(partition, position, repeated).reply(status, json);
        });
  }

  private static long holdId(Exchange exchange) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue(HOLD_ID), Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID) {
      throw new BadRequestException(
          RefusalCode.HOLD_NOT_FOUND, RefusalCode.HOLD_NOT_FOUND.sentence());
    }
    return id;
  }
}
