// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.vertx.core.json.JsonObject;

/**
 * What of an answer must be the same for ever.
 *
 * @param code why it was refused, or empty
 * @param id what was made or changed; empty when refused
 * @param place of a share
 * @param amountMinor of a share; after a top-up, the balance
 * @param commitment of a packet, else empty
 */
record Outcome(int status, String code, String id, int place, long amountMinor, String commitment) {

  /** Accepted, but the packet is still on its way. */
  private static final int ACCEPTED = 202;

  static Outcome of(Ask ask, Answer answer) {
    JsonObject body = answer.body();
    if (!answer.isOk()) {
      return new Outcome(answer.status(), answer.code(), "", 0, 0, "");
    }
    return switch (ask) {
      case Ask.Open open ->
          new Outcome(
              answer.status(),
              "",
              body.getString("packet_id", ""),
              body.getInteger("place", 0),
              minor(body, "amount"),
              "");
      case Ask.Send send ->
          new Outcome(
              answer.status(),
              "",
              body.getString("id", ""),
              0,
              0,
              body.getString("commitment", ""));
      case Ask.TopUp topUp ->
          new Outcome(
              answer.status(),
              "",
              body.getString("id", ""),
              0,
              body.getLong("balance_after", 0L),
              "");
      default -> new Outcome(answer.status(), "", body.getString("id", ""), 0, 0, "");
    };
  }

  private static long minor(JsonObject body, String name) {
    JsonObject money = body.getJsonObject(name);
    return money == null ? 0 : money.getLong("amount", 0L);
  }

  boolean isOk() {
    return code.isEmpty();
  }

  /** Whether a packet's way was not over when this was answered. */
  boolean isUnderWay() {
    return status == ACCEPTED;
  }

  /** Whether a later answer says the same; a packet may have arrived meanwhile. */
  boolean agreesWith(Outcome later) {
    boolean sameStatus = status == later.status() || (isUnderWay() && later.isOk());
    return sameStatus
        && code.equals(later.code())
        && id.equals(later.id())
        && place == later.place()
        && amountMinor == later.amountMinor()
        && commitment.equals(later.commitment());
  }
}
