// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

/** Why a payment is given back; numbers stand in journals. */
public enum StrayReason {
  /** Known only after the order's deadline. */
  TOO_LATE(1),
  /** The order was paid before by another payment. */
  PAID_TWICE(2),
  /** Another amount or asset than ordered. */
  WRONG_AMOUNT(3);

  private final int number;

  StrayReason(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static StrayReason ofNumber(int number) {
    return values()[number - 1];
  }
}
