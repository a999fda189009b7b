// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.BatchRefused;
import io.hongbao.account.AccountAnswer.BatchShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many calls of the ledger in one request, each with a result of its own, or all or none.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> {@link #COMMANDS_MAX} commands; of a batch of all or none {@link
 * BookBatch#LEGS_MAX} legs and {@link #BATCH_BYTES_MAX} of the journal, since they are one record.
 */
final class BulkRoutes {

  static final int COMMANDS_MAX = 1_000;

  /** A thirty-second of what one lane may have waiting for the disk by default. */
  private static final int BATCH_BYTES_MAX = 512 * 1024;

  private static final Map<String, Policy> POLICIES = JsonRequest.wireNames(Policy.class);
  private static final Map<String, Op> OPS = JsonRequest.wireNames(Op.class);

  private final EdgeParts parts;
  private final LedgerCalls calls;
  private final TransferRoutes transfers;
  private final LedgerJson ledger;

  /** What a refusal means for the others. */
  enum Policy {
    /** Nothing. */
    BEST_EFFORT,
    /** One after the other; those behind it are not tried. */
    STOP_ON_FAILURE,
    /** Nothing is done at all. */
    ALL_OR_NONE
  }

  private enum Op {
    TRANSFER,
    REVERSAL,
    HOLD,
    POST_HOLD,
    RELEASE_HOLD
  }

  BulkRoutes(EdgeParts parts, TransferRoutes transfers) {
    this.parts = parts;
    this.calls = new LedgerCalls(parts);
    this.transfers = transfers;
    this.ledger = new LedgerJson(parts.assets());
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post("/v1/bulk", TransferRoutes.WRITE, BodyRule.BULK_JSON, this::bulk));
  }

  private void bulk(Exchange exchange, Buffer buffer) throws BadRequestException {
    LedgerCalls.Caller caller = TransferRoutes.caller(exchange);
    // One for all: the items' own reasons may differ.
    caller.needCause("");
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bulkBodyBytesMax());
    Policy policy = body.choice("policy", POLICIES);
    List<JsonRequest> items = body.objects("commands", COMMANDS_MAX);
    if (items.isEmpty()) {
      throw body.wrong("commands", "must not be empty");
    }
    // Of a whole request; what a command says of itself stands in its transfer.
    caller.needCause("");
    if (policy == Policy.ALL_OR_NONE) {
      allOrNone(body, items, caller);
      return;
    }
    List<LedgerCall> list = new ArrayList<>(items.size());
    for (JsonRequest item : items) {
      list.add(call(item, caller));
    }
    body.end();
    new BulkRun(exchange, policy, list, transfers).start();
  }

  private LedgerCall call(JsonRequest item, LedgerCalls.Caller whole) throws BadRequestException {
    Op op = item.choice("op", OPS);
    String key =
        whole.isDryRun() && !item.has("idempotency_key")
            ? null
            : item.text("idempotency_key", 1, IdempotencyKey.LENGTH_MAX);
    var caller = new LedgerCalls.Caller(whole.exchange(), key, whole.isDryRun());
    return switch (op) {
      case TRANSFER -> calls.transfer(item, caller);
      case REVERSAL -> calls.reversal(item, item.id("transfer_id", Long.MAX_VALUE), caller);
      case HOLD -> calls.placeHold(item, caller);
      case POST_HOLD -> calls.drawHold(item, item.id("hold_id", Long.MAX_VALUE), caller);
      case RELEASE_HOLD -> calls.releaseHold(item, item.id("hold_id", Long.MAX_VALUE), caller);
    };
  }

  private void allOrNone(JsonRequest body, List<JsonRequest> items, LedgerCalls.Caller caller)
      throws BadRequestException {
    List<Booking> bookings = new ArrayList<>(items.size());
    int legs = 0;
    for (JsonRequest item : items) {
      if (item.choice("op", OPS) != Op.TRANSFER) {
        throw item.wrong("op", "must be transfer where all or none are done");
      }
      bookings.add(calls.booking(item, caller));
      legs += bookings.getLast().moves().size();
    }
    body.end();
    long payer = bookings.getFirst().moves().getFirst().fromId();
    ClientKey key = caller.clientKey(payer, "bulk", BodyHash.of(body));
    BookBatch command = new BookBatch(key, bookings);
    if (legs > BookBatch.LEGS_MAX || command.recordBytesMax() > BATCH_BYTES_MAX) {
      throw body.wrong(
          "commands", "are too many to be done all or none: at most 1000 legs, 512 KiB");
    }
    ask(caller, parts.shape().partitionOf(payer), command);
  }

  private void ask(LedgerCalls.Caller caller, int partition, AccountCommand command) {
    Exchange exchange = caller.exchange();
    exchange.ask(
        partition,
        caller.isDryRun() ? new Preview(command) : command,
        Answer.class,
        (answer, position, repeated) -> {
          if (answer instanceof BatchRefused refused) {
            refuse(exchange, refused);
            return;
          }
          JsonWriter json = exchange.json().beginObject().field("policy", "all_or_none");
          if (caller.isDryRun()) {
            json.field("dry_run", true);
          }
          BatchShown batch = (BatchShown) answer;
          json.field("succeeded", batch.transfers().size()).field("failed", 0);
          json.field("skipped", 0).name("results").beginArray();
          for (int i = 0; i < batch.transfers().size(); i++) {
            json.beginObject().field("index", i).field("status", caller.isDryRun() ? 200 : 201);
            ledger.transfer(json.name("transfer"), batch.transfers().get(i), partition);
            if (repeated) {
              json.field("replayed", true);
            }
            json.endObject();
          }
          exchange.position(partition, caller.isDryRun() ? 0 : position, repeated);
          exchange.reply(200, json.endArray().endObject());
        });
  }

  private static void refuse(Exchange exchange, BatchRefused refused) {
    RefusalCode code = refused.code();
    exchange.refuse(code, "commands[" + refused.index() + "]: " + code.sentence());
  }
}
