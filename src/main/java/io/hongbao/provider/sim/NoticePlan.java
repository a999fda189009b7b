// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.model.Check;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.StrictFields;
import io.hongbao.provider.pay.PayNotice;
import io.vertx.core.json.JsonObject;

/**
 * One notice that an order's script asks for.
 *
 * @param afterMs from the payment; of a forged one from the placing of the order, since a forger
 *     waits for nobody's payment
 * @param forged signed with a secret that is not the provider's; brought once, never again
 * @param amountDeltaMinor what the notice's amount differs from the payment's, well signed
 * @param signedAgoMs how old the signature claims to be: an old request played again
 * @param copies how often the same notice is brought, all of them taken or not
 */
public record NoticePlan(
    long afterMs, boolean forged, long amountDeltaMinor, long signedAgoMs, int copies) {

  static final int COPIES_MAX = 10;

  public NoticePlan {
    Check.that(afterMs >= 0 && afterMs <= PayScript.DELAY_MS_MAX, "delay of a notice");
    Check.that(signedAgoMs >= 0 && signedAgoMs <= PayScript.DELAY_MS_MAX, "age of a signature");
    Check.atMost(Math.abs(amountDeltaMinor), PayNotice.AMOUNT_MINOR_MAX, "delta of an amount");
    Check.that(copies >= 1 && copies <= COPIES_MAX, "copies of a notice");
  }

  /** A plain notice that tells the truth once. */
  public static NoticePlan after(long afterMs) {
    return new NoticePlan(afterMs, false, 0, 0, 1);
  }

  public NoticePlan withForged() {
    return new NoticePlan(afterMs, true, amountDeltaMinor, signedAgoMs, copies);
  }

  public NoticePlan withAmountDelta(long deltaMinor) {
    return new NoticePlan(afterMs, forged, deltaMinor, signedAgoMs, copies);
  }

  public NoticePlan withSignedAgo(long agoMs) {
    return new NoticePlan(afterMs, forged, amountDeltaMinor, agoMs, copies);
  }

  public NoticePlan withCopies(int count) {
    return new NoticePlan(afterMs, forged, amountDeltaMinor, signedAgoMs, count);
  }

  static NoticePlan read(StrictFields fields) throws MalformedFieldsException {
    long amountMax = PayNotice.AMOUNT_MINOR_MAX;
    var plan =
        new NoticePlan(
            fields.numberOr("after_ms", 0, 0, PayScript.DELAY_MS_MAX),
            fields.flagOr("forged", false),
            fields.numberOr("amount_delta", 0, -amountMax, amountMax),
            fields.numberOr("signed_ago_ms", 0, 0, PayScript.DELAY_MS_MAX),
            (int) fields.numberOr("copies", 1, 1, COPIES_MAX));
    fields.end();
    return plan;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("after_ms", afterMs)
        .put("forged", forged)
        .put("amount_delta", amountDeltaMinor)
        .put("signed_ago_ms", signedAgoMs)
        .put("copies", copies);
  }
}
