// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.apikey.Scope;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A user's balances, for the user and for operators.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class AccountRoutes {

  private final EdgeParts parts;
  private final AccountJson accounts;
  private final List<Integer> allAssets;

  AccountRoutes(EdgeParts parts) {
    this.parts = parts;
    this.accounts = new AccountJson(parts.assets());
    this.allAssets = parts.assets().all().stream().map(asset -> asset.number()).toList();
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get(
            "/v1/accounts/me", Access.USER_OR_SERVICE.needing(Scope.ACCOUNTS_READ), this::mine));
    routes.add(
        Route.get(
            "/v1/operator/accounts/{user_id}",
            Access.SERVICE_OR_SUPPORT.needing(Scope.ACCOUNTS_READ),
            this::ofUser));
  }

  private void mine(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    read(exchange, exchange.userId());
  }

  private void ofUser(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    read(exchange, Fields.pathId(exchange, "user_id"));
  }

  private void read(Exchange exchange, long userId) {
    int partition = parts.shape().partitionOf(userId);
    exchange.ask(
        partition,
        new ReadAccount(userId, allAssets),
        AccountShown.class,
        (account, position, repeated) -> {
          JsonWriter json = exchange.json();
          accounts.account(json, account, partition);
          exchange.reply(200, json);
        });
  }
}
