// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.KeyRole;
import io.hongbao.apikey.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
 * @param audit whose changes here are audited
 */
record Access(
    boolean isPublic, boolean takesUsers, Set<KeyRole> roles, @Nullable Scope scope, Audit audit) {

  /** Whose changes are journaled with a line for the audit. */
  enum Audit {
    /** Those of the operator's people; what backends do is their daily business. */
    OPERATORS,
    /** Those of backends too: rare, and they open doors. */
    ALL_KEYS,
    /** Nobody's: it is play. */
    NOBODY
  }

  /** Anyone; what is behind it knows no user. */
  static final Access PUBLIC = new Access(true, false, Set.of(), null, Audit.NOBODY);

  /** The holder of a user's token, for that user and nobody else. */
  static final Access USER = new Access(false, true, Set.of(), null, Audit.OPERATORS);

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

  /** A backend or a front door that acts for many users in one call; operators never do. */
  static final Access FRONT = keys(KeyRole.SERVICE, KeyRole.GATEWAY);

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
    return new Access(false, false, EnumSet.of(first, others), null, Audit.OPERATORS);
  }

  /** The same with more roles. */
  Access or(KeyRole first, KeyRole... others) {
    EnumSet<KeyRole> more = EnumSet.of(first, others);
    more.addAll(roles);
    return new Access(isPublic, takesUsers, more, scope, audit);
  }

  /** The same for keys with that scope only. */
  Access needing(Scope needed) {
    return new Access(isPublic, takesUsers, roles, needed, audit);
  }

  /** The same with another audit. */
  Access audited(Audit whose) {
    return new Access(isPublic, takesUsers, roles, scope, whose);
  }

  /** Whether what this bearer changes here is audited; who acts for a user is no operator. */
  boolean audits(Principal bearer) {
    return bearer.isKey()
        && bearer.userId() == Principal.NO_USER
        && (audit == Audit.ALL_KEYS || (audit == Audit.OPERATORS && bearer.keyRole().isOperator()));
  }

  /** Whether keys are good here at all. */
  boolean takesKeys() {
    return !roles.isEmpty();
  }

  /**
   * Roles, separated by commas, and the scope if there is one: {@code user,service packets:send}.
   */
  String describe() {
    List<String> names = new ArrayList<>();
    if (isPublic) {
      names.add("public");
    }
    if (takesUsers) {
      names.add("user");
    }
    roles.stream().sorted().map(KeyRole::wireName).forEach(names::add);
    return String.join(",", names) + (scope == null ? "" : " " + scope.wireName());
  }
}
