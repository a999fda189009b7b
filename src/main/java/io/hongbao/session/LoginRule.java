// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.session.TokenSmith.RefreshPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a refresh token is worth; changes nothing itself. */
final class LoginRule {

  private LoginRule() {}

  enum Verdict {
    /** It is the newest: the next pair. */
    ROTATE,
    /**
     * It was replaced a moment ago and its successor is unused: the same pair again. Two tabs asked
     * at once, or the answer was lost.
     */
    REPEAT,
    /** It was replaced before: somebody has kept it. The login ends. */
    REUSED,
    /** There is no such login any more. */
    GONE
  }

  /** Judges a genuine refresh token. */
  static Verdict judge(@Nullable Login login, RefreshPlace place, long nowMs) {
    if (login == null || nowMs >= login.expiresAtMs() || place.generation() > login.generation()) {
      // A newer one than is known was made before this data was restored from a backup.
      return Verdict.GONE;
    }
    if (place.generation() == login.generation()) {
      return Verdict.ROTATE;
    }
    boolean isPreceding = place.generation() == login.generation() - 1;
    boolean isRecent = nowMs - login.refreshedAtMs() <= SessionLimits.REPEAT_MS;
    return isPreceding && isRecent ? Verdict.REPEAT : Verdict.REUSED;
  }

  /** The one that was silent longest; the list is not empty. */
  static Login mostSilent(List<Login> logins) {
    Login most = logins.getFirst();
    for (Login login : logins) {
      if (login.refreshedAtMs() < most.refreshedAtMs()) {
        most = login;
      }
    }
    return most;
  }
}
