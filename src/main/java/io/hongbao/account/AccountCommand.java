// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.ledger.Hold;
import java.util.List;

/** What can be asked about accounts; all of it in the partition of the user, books in any. */
public sealed interface AccountCommand extends Command {

  @Override
  default int schemaId() {
    return AccountCodec.SCHEMA_ID;
  }

  /** Money comes in from outside. */
  record TopUp(
      ClientKey key, long userId, int asset, long amountMinor, String reason, String operator)
      implements AccountCommand, KeyedCommand {}

  /** Undoes a top-up by a new posting; the old one stays. */
  record ReverseTransaction(
      ClientKey key, long userId, long transactionId, String reason, String operator)
      implements AccountCommand, KeyedCommand {}

  /**
   * Sets a part of the balance aside.
   *
   * @param deadlineMs internal: released by itself; external: asked after from then on
   */
  record PlaceHold(
      ClientKey key,
      long userId,
      int asset,
      long amountMinor,
      Hold.Kind kind,
      long deadlineMs,
      String reason,
      String operator)
      implements AccountCommand, KeyedCommand {}

  /**
   * Takes held money out, to the outside.
   *
   * @param amountMinor how much, or {@link #ALL} that is still held
   * @param receipt what shows that it happened; only with one is a post taken for a released
   *     external hold. Empty = none
   */
  record PostHold(
      ClientKey key, long userId, long holdId, long amountMinor, String receipt, String operator)
      implements AccountCommand, KeyedCommand {

    /** All that is left. */
    public static final long ALL = 0;

    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /**
   * Frees what is still held.
   *
   * @param receipt what shows that nothing happened outside; needed for an external hold. Empty =
   *     none
   */
  record ReleaseHold(ClientKey key, long userId, long holdId, String receipt, String operator)
      implements AccountCommand, KeyedCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Asks for balances in these assets. */
  record ReadAccount(long userId, List<Integer> assets) implements AccountCommand {
    public ReadAccount {
      assets = List.copyOf(assets);
    }
  }

  /** Asks for a hold as it stands. */
  record ReadHold(long userId, long holdId) implements AccountCommand {}

  /** Adds up everything in the partition that was asked. */
  record ReadBooks() implements AccountCommand {}
}
