// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.model.Check;

/** Why a webhook was paused; numbers stand in journals, names in answers. */
public enum PauseReason {
  /** It is not paused. */
  NONE(0, "none"),
  /** An event was not accepted for the whole time in which it is tried. */
  FAILING(1, "failing"),
  /** Its place does not lie in this log: restored from another copy, or no longer kept. */
  PLACE_UNKNOWN(2, "place_unknown");

  private static final PauseReason[] REASONS = values();

  private final int number;
  private final String wireName;

  PauseReason(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  public static PauseReason ofNumber(int number) {
    Check.that(number >= 0 && number < REASONS.length, "reason of a pause");
    return REASONS[number];
  }
}
