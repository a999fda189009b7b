// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.Check;

/** Why a person has another password hash; numbers stand in journals. */
public enum PasswordCause {
  /** He knew the old one. */
  CHANGED(1),
  /** He had a code that was sent to his phone. */
  RESET(2),
  /** The same password, hashed with stronger parameters. */
  REHASHED(3);

  private static final PasswordCause[] CAUSES = values();

  private final int number;

  PasswordCause(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** Finds the cause that a journal holds. */
  public static PasswordCause ofNumber(int number) {
    Check.that(number >= 1 && number <= CAUSES.length, "number of a password's cause");
    return CAUSES[number - 1];
  }
}
