// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Writes what several protocols say in the same words.
 *
 * <p><b>Thread:</b> any; keeps nothing.
 */
final class Replies {

  private Replies() {}

  static JsonBytes joined(JsonBytes json, Member member, long epoch, Opening opening, long newest) {
    json.raw("{\"op\":\"joined\",\"room\":").id(member.room.roomId());
    json.raw(",\"epoch\":").number(epoch).raw(",\"sequence\":").number(opening.after());
    json.raw(",\"newest\":").number(newest);
    json.raw(",\"watching\":").number(member.room.hub().members());
    Opening.@Nullable Gap gap = opening.gap();
    if (gap != null) {
      json.raw(",\"gap\":{\"epoch\":").number(gap.epoch()).raw(",\"from\":").number(gap.from());
      if (gap.to() > 0) {
        json.raw(",\"to\":").number(gap.to());
        json.raw(",\"count\":").number(gap.to() - gap.from() + 1);
      }
      if (gap.newTo() > 0) {
        json.raw(",\"now\":{\"from\":1,\"to\":").number(gap.newTo());
        json.raw(",\"count\":").number(gap.newTo()).raw('}');
      }
      json.raw(",\"reason\":\"").raw(gap.reason()).raw("\"}");
    }
    return json.raw('}');
  }
}
