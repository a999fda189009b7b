// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.KeyRole;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Who was not let in on one loop.
 *
 * <p><b>Thread:</b> written by the loop, read by any.
 */
public final class AccessMeters {

  // Users have number 0, roles of keys begin at 1.
  private static final int ROLES = KeyRole.values().length + 1;

  private final AtomicLongArray forbidden = new AtomicLongArray(ROLES);
  private final AtomicLongArray refused = new AtomicLongArray(ROLES);

  /**
   * Requests of known bearers on routes that are not for them.
   *
   * @param role of the key; null = users
   */
  public long forbidden(@Nullable KeyRole role) {
    return forbidden.get(number(role));
  }

  /** Changes that were refused to holders of keys of this role, on routes that are for them. */
  public long refused(KeyRole role) {
    return refused.get(role.number());
  }

  void countForbidden(@Nullable KeyRole role) {
    count(forbidden, number(role));
  }

  void countRefused(KeyRole role) {
    count(refused, role.number());
  }

  private static void count(AtomicLongArray counts, int number) {
    counts.lazySet(number, counts.getPlain(number) + 1);
  }

  private static int number(@Nullable KeyRole role) {
    return role == null ? 0 : role.number();
  }
}
