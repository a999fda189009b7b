// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.Answer;
import io.hongbao.ledger.Hold;
import java.util.List;

/** What is told about accounts. */
public sealed interface AccountAnswer extends Answer {

  /** A user's balances, in the order in which the assets were asked for. */
  record AccountShown(long userId, List<Balance> balances) implements AccountAnswer {
    public AccountShown {
      balances = List.copyOf(balances);
    }
  }

  /**
   * One balance.
   *
   * @param position last change; 0 when the account never changed
   */
  record Balance(int asset, long balanceMinor, long heldMinor, long position) {

    public long availableMinor() {
      return balanceMinor - heldMinor;
    }
  }

  /** A booked transaction. */
  record TransactionShown(Transaction transaction) implements AccountAnswer {}

  /** A hold as it stands. */
  record HoldShown(long userId, int asset, Hold hold, HoldNote note, HoldStage stage)
      implements AccountAnswer {}

  /** The books of a partition at one of its positions. */
  record BooksShown(PartitionBooks books) implements AccountAnswer {}
}
