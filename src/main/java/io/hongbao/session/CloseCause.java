// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.model.Check;

/** Why a login ended; numbers stand in journals. */
public enum CloseCause {
  /** The device logged out. */
  LOGOUT(1),
  /** The user logged out everywhere. */
  EVERYWHERE(2),
  /** The user ended it from another device. */
  REMOTE(3),
  /** A refresh token came that had been replaced: two parties hold the session. */
  REUSE(4),
  /** The user logged in on one device too many; this one was silent longest. */
  CROWDED(5),
  /** It was not refreshed in time. */
  EXPIRED(6),
  /** The password is another one. */
  PASSWORD(7),
  /** An operator forced the user offline. */
  OPERATOR(8);

  private static final CloseCause[] CAUSES = values();

  private final int number;

  CloseCause(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** Finds the cause that a journal holds. */
  public static CloseCause ofNumber(int number) {
    Check.that(number >= 1 && number <= CAUSES.length, "number of a cause");
    return CAUSES[number - 1];
  }
}
