// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Event;

/** What is journaled about sessions. */
public sealed interface SessionEvent extends Event {

  long userId();

  long hashHigh();

  long hashLow();

  /** The token may be used until it expires. */
  record TokenMinted(long userId, long hashHigh, long hashLow, Role role, long expiresAtMs)
      implements SessionEvent {}

  /** The token was taken back before its time. */
  record TokenRevoked(long userId, long hashHigh, long hashLow) implements SessionEvent {}

  /** The token's time is over; it is forgotten. */
  record TokenExpired(long userId, long hashHigh, long hashLow) implements SessionEvent {}
}
