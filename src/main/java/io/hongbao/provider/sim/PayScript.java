// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.model.Check;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.StrictFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the customer and the bank do with one order; an order keeps the script it was placed under.
 *
 * @param payAfterMs from placing to the customer's payment; null when the customer never pays
 * @param paysLate the bank does not mind the order's deadline: it takes payments until the order is
 *     closed
 * @param paysOnClose the customer pays in the moment in which the order is to be closed
 * @param notices what is told of the payment; an empty list is a notice that never comes
 * @param reorder notices of this order are held back until one of another order has been brought
 * @param prepay what goes wrong when the order is placed
 * @param queryFailsFirstN so many queries of the order break; counted anew after a start
 * @param queryDelayMs how long an answer to a query takes
 * @param closeFailsFirstN so many closings of the order break before they are heard of; counted
 *     anew after a start
 */
public record PayScript(
    @Nullable Long payAfterMs,
    boolean paysLate,
    boolean paysOnClose,
    List<NoticePlan> notices,
    boolean reorder,
    PrepayFault prepay,
    int queryFailsFirstN,
    long queryDelayMs,
    int closeFailsFirstN,
    RefundPlan refund) {

  /** A year; keeps every sum of times far from overflow. */
  static final long DELAY_MS_MAX = 366L * 24 * 3600 * 1000;

  static final int COUNT_MAX = 1_000_000;
  static final int NOTICES_MAX = 20;

  /** Paid after 200 ms, told after another 100: quick, but never before the order's answer. */
  public static final PayScript FAULTLESS =
      new PayScript(
          200L,
          false,
          false,
          List.of(NoticePlan.after(100)),
          false,
          PrepayFault.NONE,
          0,
          0,
          0,
          RefundPlan.DONE);

  public PayScript {
    notices = List.copyOf(notices);
    Check.atMost(notices.size(), NOTICES_MAX, "notices of a script");
    Check.that(payAfterMs == null || (payAfterMs >= 0 && payAfterMs <= DELAY_MS_MAX), "payment");
    Check.that(queryFailsFirstN >= 0 && queryFailsFirstN <= COUNT_MAX, "failures of a query");
    Check.that(queryDelayMs >= 0 && queryDelayMs <= DELAY_MS_MAX, "delay of a query");
    Check.that(closeFailsFirstN >= 0 && closeFailsFirstN <= COUNT_MAX, "failures of a closing");
  }

  /**
   * Reads a script. Each field may be missing and is then that of {@link #FAULTLESS}, {@code
   * "pay_after_ms":null} and {@code "notices":[]} mean never; unknown fields are refused.
   */
  public static PayScript parse(JsonObject json) throws MalformedFieldsException {
    StrictFields fields = StrictFields.of(json);
    var script =
        new PayScript(
            payAfterMs(fields),
            fields.flagOr("pays_late", false),
            fields.flagOr("pays_on_close", false),
            notices(fields),
            fields.flagOr("reorder", false),
            prepay(fields),
            (int) fields.numberOr("query_fails_first_n", 0, 0, COUNT_MAX),
            fields.numberOr("query_delay_ms", 0, 0, DELAY_MS_MAX),
            (int) fields.numberOr("close_fails_first_n", 0, 0, COUNT_MAX),
            fields.has("refund") ? RefundPlan.read(fields.object("refund")) : RefundPlan.DONE);
    fields.end();
    return script;
  }

  /** The form that {@link #parse} reads, every field written out. */
  public JsonObject toJson() {
    var list = new JsonArray();
    notices.forEach(plan -> list.add(plan.toJson()));
    return new JsonObject()
        .put("pay_after_ms", payAfterMs)
        .put("pays_late", paysLate)
        .put("pays_on_close", paysOnClose)
        .put("notices", list)
        .put("reorder", reorder)
        .put("prepay", prepay.wireName())
        .put("query_fails_first_n", queryFailsFirstN)
        .put("query_delay_ms", queryDelayMs)
        .put("close_fails_first_n", closeFailsFirstN)
        .put("refund", refund.toJson());
  }

  private static @Nullable Long payAfterMs(StrictFields fields) throws MalformedFieldsException {
    Long otherwise = FAULTLESS.payAfterMs;
    return fields.isNull("pay_after_ms") || otherwise == null
        ? null
        : Long.valueOf(fields.numberOr("pay_after_ms", otherwise, 0, DELAY_MS_MAX));
  }

  private static List<NoticePlan> notices(StrictFields fields) throws MalformedFieldsException {
    if (!fields.has("notices")) {
      return FAULTLESS.notices;
    }
    var plans = new ArrayList<NoticePlan>();
    for (StrictFields plan : fields.objects("notices", NOTICES_MAX)) {
      plans.add(NoticePlan.read(plan));
    }
    return plans;
  }

  private static PrepayFault prepay(StrictFields fields) throws MalformedFieldsException {
    if (!fields.has("prepay")) {
      return PrepayFault.NONE;
    }
    String name = fields.text("prepay", 16);
    for (PrepayFault fault : PrepayFault.values()) {
      if (fault.wireName().equals(name)) {
        return fault;
      }
    }
    throw fields.wrong("prepay", "must be none, declined, lost_before or lost_after");
  }
}
