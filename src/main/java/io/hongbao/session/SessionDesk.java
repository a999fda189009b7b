// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.SessionCommand.CloseOthers;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.SessionEvent.TokenExpired;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.SessionEvent.TokenRevoked;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets tokens in and takes them back.
 *
 * <p>The directory is changed behind the same gate as the answer and before it: a token that was
 * handed out works, a token whose revocation was confirmed does not, and neither can be undone by a
 * crash.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class SessionDesk {

  private final Sessions state;
  private final SessionLimits limits;
  private final SessionDirectory directory;
  private final LoginDesk logins;

  SessionDesk(Sessions state, SessionLimits limits, SessionDirectory directory, LoginDesk logins) {
    this.logins = logins;
    this.state = state;
    this.limits = limits;
    this.directory = directory;
  }

  void mint(MintTokens command, Decision decision) {
    RefusalCode objection = SessionRule.judge(command, limits, decision.nowMs());
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    for (NewToken token : command.tokens()) {
      if (!state.isHome(token.userId())) {
        throw new IllegalArgumentException("a token of user " + token.userId() + " went astray");
      }
    }
    // In the order in which they were decided: one token may end another of the same command.
    List<Runnable> changes = new ArrayList<>(command.tokens().size());
    for (NewToken token : command.tokens()) {
      makeRoom(token, changes, decision);
      decision.emit(
          new TokenMinted(
              token.userId(),
              token.hashHigh(),
              token.hashLow(),
              token.role(),
              token.expiresAtMs()));
      changes.add(() -> directory.put(token));
    }
    audit(command.tokens(), decision);
    decision.publish(() -> changes.forEach(Runnable::run));
    decision.answer(new SessionAnswer(command.tokens().size()));
  }

  // One line for all tokens of the record; the events beside it name every user.
  private static void audit(List<NewToken> tokens, Decision decision) {
    if (decision.isAudited()) {
      decision.audit(
          "user:" + tokens.getFirst().userId(),
          AuditFacts.NONE,
          AuditFacts.of("minted", tokens.size())
              .and("expires_at_ms", tokens.getFirst().expiresAtMs())
              .text());
    }
  }

  private void makeRoom(NewToken token, List<Runnable> changes, Decision decision) {
    List<Token> others = state.tokensOf(token.userId());
    if (others.size() >= limits.tokensPerUserMax()
        && state.find(token.userId(), token.hashHigh(), token.hashLow()) == null) {
      Token first = SessionRule.firstToExpire(others);
      decision.emit(new TokenRevoked(first.userId(), first.hashHigh(), first.hashLow()));
      changes.add(() -> directory.remove(first));
    }
  }

  void revoke(RevokeToken command, Decision decision) {
    Token token = state.find(command.userId(), command.hashHigh(), command.hashLow());
    if (token != null) {
      decision.audit(
          "user:" + command.userId(), AuditFacts.NONE, AuditFacts.of("revoked", 1).text());
    }
    revoke(token == null ? List.of() : List.of(token), 0, decision);
  }

  void revokeAll(RevokeAll command, Decision decision) {
    int tokens = state.tokensOf(command.userId()).size();
    int loginCount = state.logins().of(command.userId()).size();
    if (tokens + loginCount > 0) {
      decision.audit(
          "user:" + command.userId(),
          AuditFacts.of("tokens", tokens).and("logins", loginCount).text(),
          AuditFacts.NONE);
    }
    int closed = logins.closeOthers(command.userId(), 0, command.cause(), decision);
    revoke(List.copyOf(state.tokensOf(command.userId())), closed, decision);
  }

  void closeOthers(CloseOthers command, Decision decision) {
    int closed =
        logins.closeOthers(command.userId(), command.keptSessionId(), command.cause(), decision);
    revoke(List.copyOf(state.tokensOf(command.userId())), closed, decision);
  }

  private void revoke(List<Token> tokens, int closedCount, Decision decision) {
    for (Token token : tokens) {
      decision.emit(new TokenRevoked(token.userId(), token.hashHigh(), token.hashLow()));
    }
    // That a token is not there may rest on a revocation that is not durable yet.
    decision.lookedAtEverything();
    decision.publish(() -> tokens.forEach(directory::remove));
    decision.answer(new SessionAnswer(tokens.size() + closedCount));
  }

  /** Forgets what has expired of one user; the directory's readers compare times themselves. */
  void expiryTimer(long userId, Decision decision) {
    List<Token> expired = new ArrayList<>();
    for (Token token : state.tokensOf(userId)) {
      if (token.expiresAtMs() <= decision.nowMs()) {
        expired.add(token);
      }
    }
    if (!expired.isEmpty()) {
      for (Token token : expired) {
        decision.emit(new TokenExpired(token.userId(), token.hashHigh(), token.hashLow()));
      }
      decision.publish(() -> expired.forEach(directory::remove));
    }
  }
}
