// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.BooksShown;
import io.hongbao.account.AccountCommand.ReadBooks;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.Answer;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown;
import io.hongbao.redpacket.RedPacketCommand.ReadPacketBooks;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up all books, each partition at its own durable position.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> looks again at most {@link #ROUNDS_MAX} times for positions that fit together.
 */
final class TrialBalanceRoutes {

  /** A quiet server needs one round; one under load rarely more than two. */
  private static final int ROUNDS_MAX = 8;

  private final EdgeParts parts;

  TrialBalanceRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get(
            "/v1/operator/trial-balance", Access.SUPPORT.needing(Scope.BOOKS_READ), this::read));
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    round(exchange, 1);
  }

  private void round(Exchange exchange, int number) throws BadRequestException {
    List<Gather.Ask> asks = new ArrayList<>();
    for (int partition = 0; partition < parts.shape().partitionCount(); partition++) {
      // One right after the other, so that nothing comes between them and both show one position.
      asks.add(new Gather.Ask(partition, new ReadBooks()));
      asks.add(new Gather.Ask(partition, new ReadPacketBooks()));
    }
    Gather.all(exchange, asks, Answer.class, answers -> add(exchange, number, answers));
  }

  private void add(Exchange exchange, int number, List<Answer> answers) throws BadRequestException {
    List<TrialBalance.Books> books = new ArrayList<>();
    for (int i = 0; i < answers.size(); i += 2) {
      books.add(
          new TrialBalance.Books(
              ((BooksShown) answers.get(i)).books(), (PacketBooksShown) answers.get(i + 1)));
    }
    TrialBalance balance = TrialBalance.of(books);
    if (!balance.isExact() && number < ROUNDS_MAX) {
      round(exchange, number + 1);
      return;
    }
    JsonWriter json = exchange.json();
    TrialBalanceJson.write(json, balance, exchange.nowMs(), parts.assets());
    exchange.reply(200, json);
  }
}
