// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Stamp;
import io.hongbao.model.Check;
import io.hongbao.session.SessionEvent.LoginClosed;
import io.hongbao.session.SessionEvent.LoginOpened;
import io.hongbao.session.SessionEvent.LoginRefreshed;
import io.hongbao.session.SessionEvent.TokenExpired;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.SessionEvent.TokenRevoked;

/** The only place where the tokens of a partition change. */
final class SessionApplier {

  /** Some token of a user may have expired; the timer's id is the user's. */
  static final int TIMER_EXPIRY = 1;

  /** Some login of a user may have ended; the timer's id is the user's. */
  static final int TIMER_LOGIN = 2;

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
      case LoginOpened e -> opened(e, stamp);
      case LoginRefreshed e -> refreshed(e, stamp);
      case LoginClosed e ->
          Check.that(state.logins().remove(e.userId(), e.sessionId()), "a login is closed once");
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

  private void opened(LoginOpened e, Stamp stamp) {
    enter(
        new Login(
            e.userId(),
            e.sessionId(),
            1,
            e.access(),
            Login.Access.NONE,
            stamp.timeMs(),
            e.expiresAtMs(),
            stamp.timeMs(),
            e.device(),
            stamp.position()));
  }

  private void refreshed(LoginRefreshed e, Stamp stamp) {
    Login login = Check.present(state.logins().find(e.userId(), e.sessionId()), "login");
    enter(
        login.refreshed(
            e.generation(), e.access(), e.expiresAtMs(), stamp.timeMs(), stamp.position()));
  }

  /** Takes a login in and sets its timer; for events and for snapshots. */
  void enter(Login login) {
    state.logins().put(login);
    state
        .parts
        .timers()
        .set(login.expiresAtMs(), SessionCodec.SCHEMA_ID, TIMER_LOGIN, login.userId());
  }

  private void remove(SessionEvent.OfToken e) {
    boolean wasThere = state.remove(e.userId(), e.hashHigh(), e.hashLow());
    Check.that(wasThere, "a token is forgotten once");
  }
}
