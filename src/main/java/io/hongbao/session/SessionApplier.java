// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Stamp;
import io.hongbao.model.Check;
import io.hongbao.session.SessionEvent.TokenExpired;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.SessionEvent.TokenRevoked;

/** The only place where the tokens of a partition change. */
final class SessionApplier {

  /** Some token of a user may have expired; the timer's id is the user's. */
  static final int TIMER_EXPIRY = 1;

  private final Sessions state;

  SessionApplier(Sessions state) {
    this.state = state;
  }

  void apply(SessionEvent event, Stamp stamp) {
    switch (event) {
      case TokenMinted e ->
          enter(
              new Token(
                  e.userId(),
                  e.hashHigh(),
                  e.hashLow(),
                  e.role(),
                  e.expiresAtMs(),
                  stamp.position()));
      case TokenRevoked e -> remove(e);
      case TokenExpired e -> remove(e);
    }
  }

  /** Takes a token in and sets its timer; for events and for snapshots. */
  void enter(Token token) {
    state.add(token);
    state
        .parts
        .timers()
        .set(token.expiresAtMs(), SessionCodec.SCHEMA_ID, TIMER_EXPIRY, token.userId());
  }

  private void remove(SessionEvent e) {
    boolean wasThere = state.remove(e.userId(), e.hashHigh(), e.hashLow());
    Check.that(wasThere, "a token is forgotten once");
  }
}
