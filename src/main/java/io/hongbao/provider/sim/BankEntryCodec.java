// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.StrictFields;
import io.hongbao.provider.pay.PayNotice;
import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.sim.BankEntry.Closed;
import io.hongbao.provider.sim.BankEntry.DefaultScripted;
import io.hongbao.provider.sim.BankEntry.NextScripted;
import io.hongbao.provider.sim.BankEntry.NoticeEnded;
import io.hongbao.provider.sim.BankEntry.Ordered;
import io.hongbao.provider.sim.BankEntry.Paid;
import io.hongbao.provider.sim.BankEntry.RefundAccepted;
import io.hongbao.provider.sim.BankEntry.RefundFailed;
import io.hongbao.provider.sim.BankEntry.Refunded;
import io.hongbao.provider.sim.BankEntry.ScriptSpent;
import io.vertx.core.json.JsonObject;

/** Entries as JSON objects, told apart by {@code kind}. */
final class BankEntryCodec {

  private static final int TEXT_LENGTH_MAX = 64;

  private BankEntryCodec() {}

  static JsonObject encode(BankEntry entry) {
    return switch (entry) {
      case DefaultScripted e -> kind("default_scripted").put("script", e.script().toJson());
      case NextScripted e -> kind("next_scripted").put("script", e.script().toJson());
      case ScriptSpent e -> kind("script_spent");
      case Ordered e ->
          kind("ordered")
              .put("order", Long.toString(e.order().orderId()))
              .put("user", Long.toString(e.order().userId()))
              .put("asset", e.order().asset())
              .put("amount", e.order().amountMinor())
              .put("pay_before_ms", e.order().payBeforeMs())
              .put("at_ms", e.atMs())
              .put("script", e.script().toJson());
      case Paid e ->
          kind("paid")
              .put("order", Long.toString(e.orderId()))
              .put("txn", e.providerTxn())
              .put("at_ms", e.atMs());
      case Closed e -> kind("closed").put("order", Long.toString(e.orderId()));
      case NoticeEnded e ->
          kind("notice_ended")
              .put("order", Long.toString(e.orderId()))
              .put("delivery", e.delivery())
              .put("taken", e.taken());
      case RefundAccepted e -> refund(kind("refund_accepted"), e.refund()).put("due_ms", e.dueMs());
      case RefundFailed e -> refund(kind("refund_failed"), e.refund());
      case Refunded e -> kind("refunded").put("refund", Long.toString(e.refundId()));
    };
  }

  static BankEntry decode(JsonObject json) throws MalformedFieldsException {
    StrictFields fields = StrictFields.of(json);
    String kind = fields.text("kind", TEXT_LENGTH_MAX);
    BankEntry entry =
        switch (kind) {
          case "default_scripted" -> new DefaultScripted(script(json, fields));
          case "next_scripted" -> new NextScripted(script(json, fields));
          case "script_spent" -> new ScriptSpent();
          case "ordered" -> new Ordered(order(fields), time(fields, "at_ms"), script(json, fields));
          case "paid" ->
              new Paid(
                  fields.id("order"), fields.text("txn", TEXT_LENGTH_MAX), time(fields, "at_ms"));
          case "closed" -> new Closed(fields.id("order"));
          case "notice_ended" ->
              new NoticeEnded(
                  fields.id("order"),
                  (int) fields.number("delivery", 0, Integer.MAX_VALUE),
                  fields.flagOr("taken", false));
          case "refund_accepted" -> new RefundAccepted(refund(fields), time(fields, "due_ms"));
          case "refund_failed" -> new RefundFailed(refund(fields));
          case "refunded" -> new Refunded(fields.id("refund"));
          default -> throw fields.wrong("kind", "is unknown");
        };
    fields.end();
    return entry;
  }

  private static JsonObject kind(String kind) {
    return new JsonObject().put("kind", kind);
  }

  private static JsonObject refund(JsonObject json, Refund refund) {
    return json.put("refund", Long.toString(refund.refundId()))
        .put("order", Long.toString(refund.orderId()))
        .put("amount", refund.amountMinor());
  }

  private static Refund refund(StrictFields fields) throws MalformedFieldsException {
    return new Refund(fields.id("refund"), fields.id("order"), amount(fields));
  }

  private static PayOrder order(StrictFields fields) throws MalformedFieldsException {
    return new PayOrder(
        fields.id("order"),
        fields.id("user"),
        fields.text("asset", TEXT_LENGTH_MAX),
        amount(fields),
        time(fields, "pay_before_ms"));
  }

  private static PayScript script(JsonObject json, StrictFields fields)
      throws MalformedFieldsException {
    return fields.has("script")
        ? PayScript.parse(json.getJsonObject("script"))
        : PayScript.FAULTLESS;
  }

  private static long amount(StrictFields fields) throws MalformedFieldsException {
    return fields.number("amount", 1, PayNotice.AMOUNT_MINOR_MAX);
  }

  private static long time(StrictFields fields, String name) throws MalformedFieldsException {
    return fields.number(name, 0, Long.MAX_VALUE);
  }
}
