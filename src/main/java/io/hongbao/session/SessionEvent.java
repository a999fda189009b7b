// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Event;

/** What is journaled about sessions. */
public sealed interface SessionEvent extends Event {

  /** A token is valid from now on. */
  record TokenMinted(long userId, long hashHigh, long hashLow, long expiresAtMs)
      implements SessionEvent {}

  /** A token is valid no more: revoked, or its time is over. */
  record TokenEnded(long userId, long hashHigh, long hashLow) implements SessionEvent {}
}
