// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.Answer;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.RefusalCode;
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
   * @param availableMinor what can be spent, with the credit that the account may take
   * @param position last change; 0 when the account never changed
   */
  record Balance(
      int asset, long balanceMinor, long heldMinor, long availableMinor, long position) {}

  /** A booked transaction. */
  record TransactionShown(Transaction transaction) implements AccountAnswer {}

  /** A hold as it stands. */
  record HoldShown(long userId, int asset, Hold hold, HoldNote note, HoldStage stage)
      implements AccountAnswer {}

  /** The books of a partition at one of its positions. */
  record BooksShown(PartitionBooks books) implements AccountAnswer {}

  /**
   * A transfer as it stands.
   *
   * @param transfer with id 0 in the answer to a preview
   */
  record LedgerTransferShown(LedgerTransfer transfer) implements AccountAnswer {}

  /** The transfers of an all-or-none batch, in order. */
  record BatchShown(List<LedgerTransfer> transfers) implements AccountAnswer {
    public BatchShown {
      transfers = List.copyOf(transfers);
    }
  }

  /** An all-or-none batch was refused for one of its transfers. */
  record BatchRefused(int index, RefusalCode code) implements AccountAnswer {}

  /** Holds as they stand, by id. */
  record HoldsShown(List<HoldShown> holds) implements AccountAnswer {
    public HoldsShown {
      holds = List.copyOf(holds);
    }
  }

  /** An owner's accounts, in the order in which the assets were asked for. */
  record OwnerShown(long ownerId, List<OwnedAccount> accounts, Metadata metadata, long position)
      implements AccountAnswer {
    public OwnerShown {
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * An owner's account in one asset.
   *
   * @param availableMinor what can be spent, with the credit that it may take
   * @param position last change of the balance; 0 when it never changed
   */
  record OwnedAccount(
      int asset,
      long balanceMinor,
      long heldMinor,
      long availableMinor,
      Bounds bounds,
      long position) {}

  /** Open entries in suspense of one partition. */
  record SuspenseShown(int partition, List<SuspenseEntry> entries) implements AccountAnswer {
    public SuspenseShown {
      entries = List.copyOf(entries);
    }
  }
}
