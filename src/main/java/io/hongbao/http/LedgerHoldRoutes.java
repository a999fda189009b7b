// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.HoldsShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.ReadAskedHolds;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds for backends: placed, taken in parts, given back, and asked after.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class LedgerHoldRoutes {

  private static final String HOLDS = "/v1/holds";
  private static final String HOLD = HOLDS + "/{hold_id}";
  private static final char ASKED = 'h';
  private static final int LIMIT_MAX = 200;
  private static final int LIMIT_DEFAULT = 50;

  private final EdgeParts parts;
  private final LedgerCalls calls;
  private final TransferRoutes transfers;
  private final AccountJson holds;

  LedgerHoldRoutes(EdgeParts parts, TransferRoutes transfers) {
    this.parts = parts;
    this.calls = new LedgerCalls(parts);
    this.transfers = transfers;
    this.holds = new AccountJson(parts.assets());
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post(HOLDS, TransferRoutes.WRITE, BodyRule.JSON, this::place));
    routes.add(Route.get(HOLDS, TransferRoutes.READ, this::asked));
    routes.add(Route.get(HOLD, TransferRoutes.READ, this::read));
    routes.add(
        Route.post(HOLD + "/post", TransferRoutes.WRITE, BodyRule.JSON_OR_EMPTY, this::draw));
    routes.add(
        Route.post(HOLD + "/release", TransferRoutes.WRITE, BodyRule.JSON_OR_EMPTY, this::release));
  }

  private void place(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = TransferRoutes.caller(exchange);
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    LedgerCall call = calls.placeHold(body, caller);
    body.end();
    call.ask(exchange, transfers.answerOf(exchange));
  }

  private void draw(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = TransferRoutes.caller(exchange);
    JsonRequest body = JsonRequest.parseOrEmpty(buffer, parts.http().bodyBytesMax());
    LedgerCall call = calls.drawHold(body, holdId(exchange), caller);
    body.end();
    call.ask(exchange, transfers.answerOf(exchange));
  }

  private void release(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = TransferRoutes.caller(exchange);
    JsonRequest body = JsonRequest.parseOrEmpty(buffer, parts.http().bodyBytesMax());
    LedgerCall call = calls.releaseHold(body, holdId(exchange), caller);
    body.end();
    call.ask(exchange, transfers.answerOf(exchange));
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long holdId = holdId(exchange);
    int partition = parts.shape().partitionOf(holdId);
    exchange.ask(
        partition,
        new ReadHold(AccountCommand.ANY_OWNER, holdId),
        HoldShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json();
          holds.ledgerHold(json, shown, partition, false);
          exchange.reply(200, json);
        });
  }

  /**
   * External holds past their deadline: what somebody has to find out. All partitions are asked for
   * a page each, from the cursor's id on, and the first of them by id are shown.
   */
  private void asked(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String state = query.text("state");
    if (!state.equals("asked")) {
      throw QueryReader.wrong("state", "must be asked");
    }
    int limit = query.integerOr("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    String cursor = query.textOrNull("cursor");
    query.end();
    long afterId = cursor == null ? 0 : PageCursor.parse(cursor, ASKED, 1)[0];
    List<Gather.Ask> asks = new ArrayList<>();
    for (int partition = 0; partition < parts.shape().partitionCount(); partition++) {
      asks.add(new Gather.Ask(partition, new ReadAskedHolds(afterId, limit + 1)));
    }
    Gather.all(exchange, asks, HoldsShown.class, all -> page(exchange, all, limit));
  }

  private void page(Exchange exchange, List<HoldsShown> all, int limit) {
    List<HoldShown> sorted =
        all.stream()
            .flatMap(shown -> shown.holds().stream())
            .sorted(java.util.Comparator.comparingLong(shown -> shown.hold().id()))
            .toList();
    JsonWriter json = exchange.json().beginObject().name("items").beginArray();
    List<HoldShown> page = sorted.subList(0, Math.min(limit, sorted.size()));
    for (HoldShown shown : page) {
      holds.ledgerHold(json, shown, parts.shape().partitionOf(shown.hold().id()), false);
    }
    json.endArray();
    if (sorted.size() > limit) {
      json.field("next_cursor", PageCursor.write(ASKED, page.getLast().hold().id()));
    }
    exchange.reply(200, json.endObject());
  }

  static long holdId(Exchange exchange) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue("hold_id"), Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID) {
      throw new BadRequestException(
          RefusalCode.HOLD_NOT_FOUND, RefusalCode.HOLD_NOT_FOUND.sentence());
    }
    return id;
  }
}
