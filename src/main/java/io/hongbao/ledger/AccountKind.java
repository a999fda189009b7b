// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

/** What an account is for; the number stands in journals and never changes. */
public enum AccountKind {
  /** An owner's money; never negative but for credit that it was given, bounded by its asset. */
  WALLET(0, true),
  /** The outside world as seen from this partition: banks, operators. Negative = paid in. */
  CLEARING(1, false),
  /** Money of the packets that live in this partition; equals the sum of what they have left. */
  ESCROW(2, true),
  /** What the operator of the service earns. */
  FEE(3, true),
  /** Money that could not be put where it belongs, with a reason; people look at it. */
  SUSPENSE(4, false),
  /** On the way to or from other partitions: sent is positive, received is negative. */
  TRANSIT(5, false);

  private static final AccountKind[] BY_NUMBER = values();

  private final int number;
  private final boolean neverNegative;

  AccountKind(int number, boolean neverNegative) {
    this.number = number;
    this.neverNegative = neverNegative;
  }

  public int number() {
    return number;
  }

  public boolean neverNegative() {
    return neverNegative;
  }

  public static AccountKind ofNumber(int number) {
    return BY_NUMBER[number];
  }
}
