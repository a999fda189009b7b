// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.engine.Event;

/** What is journaled about keys. */
public sealed interface KeyEvent extends Event {

  long keyId();

  /** The key opens doors from now on. */
  record KeyMade(
      long keyId,
      String name,
      KeyRole role,
      long scopes,
      long hashHigh,
      long hashLow,
      long expiresAtMs)
      implements KeyEvent {}

  /** The key has another secret; the one before ends at the given time. */
  record KeyRotated(long keyId, long hashHigh, long hashLow, long beforeEndsAtMs)
      implements KeyEvent {}

  /** The key is gone with all its secrets. */
  record KeyRevoked(long keyId) implements KeyEvent {}

  /** The key was used then; written at most once an hour. */
  record KeyUsed(long keyId, long atMs) implements KeyEvent {}
}
