// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Command;
import java.util.List;

/** What can be asked about sessions. */
public sealed interface SessionCommand extends Command {

  @Override
  default int schemaId() {
    return SessionCodec.SCHEMA_ID;
  }

  /** Makes tokens valid, all of users of one partition. */
  record MintTokens(List<NewToken> tokens) implements SessionCommand {

    /** Tokens of one command. */
    public static final int COUNT_MAX = 1_000;

    private static final int TOKEN_BYTES = 64;

    public MintTokens {
      tokens = List.copyOf(tokens);
    }

    @Override
    public int recordBytesMax() {
      return TOKEN_BYTES * tokens.size() + 64;
    }
  }

  /** A token that is to be valid; its text is known to its bearer only. */
  record NewToken(long userId, long hashHigh, long hashLow, long expiresAtMs) {}

  /** Ends one token. */
  record RevokeToken(long userId, long hashHigh, long hashLow) implements SessionCommand {}

  /** Ends all tokens of a user. */
  record RevokeAll(long userId) implements SessionCommand {}
}
