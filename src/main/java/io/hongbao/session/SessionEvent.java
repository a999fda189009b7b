// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Event;

/** What is journaled about sessions. */
public sealed interface SessionEvent extends Event {

  long userId();

  /** About one token that a key has minted. */
  sealed interface OfToken extends SessionEvent {
    long hashHigh();

    long hashLow();
  }

  /** About one login of a person. */
  sealed interface OfLogin extends SessionEvent {
    long sessionId();
  }

  /** The token may be used until it expires. */
  record TokenMinted(long userId, long hashHigh, long hashLow, Role role, long expiresAtMs)
      implements OfToken {}

  /** The token was taken back before its time. */
  record TokenRevoked(long userId, long hashHigh, long hashLow) implements OfToken {}

  /** The token's time is over; it is forgotten. */
  record TokenExpired(long userId, long hashHigh, long hashLow) implements OfToken {}

  /**
   * A person is logged in on one device.
   *
   * @param access its first access token
   * @param expiresAtMs end of its refresh token
   */
  record LoginOpened(
      long userId, long sessionId, Login.Access access, long expiresAtMs, String device)
      implements OfLogin {}

  /** The next pair of tokens. */
  record LoginRefreshed(
      long userId, long sessionId, int generation, Login.Access access, long expiresAtMs)
      implements OfLogin {}

  /** All tokens of that login are worth nothing. */
  record LoginClosed(long userId, long sessionId, CloseCause cause) implements OfLogin {}
}
