// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.Refusal;
import io.hongbao.export.sql.Page;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Transfers in legs: made, shown, listed, undone.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class TransferRoutes {

  static final Access READ = Access.SERVICE_OR_SUPPORT.needing(Scope.ACCOUNTS_READ);
  static final Access WRITE = Access.SERVICE_OR_FINANCE.needing(Scope.ACCOUNTS_WRITE);

  private static final String TRANSFERS = "/v1/transfers";
  private static final String TRANSFER = TRANSFERS + "/{transfer_id}";
  private static final char BY_OWNER = 't';
  private static final char BY_REFERENCE = 'f';

  private final EdgeParts parts;
  private final LedgerCalls calls;
  private final LedgerJson json;
  private final AccountJson holds;

  TransferRoutes(EdgeParts parts) {
    this.parts = parts;
    this.calls = new LedgerCalls(parts);
    this.json = new LedgerJson(parts.assets());
    this.holds = new AccountJson(parts.assets());
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post(TRANSFERS, WRITE, BodyRule.JSON, this::create));
    routes.add(Route.get(TRANSFERS, READ, this::ofReference));
    routes.add(Route.get(TRANSFER, READ, this::read));
    routes.add(Route.post(TRANSFER + "/reversal", WRITE, BodyRule.JSON_OR_EMPTY, this::reverse));
    routes.add(Route.get("/v1/accounts/{owner_id}/transfers", READ, this::ofOwner));
  }

  private void create(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = caller(exchange);
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    LedgerCall call = calls.transfer(body, caller);
    body.end();
    call.ask(exchange, answerOf(exchange));
  }

  private void reverse(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = caller(exchange);
    JsonRequest body = JsonRequest.parseOrEmpty(buffer, parts.http().bodyBytesMax());
    LedgerCall call = calls.reversal(body, transferId(exchange), caller);
    body.end();
    call.ask(exchange, answerOf(exchange));
  }

  /** Whether nothing is to be done, and under which key. */
  static LedgerCalls.Caller caller(Exchange exchange) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    boolean isDryRun = query.flagOr("dry_run", false);
    query.end();
    if (isDryRun) {
      exchange.request().response().putHeader("Hongbao-Dry-Run", "true");
    }
    return new LedgerCalls.Caller(
        exchange, exchange.request().getHeader(IdempotencyKey.HEADER), isDryRun);
  }

  /** Answers an exchange with what its one call leads to. */
  LedgerCall.Listener answerOf(Exchange exchange) {
    return new LedgerCall.Listener() {
      @Override
      public void done(LedgerCall.Done done) {
        JsonWriter out = exchange.json();
        write(out, done);
        exchange.position(done.partition(), done.isDryRun() ? 0 : done.position(), done.repeated());
        exchange.reply(done.status(), out);
      }

      @Override
      public void refused(Refusal refusal, boolean repeated) {
        exchange.refuse(refusal, repeated);
      }
    };
  }

  /** Writes the transfer or the hold of an answer. */
  void write(JsonWriter out, LedgerCall.Done done) {
    switch (done.answer()) {
      case LedgerTransferShown shown -> json.transfer(out, shown.transfer(), done.partition());
      case HoldShown shown -> holds.ledgerHold(out, shown, done.partition(), done.isDryRun());
      default -> throw new IllegalStateException("no answer of the ledger");
    }
  }

  // In memory while it may still change, in the read model after that.
  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long id = transferId(exchange);
    int partition = parts.shape().partitionOf(id);
    exchange.ask(
        partition,
        new ReadTransfer(id),
        LedgerTransferShown.class,
        (shown, position, repeated) -> show(exchange, shown.transfer(), partition),
        (refusal, repeated) -> old(exchange, id, partition));
  }

  private void old(Exchange exchange, long id, int partition) {
    boolean isPossible =
        EntityId.isPossible(
            id, parts.shape().site(), parts.shape().partitionCount(), exchange.nowMs());
    if (!isPossible) {
      exchange.refuse(RefusalCode.TRANSFER_NOT_FOUND, RefusalCode.TRANSFER_NOT_FOUND.sentence());
      return;
    }
    exchange.await(
        parts.readModel().transfer(id),
        found -> {
          if (found.isPresent()) {
            show(exchange, found.get(), partition);
          } else {
            exchange.refuse(
                RefusalCode.TRANSFER_NOT_FOUND, RefusalCode.TRANSFER_NOT_FOUND.sentence());
          }
        });
  }

  private void show(Exchange exchange, LedgerTransfer transfer, int partition) {
    JsonWriter out = exchange.json();
    json.transfer(out, transfer, partition);
    exchange.reply(200, out);
  }

  private void ofOwner(Exchange exchange, Buffer body) throws BadRequestException {
    long ownerId = Fields.pathId(exchange, "owner_id");
    QueryReader query = QueryReader.of(exchange.request());
    ListQuery list = ListQuery.always(query, BY_OWNER, parts);
    query.end();
    list(
        exchange,
        parts.readModel().transfers(ownerId, list.after(), list.limit(), list.min()),
        BY_OWNER);
  }

  private void ofReference(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String reference = query.text("reference");
    ListQuery list = ListQuery.always(query, BY_REFERENCE, parts);
    query.end();
    list(
        exchange,
        parts.readModel().transfersOf(reference, list.after(), list.limit(), list.min()),
        BY_REFERENCE);
  }

  private void list(Exchange exchange, Future<Page<LedgerTransfer>> asked, char list) {
    exchange.await(
        asked,
        page ->
            ListRoutes.page(
                exchange,
                page,
                list,
                (out, transfer) ->
                    json.transfer(out, transfer, parts.shape().partitionOf(transfer.id()))));
  }

  private static long transferId(Exchange exchange) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue("transfer_id"), Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID) {
      throw new BadRequestException(
          RefusalCode.TRANSFER_NOT_FOUND, RefusalCode.TRANSFER_NOT_FOUND.sentence());
    }
    return id;
  }
}
