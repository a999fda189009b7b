// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.Check;

/** What a user's partition says about a claim whose deadline is over; numbers stand in journals. */
public enum ClaimVerdict {
  /** It is his. */
  HELD(1),
  /** It never will be under this claim: this partition's time is past the deadline. */
  NEVER(2),
  /** This partition's time is not past the deadline: a command may still come. */
  LATER(3);

  private static final ClaimVerdict[] VERDICTS = values();

  private final int number;

  ClaimVerdict(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static ClaimVerdict ofNumber(int number) {
    Check.that(number >= 1 && number <= VERDICTS.length, "number of a verdict");
    return VERDICTS[number - 1];
  }
}
