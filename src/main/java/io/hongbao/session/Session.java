// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import org.jspecify.annotations.Nullable;

/**
 * Who a token speaks for; immutable, safe on every thread.
 *
 * <p>Also a link of the directory's chains, so that a look-up makes nothing.
 */
public final class Session {

  private final long userId;
  private final long hashHigh;
  private final long hashLow;
  private final long expiresAtMs;
  private final Role role;
  private final long sessionId;
  private final @Nullable Session next;

  Session(
      long userId,
      long hashHigh,
      long hashLow,
      Role role,
      long expiresAtMs,
      long sessionId,
      @Nullable Session next) {
    this.userId = userId;
    this.hashHigh = hashHigh;
    this.hashLow = hashLow;
    this.role = role;
    this.expiresAtMs = expiresAtMs;
    this.sessionId = sessionId;
    this.next = next;
  }

  public long userId() {
    return userId;
  }

  public Role role() {
    return role;
  }

  /** From then on the token is worth nothing. */
  public long expiresAtMs() {
    return expiresAtMs;
  }

  /** The login behind it; 0 for a token that a key has minted. */
  public long sessionId() {
    return sessionId;
  }

  long hashHigh() {
    return hashHigh;
  }

  long hashLow() {
    return hashLow;
  }

  boolean hasHash(long high, long low) {
    return hashHigh == high && hashLow == low;
  }

  @Nullable Session next() {
    return next;
  }

  /** The same session as the head of another chain. */
  Session before(@Nullable Session chain) {
    return new Session(userId, hashHigh, hashLow, role, expiresAtMs, sessionId, chain);
  }
}
