// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Decision;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.LoginAnswer.AllShown;
import io.hongbao.session.LoginAnswer.Closed;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.LoginAnswer.Shown;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.SessionEvent.LoginClosed;
import io.hongbao.session.SessionEvent.LoginOpened;
import io.hongbao.session.SessionEvent.LoginRefreshed;
import io.hongbao.session.TokenSmith.RefreshPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Opens, refreshes and closes logins.
 *
 * <p>As with minted tokens, the directory changes behind the same gate as the answer and before it.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class LoginDesk {

  private final Sessions state;
  private final SessionLimits limits;
  private final SessionDirectory directory;
  private final TokenSmith smith;

  LoginDesk(Sessions state, SessionLimits limits, SessionDirectory directory, TokenSmith smith) {
    this.state = state;
    this.limits = limits;
    this.directory = directory;
    this.smith = smith;
  }

  void open(OpenLogin command, Decision decision) {
    long userId = command.userId();
    if (!state.isHome(userId)) {
      throw new IllegalArgumentException("a login of user " + userId + " went astray");
    }
    List<Login> others = state.logins().of(userId);
    if (others.size() >= limits.loginsPerUserMax()) {
      close(List.of(LoginRule.mostSilent(others)), CloseCause.CROWDED, decision);
    }
    long sessionId = newId(userId, decision);
    Login.Access access = access(userId, sessionId, 1, decision.nowMs());
    decision.emit(
        new LoginOpened(
            userId, sessionId, access, decision.nowMs() + limits.refreshMs(), command.device()));
    Login login = Check.present(state.logins().find(userId, sessionId), "login");
    decision.publish(() -> directory.put(login, access));
    answer(userId, sessionId, false, decision);
  }

  // Never 0, which stands for "no login", nor one that he has.
  private long newId(long userId, Decision decision) {
    long id = 0;
    while (id == 0 || state.logins().find(userId, id) != null) {
      id = decision.randomness().nextLong() & Long.MAX_VALUE;
    }
    return id;
  }

  private Login.Access access(long userId, long sessionId, int generation, long nowMs) {
    return TokenSmith.hashed(
        smith.access(userId, sessionId, generation), nowMs + limits.accessMs());
  }

  void refresh(RefreshLogin command, Decision decision) {
    RefreshPlace place = command.place();
    Login login = state.logins().find(place.userId(), place.sessionId());
    LoginRule.Verdict verdict = LoginRule.judge(login, place, decision.nowMs());
    if (login == null || verdict == LoginRule.Verdict.GONE) {
      // That it is gone may rest on a word that is not durable yet.
      decision.lookedAtEverything();
      decision.refuse(RefusalCode.UNAUTHENTICATED);
      return;
    }
    switch (verdict) {
      case ROTATE -> {
        rotate(login, decision);
        answer(login.userId(), login.sessionId(), false, decision);
      }
      case REPEAT -> answer(login.userId(), login.sessionId(), true, decision);
      case REUSED -> {
        close(List.of(login), CloseCause.REUSE, decision);
        decision.refuse(RefusalCode.REFRESH_REUSED);
      }
      case GONE -> throw new IllegalStateException("was answered above");
    }
  }

  private void rotate(Login login, Decision decision) {
    int generation = login.generation() + 1;
    Login.Access access = access(login.userId(), login.sessionId(), generation, decision.nowMs());
    decision.emit(
        new LoginRefreshed(
            login.userId(),
            login.sessionId(),
            generation,
            access,
            decision.nowMs() + limits.refreshMs()));
    decision.publish(
        () -> {
          directory.put(login, access);
          directory.replaced(login.previous());
        });
  }

  private void answer(long userId, long sessionId, boolean isRepeat, Decision decision) {
    Login login = Check.present(state.logins().find(userId, sessionId), "login");
    decision.looked(login.position());
    decision.answer(
        new Pair(
            userId,
            sessionId,
            smith.access(userId, sessionId, login.generation()),
            login.access().expiresAtMs(),
            smith.refresh(userId, sessionId, login.generation()),
            login.expiresAtMs(),
            isRepeat));
  }

  void close(CloseLogin command, Decision decision) {
    Login login = state.logins().find(command.userId(), command.sessionId());
    List<Login> found = login == null ? List.of() : List.of(login);
    close(found, command.cause(), decision);
    decision.lookedAtEverything();
    decision.answer(new Closed(found.size()));
  }

  /**
   * Closes all of a user's logins but one, without an answer.
   *
   * @param keptSessionId 0 to keep none
   * @return how many ended
   */
  int closeOthers(long userId, long keptSessionId, CloseCause cause, Decision decision) {
    List<Login> others = new ArrayList<>(state.logins().of(userId));
    others.removeIf(login -> login.sessionId() == keptSessionId);
    close(others, cause, decision);
    return others.size();
  }

  private void close(List<Login> logins, CloseCause cause, Decision decision) {
    for (Login login : logins) {
      decision.emit(new LoginClosed(login.userId(), login.sessionId(), cause));
    }
    if (!logins.isEmpty()) {
      List<Login> closed = List.copyOf(logins);
      decision.publish(() -> closed.forEach(directory::remove));
    }
  }

  void read(ReadLogins command, Decision decision) {
    decision.lookedAtEverything();
    decision.answer(
        new AllShown(
            state.logins().of(command.userId()).stream()
                .sorted(
                    Comparator.comparingLong(Login::createdAtMs)
                        .reversed()
                        .thenComparingLong(Login::sessionId))
                .map(
                    login ->
                        new Shown(
                            login.sessionId(),
                            login.device(),
                            login.createdAtMs(),
                            login.refreshedAtMs(),
                            login.expiresAtMs()))
                .toList()));
  }

  /** Forgets the logins of one user that were not refreshed in time. */
  void expiryTimer(long userId, Decision decision) {
    List<Login> over = new ArrayList<>(state.logins().of(userId));
    over.removeIf(login -> decision.nowMs() < login.expiresAtMs());
    close(over, CloseCause.EXPIRED, decision);
  }
}
