// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.model.Check;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.StrictFields;
import io.vertx.core.json.JsonObject;

/**
 * How refunds of an order go.
 *
 * @param pendingMs from acceptance until the customer has the money; 0 for at once
 * @param failsFirstN so many attempts per refund fail, nothing moved
 * @param lostFirstN so many requests per refund are carried out but their answer is lost; counted
 *     anew after a start
 */
public record RefundPlan(long pendingMs, int failsFirstN, int lostFirstN) {

  public RefundPlan {
    Check.that(pendingMs >= 0 && pendingMs <= PayScript.DELAY_MS_MAX, "delay of a refund");
    Check.that(failsFirstN >= 0 && failsFirstN <= PayScript.COUNT_MAX, "failures of a refund");
    Check.that(lostFirstN >= 0 && lostFirstN <= PayScript.COUNT_MAX, "losses of a refund");
  }

  /** Done at once. */
  public static final RefundPlan DONE = new RefundPlan(0, 0, 0);

  static RefundPlan read(StrictFields fields) throws MalformedFieldsException {
    var plan =
        new RefundPlan(
            fields.numberOr("pending_ms", 0, 0, PayScript.DELAY_MS_MAX),
            (int) fields.numberOr("fails_first_n", 0, 0, PayScript.COUNT_MAX),
            (int) fields.numberOr("lost_first_n", 0, 0, PayScript.COUNT_MAX));
    fields.end();
    return plan;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("pending_ms", pendingMs)
        .put("fails_first_n", failsFirstN)
        .put("lost_first_n", lostFirstN);
  }
}
