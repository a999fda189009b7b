// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

/** Why a hold was released; numbers stand in journals. */
public enum ReleaseCause {
  /** The deadline of an internal hold. */
  DEADLINE(1),
  /** Somebody asked for it; for an external hold with a receipt. */
  REQUEST(2);

  private final int number;

  ReleaseCause(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static ReleaseCause ofNumber(int number) {
    return number == DEADLINE.number ? DEADLINE : REQUEST;
  }
}
