// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Command;
import java.util.List;

/** What can be asked about sessions, in the partition of the user. */
public sealed interface SessionCommand extends Command {

  @Override
  default int schemaId() {
    return SessionCodec.SCHEMA_ID;
  }

  /** Lets these tokens in; all of users of one partition. A known hash gets the new properties. */
  record MintTokens(List<NewToken> tokens) implements SessionCommand {

    /** Most tokens of one command. */
    public static final int COUNT_MAX = 1_000;

    // An event has some 45 bytes; each token may end another one.
    private static final int BYTES_PER_TOKEN = 96;

    public MintTokens {
      tokens = List.copyOf(tokens);
    }

    @Override
    public int recordBytesMax() {
      return 256 + BYTES_PER_TOKEN * tokens.size();
    }
  }

  /** One token to let in; its text is known to its bearer only. */
  record NewToken(long userId, long hashHigh, long hashLow, Role role, long expiresAtMs) {

    /** A token of a person. */
    public NewToken(long userId, long hashHigh, long hashLow, long expiresAtMs) {
      this(userId, hashHigh, hashLow, Role.USER, expiresAtMs);
    }
  }

  /** Takes one token back; one that is not there is no error. */
  record RevokeToken(long userId, long hashHigh, long hashLow) implements SessionCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Takes all minted tokens of a user back and closes all logins. */
  record RevokeAll(long userId, CloseCause cause) implements SessionCommand {

    public RevokeAll(long userId) {
      this(userId, CloseCause.EVERYWHERE);
    }

    @Override
    public int recordBytesMax() {
      return 16_384;
    }

    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** A person has proved who he is: logs him in on a device. */
  record OpenLogin(long userId, String device) implements SessionCommand {}

  /** Asks for the next pair; the token that names this place was found genuine. */
  record RefreshLogin(TokenSmith.RefreshPlace place) implements SessionCommand {}

  /** Ends one login; one that is not there is no error. */
  record CloseLogin(long userId, long sessionId, CloseCause cause) implements SessionCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Ends all logins of a user and takes his minted tokens back, but for one login. */
  record CloseOthers(long userId, long keptSessionId, CloseCause cause) implements SessionCommand {
    @Override
    public int recordBytesMax() {
      return 16_384;
    }

    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Which devices is he logged in on? */
  record ReadLogins(long userId) implements SessionCommand {}
}
