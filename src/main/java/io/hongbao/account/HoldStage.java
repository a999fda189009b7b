// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.ledger.Hold;

/** Where a hold stands, as it is told; names stand in answers. */
public enum HoldStage {
  /** Money is held. */
  OPEN("open"),
  /** Money is held past the deadline, and what became of it is being asked. */
  QUERYING("querying"),
  /** All was taken. */
  POSTED("posted"),
  /** What was not taken is free again. */
  RELEASED("released");

  private final String wireName;

  HoldStage(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  static HoldStage of(Hold hold, long nowMs) {
    return switch (hold.state()) {
      case HELD ->
          hold.kind() == Hold.Kind.EXTERNAL && nowMs >= hold.deadlineMs() ? QUERYING : OPEN;
      case POSTED -> POSTED;
      case RELEASED -> RELEASED;
    };
  }
}
