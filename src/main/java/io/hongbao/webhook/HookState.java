// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.model.Check;

/** Whether events are sent; numbers stand in journals, names in answers. */
public enum HookState {
  /** Events are sent. */
  ACTIVE(1, "active"),
  /** Its owner wants none for now; it goes on where it was. */
  DISABLED(2, "disabled"),
  /** It accepted nothing for too long; its owner has to look and enable it again. */
  PAUSED(3, "paused");

  private static final HookState[] STATES = values();

  private final int number;
  private final String wireName;

  HookState(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  public static HookState ofNumber(int number) {
    Check.that(number >= 1 && number <= STATES.length, "state of a webhook");
    return STATES[number - 1];
  }
}
