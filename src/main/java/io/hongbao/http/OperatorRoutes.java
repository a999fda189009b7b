// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.ClientKey;
import io.vertx.core.buffer.Buffer;

/**
 * What operators book: money that comes in, and its reversal.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class OperatorRoutes {

  static final int TEXT_CHARS_MAX = 200;

  private final EdgeParts parts;
  private final AccountJson accounts;

  OperatorRoutes(EdgeParts parts) {
    this.parts = parts;
    this.accounts = new AccountJson(parts.assets());
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post(
            "/v1/operator/top-ups",
            Access.FINANCE.needing(Scope.ACCOUNTS_WRITE),
            BodyRule.JSON,
            this::topUp));
    routes.add(
        Route.post(
            "/v1/operator/reversals",
            Access.FINANCE.needing(Scope.ACCOUNTS_WRITE),
            BodyRule.JSON,
            this::reverse));
  }

  private void topUp(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    Fields.Amount amount = Fields.amount(body, "amount");
    String reason = Fields.line(body, "reason", TEXT_CHARS_MAX);
    body.end();
    exchange.caller().needCause(reason);
    ClientKey key = exchange.key(userId, "topUp", BodyHash.of(body));
    int asset = parts.assets().numberOr0(amount.asset());
    book(
        exchange,
        userId,
        new TopUp(
            key, userId, asset, amount.amountMinor(), reason, exchange.principal().keyName()));
  }

  private void reverse(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    long userId = body.id("user_id", Fields.ID_MAX);
    String transaction = body.text("transaction_id", Fields.OPAQUE_ID, "a transaction's id");
    String reason = Fields.line(body, "reason", TEXT_CHARS_MAX);
    if (reason.isEmpty()) {
      throw body.wrong("reason", "must have 1 to " + TEXT_CHARS_MAX + " characters");
    }
    body.end();
    exchange.caller().needCause(reason);
    ClientKey key = exchange.key(userId, "reverseTransaction", BodyHash.of(body));
    // What is no id of ours names no transaction; the partition says so in its place.
    long transactionId = Math.max(0, Ids.parse(transaction, Long.MAX_VALUE));
    book(
        exchange,
        userId,
        new ReverseTransaction(key, userId, transactionId, reason, exchange.principal().keyName()));
  }

  private void book(Exchange exchange, long userId, AccountCommand command) {
    int partition = parts.shape().partitionOf(userId);
    exchange.ask(
        partition,
        command,
        TransactionShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json();
          accounts.transaction(json, shown.transaction(), partition);
          exchange.position(partition, position, repeated).reply(201, json);
        });
  }
}
