// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.KeyRole;
import io.hongbao.apikey.Scope;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a route: users, keys of some roles, and the scope that such a key needs.
 *
 * <p>Every route that takes keys names its scope: {@code Access.FINANCE.needing(ACCOUNTS_WRITE)}.
 * On routes that users call too, a key acts for the user whom the header {@code Hongbao-User}
 * names.
 *
 * @param takesUsers whether a user's token is good here, for that user
 * @param roles whose keys are good here
 * @param scope what such a key must be allowed; null on routes without keys
 */
record Access(boolean isPublic, boolean takesUsers, Set<KeyRole> roles, @Nullable Scope scope) {

  /** Anyone; what is behind it knows no user. */
  static final Access PUBLIC = new Access(true, false, Set.of(), null);

  /** The holder of a user's token, for that user and nobody else. */
  static final Access USER = new Access(false, true, Set.of(), null);

  /** A user, or a backend that acts for one; operators never act for users. */
  static final Access USER_OR_SERVICE = USER.or(KeyRole.SERVICE);

  /** As before, and front doors too. */
  static final Access USER_OR_GATEWAY = USER.or(KeyRole.SERVICE, KeyRole.GATEWAY);

  /** Everything. */
  static final Access ADMIN = keys(KeyRole.ADMIN);

  /** A backend. */
  static final Access SERVICE = keys(KeyRole.SERVICE, KeyRole.ADMIN);

  /** A backend or a front door. */
  static final Access GATEWAY = keys(KeyRole.SERVICE, KeyRole.GATEWAY, KeyRole.ADMIN);

  /** Reading, for the operator's people. */
  static final Access SUPPORT = keys(KeyRole.SUPPORT, KeyRole.FINANCE, KeyRole.ADMIN);

  /** Reading, for backends too. */
  static final Access SERVICE_OR_SUPPORT = SUPPORT.or(KeyRole.SERVICE);

  /** What books money by hand. */
  static final Access FINANCE = keys(KeyRole.FINANCE, KeyRole.ADMIN);

  /** What backends and the operator's finance do alike. */
  static final Access SERVICE_OR_FINANCE = FINANCE.or(KeyRole.SERVICE);

  Access {
    roles = Set.copyOf(roles);
  }

  private static Access keys(KeyRole first, KeyRole... others) {
    return new Access(false, false, EnumSet.of(first, others), null);
  }

  /** The same with more roles. */
  Access or(KeyRole first, KeyRole... others) {
    EnumSet<KeyRole> more = EnumSet.of(first, others);
    more.addAll(roles);
    return new Access(isPublic, takesUsers, more, scope);
  }

  /** The same for keys with that scope only. */
  Access needing(Scope needed) {
    return new Access(isPublic, takesUsers, roles, needed);
  }

  /** Whether keys are good here at all. */
  boolean takesKeys() {
    return !roles.isEmpty();
  }
}
