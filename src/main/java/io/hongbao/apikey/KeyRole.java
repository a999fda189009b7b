// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.model.Check;
import java.util.Locale;

/** What the holder of a key is to the server; numbers stand in journals, names in answers. */
public enum KeyRole {
  /** A backend of the customer; may act for users on routes that say so. */
  SERVICE(1),
  /** A front door that hands on what users do; may act for users when they grab and open. */
  GATEWAY(2),
  /** Looks at everything, changes nothing. */
  SUPPORT(3),
  /** Reads like support; books top-ups and reversals and decides holds. */
  FINANCE(4),
  /** Everything but acting for users. */
  ADMIN(5);

  private static final KeyRole[] ROLES = values();

  private final int number;

  KeyRole(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether people of the operator hold it: then it has all scopes unless some are named. */
  public boolean isOperator() {
    return this != SERVICE && this != GATEWAY;
  }

  /** Finds the role that a journal holds. */
  public static KeyRole ofNumber(int number) {
    Check.that(number >= 1 && number <= ROLES.length, "number of a key's role");
    return ROLES[number - 1];
  }
}
