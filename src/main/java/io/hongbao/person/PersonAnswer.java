// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Answer;

/** What is told about people. */
public sealed interface PersonAnswer extends Answer {

  /** It is kept for the user until then. */
  record HandleKept(long untilMs) implements PersonAnswer {}

  /**
   * Whose a handle is; his partition has the last word.
   *
   * @param userId 0 when it is nobody's
   */
  record HandleFound(long userId) implements PersonAnswer {}

  /** One user; what is secret is left out. */
  record PersonShown(
      long userId,
      boolean isKnown,
      String userName,
      String phoneMasked,
      Profile profile,
      boolean hasPassword,
      long createdAtMs,
      long position)
      implements PersonAnswer {}

  /**
   * An attempt is under way.
   *
   * @param passwordHash empty when he has no password; a secret
   * @param failures of the day, this one included
   */
  record AttemptOpen(String passwordHash, int failures) implements PersonAnswer {

    @Override
    public String toString() {
      return "AttemptOpen[" + failures + "]";
    }
  }

  /**
   * What a user logs in with.
   *
   * @param isKnown whether there is more of him than his number
   * @param userName empty when he has none
   * @param passwordHash likewise; a secret
   */
  record LoginTold(boolean isKnown, String userName, String passwordHash) implements PersonAnswer {

    @Override
    public String toString() {
      return "LoginTold[" + isKnown + "]";
    }
  }

  /** It is done; nothing is to be told about it. */
  record Done(boolean isChanged) implements PersonAnswer {}

  /** Whether the password is the one that was asked about. */
  record PasswordTold(boolean isSame) implements PersonAnswer {}

  /**
   * How an address stands.
   *
   * @param isBlocked whether it is refused until {@code dayEndsMs}
   */
  record AddressShown(boolean isBlocked, long dayEndsMs) implements PersonAnswer {}
}
