// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.engine.Command;

/** What can be asked about keys, in {@link ApiKey#PARTITION}. */
public sealed interface KeyCommand extends Command {

  @Override
  default int schemaId() {
    return KeyCodec.SCHEMA_ID;
  }

  /**
   * Makes a key; its secret is known to its bearer only.
   *
   * @param expiresAtMs {@link ApiKey#NEVER} for a key without an end
   */
  record MakeKey(
      String name, KeyRole role, long scopes, long hashHigh, long hashLow, long expiresAtMs)
      implements KeyCommand {}

  /**
   * Gives a key another secret.
   *
   * @param graceMs how long the one before stays good; a secret older than that ends at once
   * @param byScopes what whoever wants it may do: the new secret is shown to him, so it must not
   *     open more
   */
  record RotateKey(long keyId, long hashHigh, long hashLow, long graceMs, long byScopes)
      implements KeyCommand {

    /** A week. */
    public static final long GRACE_MS_MAX = 7L * 86_400_000;

    /** For somebody who may do everything. */
    public RotateKey(long keyId, long hashHigh, long hashLow, long graceMs) {
      this(keyId, hashHigh, hashLow, graceMs, Scope.ALL);
    }
  }

  /** Ends a key with all its secrets. */
  record RevokeKey(long keyId) implements KeyCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Shows all keys, those that have expired too. */
  record ReadKeys() implements KeyCommand {}

  /** Writes down that a key was used; of one that is gone nothing is written. */
  record NoteKeyUse(long keyId, long atMs) implements KeyCommand {}

  /**
   * Writes down for the audit what the bearer of a key has done to the process itself; by nobody
   * else it writes nothing.
   */
  record NoteAction(String subject, String before, String after) implements KeyCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }
}
