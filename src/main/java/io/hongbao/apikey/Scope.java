// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a key may do; narrows what its role allows.
 *
 * <p>A key's scopes stand in journals as bits of a long: a scope's bit never changes its meaning,
 * and a new one takes the next free bit.
 */
public enum Scope {
  ACCOUNTS_READ(0, "accounts:read"),
  ACCOUNTS_WRITE(1, "accounts:write"),
  PACKETS_READ(2, "packets:read"),
  PACKETS_SEND(3, "packets:send"),
  PACKETS_OPEN(4, "packets:open"),
  USERS_READ(5, "users:read"),
  USERS_WRITE(6, "users:write"),
  TOKENS_WRITE(7, "tokens:write"),
  ROOMS_READ(8, "rooms:read"),
  ROOMS_WRITE(9, "rooms:write"),
  EVENTS_READ(10, "events:read"),
  WEBHOOKS_READ(11, "webhooks:read"),
  WEBHOOKS_WRITE(12, "webhooks:write"),
  BOOKS_READ(13, "books:read"),
  KEYS_READ(14, "keys:read"),
  KEYS_WRITE(15, "keys:write"),
  AUDIT_READ(16, "audit:read"),
  SANDBOX_WRITE(17, "sandbox:write"),
  SERVER_WRITE(18, "server:write");

  /** Bits of a key that may do all that its role allows, also what comes later. */
  public static final long ALL = -1;

  /** Stands for {@link #ALL} in requests and answers. */
  public static final String ALL_NAME = "*";

  private static final Map<String, Scope> BY_NAME = new HashMap<>();

  static {
    for (Scope scope : values()) {
      Check.that(BY_NAME.put(scope.wireName, scope) == null, "name of a scope used twice");
    }
  }

  private final long bit;
  private final String wireName;

  Scope(int bitNumber, String wireName) {
    this.bit = 1L << bitNumber;
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether a key with these bits has it. */
  public boolean isIn(long scopes) {
    return (scopes & bit) != 0;
  }

  /** Adds it to the bits of others. */
  public long and(long scopes) {
    return scopes | bit;
  }

  public static @Nullable Scope ofName(String name) {
    return BY_NAME.get(name);
  }

  /** The names of the bits, as answers show them. */
  public static List<String> names(long scopes) {
    if (scopes == ALL) {
      return List.of(ALL_NAME);
    }
    List<String> names = new ArrayList<>();
    for (Scope scope : values()) {
      if (scope.isIn(scopes)) {
        names.add(scope.wireName);
      }
    }
    return names;
  }
}
