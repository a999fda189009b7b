// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.ledger.AccountKey;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether tokens may be let in; changes nothing itself. */
final class SessionRule {

  private SessionRule() {}

  /** Everything that is wrong here is against the contract; nothing depends on state. */
  static @Nullable RefusalCode judge(MintTokens c, SessionLimits limits, long nowMs) {
    List<NewToken> tokens = c.tokens();
    if (tokens.isEmpty() || tokens.size() > MintTokens.COUNT_MAX) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    for (NewToken token : tokens) {
      if (token.userId() < 1
          || token.userId() > AccountKey.OWNER_MAX
          || token.expiresAtMs() <= nowMs
          || token.expiresAtMs() - nowMs > limits.lifetimeMsMax()) {
        return RefusalCode.MALFORMED_REQUEST;
      }
    }
    return null;
  }

  /** The one that would expire first; the list is not empty. */
  static Token firstToExpire(List<Token> tokens) {
    Token first = tokens.getFirst();
    for (Token token : tokens) {
      if (token.expiresAtMs() < first.expiresAtMs()) {
        first = token;
      }
    }
    return first;
  }
}
