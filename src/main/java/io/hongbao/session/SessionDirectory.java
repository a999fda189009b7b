// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import java.util.concurrent.ConcurrentHashMap;

/**
 * All valid tokens of the process, for authentication on every event loop.
 *
 * <p><b>Thread:</b> any; reads take no lock. Written by partitions when a change is durable.
 */
public final class SessionDirectory {

  /** What {@link #userOf} gives for a token that is unknown, revoked or expired. */
  public static final long NOBODY = 0;

  private final ConcurrentHashMap<TokenHash, Token> tokens = new ConcurrentHashMap<>();

  /** The user of a token, or {@link #NOBODY}. */
  public long userOf(long hashHigh, long hashLow, long nowMs) {
    Token token = tokens.get(new TokenHash(hashHigh, hashLow));
    return token == null || nowMs >= token.expiresAtMs() ? NOBODY : token.userId();
  }

  public int count() {
    return tokens.size();
  }

  void add(Token token) {
    tokens.put(token.hash(), token);
  }

  void remove(TokenHash hash) {
    tokens.remove(hash);
  }
}
