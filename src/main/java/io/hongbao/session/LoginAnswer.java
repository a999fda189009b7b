// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Answer;
import java.util.List;

/** What is told about logins. */
public sealed interface LoginAnswer extends Answer {

  /**
   * The newest pair of a login; the tokens are secrets.
   *
   * @param isRepeat whether the pair was given before
   */
  record Pair(
      long userId,
      long sessionId,
      String accessToken,
      long accessExpiresAtMs,
      String refreshToken,
      long refreshExpiresAtMs,
      boolean isRepeat)
      implements LoginAnswer {

    @Override
    public String toString() {
      return "Pair[" + userId + "/" + sessionId + "]";
    }
  }

  /** One device. */
  record Shown(
      long sessionId, String device, long createdAtMs, long refreshedAtMs, long expiresAtMs) {}

  /** All devices of a user, the newest first. */
  record AllShown(List<Shown> logins) implements LoginAnswer {}

  /** How many ended. */
  record Closed(int count) implements LoginAnswer {}
}
