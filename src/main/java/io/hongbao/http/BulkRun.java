// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one bulk request at work: asks them in order and answers when all are decided.
 *
 * <p>With best effort many are under way at once, but those of one partition are decided in the
 * order in which they stand; with stop on failure each waits for the one before it.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> {@link #UNDER_WAY_MAX} at a time, so that one request cannot fill the mailboxes.
 */
final class BulkRun {

  private static final int UNDER_WAY_MAX = 128;

  private final Exchange exchange;
  private final BulkRoutes.Policy policy;
  private final List<LedgerCall> calls;
  private final TransferRoutes writer;
  private final @Nullable Result[] results;
  private int next;
  private int decided;
  private boolean hasFailed;
  private boolean isAsking;

  /** What came of one command: an answer or a refusal. */
  private record Result(
      LedgerCall.@Nullable Done done, @Nullable Refusal refusal, boolean repeated) {}

  BulkRun(
      Exchange exchange, BulkRoutes.Policy policy, List<LedgerCall> calls, TransferRoutes writer) {
    this.exchange = exchange;
    this.policy = policy;
    this.calls = calls;
    this.writer = writer;
    this.results = new Result[calls.size()];
  }

  void start() {
    more();
  }

  // An answer may come before the question's call returns; then the loop here asks on, not a
  // deeper one.
  private void more() {
    if (isAsking) {
      return;
    }
    isAsking = true;
    int underWayMax = policy == BulkRoutes.Policy.STOP_ON_FAILURE ? 1 : UNDER_WAY_MAX;
    while (next < calls.size() && next - decided < underWayMax && mayGoOn()) {
      int index = next++;
      calls.get(index).ask(exchange, listener(index));
    }
    isAsking = false;
    if (decided == next && (next == calls.size() || !mayGoOn()) && !exchange.isDone()) {
      answer();
    }
  }

  private boolean mayGoOn() {
    return !exchange.isDone() && !(hasFailed && policy == BulkRoutes.Policy.STOP_ON_FAILURE);
  }

  private LedgerCall.Listener listener(int index) {
    return new LedgerCall.Listener() {
      @Override
      public void done(LedgerCall.Done done) {
        decided(index, new Result(done, null, done.repeated()));
      }

      @Override
      public void refused(Refusal refusal, boolean repeated) {
        hasFailed = true;
        decided(index, new Result(null, refusal, repeated));
      }
    };
  }

  private void decided(int index, Result result) {
    results[index] = result;
    decided++;
    more();
  }

  private void answer() {
    JsonWriter json = exchange.json().beginObject();
    json.field("policy", policy.name().toLowerCase(java.util.Locale.ROOT));
    int failed = 0;
    for (int i = 0; i < decided; i++) {
      Result result = results[i];
      failed += result != null && result.refusal() != null ? 1 : 0;
    }
    json.field("succeeded", decided - failed).field("failed", failed);
    json.field("skipped", calls.size() - decided).name("results").beginArray();
    for (int i = 0; i < calls.size(); i++) {
      json.beginObject().field("index", i);
      write(json, results[i]);
      json.endObject();
    }
    exchange.reply(200, json.endArray().endObject());
  }

  private void write(JsonWriter json, @Nullable Result result) {
    if (result == null) {
      json.field("skipped", true);
      return;
    }
    LedgerCall.Done done = result.done();
    Refusal refusal = result.refusal();
    if (done != null) {
      json.field("status", done.status());
      json.name(done.answer() instanceof LedgerTransferShown ? "transfer" : "hold");
      writer.write(json, done);
    } else if (refusal != null) {
      RefusalCode code = refusal.code();
      json.field("status", code.httpStatus());
      Problem.of(refusal, exchange.requestId()).write(json.name("problem"));
    }
    if (result.repeated()) {
      json.field("replayed", true);
    }
  }
}
