// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountAnswer.SuspenseShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.Leg;
import io.hongbao.account.Metadata;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.ClientKey;
import io.hongbao.export.sql.MinPosition;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in suspense, and where people say that it belongs.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class SuspenseRoutes {

  private static final String SUSPENSE = "/v1/operator/suspense";
  private static final char LIST = 's';
  private static final int LIMIT_MAX = 200;
  private static final int LIMIT_DEFAULT = 50;

  private final EdgeParts parts;
  private final LedgerJson ledger;

  private record Placed(int partition, SuspenseEntry entry) {}

  SuspenseRoutes(EdgeParts parts) {
    this.parts = parts;
    this.ledger = new LedgerJson(parts.assets());
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get(SUSPENSE, Access.SUPPORT.needing(Scope.BOOKS_READ), this::list));
    routes.add(
        Route.post(
            SUSPENSE + "/{entry_id}/settle",
            Access.FINANCE.needing(Scope.ACCOUNTS_WRITE),
            BodyRule.JSON,
            this::settle));
  }

  // By partition, then in the order in which the entries came.
  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    int limit = query.integerOr("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    String cursor = query.textOrNull("cursor");
    query.end();
    long[] after = cursor == null ? new long[] {0, 0} : PageCursor.parse(cursor, LIST, 2);
    int first = (int) Math.clamp(after[0], 0, parts.shape().partitionCount() - 1L);
    List<Gather.Ask> asks = new ArrayList<>();
    for (int partition = first; partition < parts.shape().partitionCount(); partition++) {
      long afterNumber = partition == first ? after[1] : 0;
      asks.add(new Gather.Ask(partition, new ReadSuspense(afterNumber, limit + 1)));
    }
    Gather.all(exchange, asks, SuspenseShown.class, all -> page(exchange, all, limit));
  }

  private void page(Exchange exchange, List<SuspenseShown> all, int limit) {
    List<Placed> entries = new ArrayList<>();
    for (SuspenseShown one : all) {
      one.entries().forEach(entry -> entries.add(new Placed(one.partition(), entry)));
    }
    JsonWriter json = exchange.json().beginObject().name("items").beginArray();
    List<Placed> page = entries.subList(0, Math.min(limit, entries.size()));
    page.forEach(one -> ledger.suspense(json, one.entry(), one.partition()));
    json.endArray();
    if (entries.size() > limit) {
      Placed last = page.getLast();
      json.field("next_cursor", PageCursor.write(LIST, last.partition(), last.entry().number()));
    }
    exchange.reply(200, json.endObject());
  }

  private void settle(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = TransferRoutes.caller(exchange);
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String account = body.text("account", 1, 20);
    long otherId =
        account.equals(LedgerJson.CLEARING) ? Leg.CLEARING : Ids.parse(account, Fields.ID_MAX);
    if (otherId == Ids.NOT_AN_ID) {
      throw body.wrong("account", "must be an owner's id or clearing");
    }
    String reason = Fields.line(body, "reason", OperatorRoutes.TEXT_CHARS_MAX);
    if (reason.isEmpty()) {
      throw body.wrong("reason", "must have 1 to " + OperatorRoutes.TEXT_CHARS_MAX + " characters");
    }
    body.end();
    caller.needCause(reason);
    String entryId = exchange.pathValue("entry_id");
    // The same form as a position: a partition and a number in it.
    MinPosition entry = MinPosition.parse(entryId, parts.shape().partitionCount());
    if (entry == null) {
      throw new BadRequestException(
          RefusalCode.SUSPENSE_NOT_FOUND, RefusalCode.SUSPENSE_NOT_FOUND.sentence());
    }
    int partition = entry.partition();
    ClientKey key =
        caller.clientKey(
            entry.sequence(), "settleSuspense " + partition, BodyHash.of(body, entryId));
    Note note = new Note("", reason, Metadata.NONE, caller.operator());
    AccountCommand command = new SettleSuspense(key, entry.sequence(), otherId, note);
    exchange.ask(
        partition,
        caller.isDryRun() ? new Preview(command) : command,
        LedgerTransferShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json();
          ledger.transfer(json, shown.transfer(), partition);
          exchange.position(partition, caller.isDryRun() ? 0 : position, repeated);
          exchange.reply(caller.isDryRun() ? 200 : 201, json);
        });
  }
}
