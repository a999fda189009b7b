// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.model.Check;

/** What a token allows; numbers stand in journals, names in answers. */
public enum Role {
  /** A person; acts for himself. */
  USER(1, "user"),
  /** A backend of the customer; may act for users. */
  SERVICE(2, "service"),
  /** Runs the service; every action is audited. */
  OPERATOR(3, "operator");

  private static final Role[] ROLES = values();

  private final int number;
  private final String wireName;

  Role(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  /** Finds the role that a journal holds. */
  public static Role ofNumber(int number) {
    Check.that(number >= 1 && number <= ROLES.length, "number of a role");
    return ROLES[number - 1];
  }
}
