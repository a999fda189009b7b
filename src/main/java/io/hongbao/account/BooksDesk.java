// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountAnswer.Balance;
import io.hongbao.account.AccountAnswer.BooksShown;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.PartitionBooks.AccountSum;
import io.hongbao.account.PartitionBooks.HeldSum;
import io.hongbao.account.PartitionBooks.Outgoing;
import io.hongbao.account.PartitionBooks.Received;
import io.hongbao.account.PartitionBooks.SuspenseSum;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Outbox;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.TransferQueue;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.Ledger;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers what balances are, one by one or all together.
 *
 * <p>Books are added up anew from every account, hold and transfer each time, never from running
 * totals, so that a posting that went wrong cannot hide.
 *
 * <p><b>Thread:</b> the partition's. Adding up looks at every account of the partition in one go:
 * some milliseconds at hundreds of thousands; meant for operators, not for users.
 */
final class BooksDesk {

  private final PartitionParts parts;

  BooksDesk(PartitionParts parts) {
    this.parts = parts;
  }

  void readAccount(ReadAccount command, Decision decision) {
    if (!AccountRule.isUser(command.userId())) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    List<Balance> balances = new ArrayList<>(command.assets().size());
    for (int asset : command.assets()) {
      Ledger.Account account = parts.ledger().account(AccountKey.wallet(command.userId(), asset));
      decision.looked(account.position());
      balances.add(
          new Balance(
              asset,
              account.balanceMinor(),
              account.heldMinor(),
              parts.ledger().availableMinor(account.key()),
              account.position()));
    }
    decision.answer(new AccountShown(command.userId(), balances));
  }

  void readBooks(Decision decision) {
    long sequence = decision.lookedAtEverything();
    decision.answer(
        new BooksShown(
            new PartitionBooks(
                parts.partition(),
                sequence,
                decision.nowMs(),
                parts.ledger().accountCount(),
                sums(),
                helds(),
                suspenses(),
                outgoing(),
                received())));
  }

  // Columns by asset and kind: both are small numbers.
  private List<AccountSum> sums() {
    int kinds = AccountKind.values().length;
    int[] counts = new int[(AccountKey.ASSET_MAX + 1) * kinds];
    long[] balances = new long[counts.length];
    long[] helds = new long[counts.length];
    parts
        .ledger()
        .forEach(
            (key, balanceMinor, heldMinor, position) -> {
              int at = AccountKey.asset(key) * kinds + AccountKey.kind(key).number();
              counts[at]++;
              balances[at] = Math.addExact(balances[at], balanceMinor);
              helds[at] = Math.addExact(helds[at], heldMinor);
            });
    List<AccountSum> sums = new ArrayList<>();
    for (int at = 0; at < counts.length; at++) {
      if (counts[at] > 0) {
        sums.add(
            new AccountSum(
                at / kinds, AccountKind.ofNumber(at % kinds), counts[at], balances[at], helds[at]));
      }
    }
    return sums;
  }

  private List<HeldSum> helds() {
    long[] byLedger = new long[AccountKey.ASSET_MAX + 1];
    parts
        .ledger()
        .forEach(
            (key, balanceMinor, heldMinor, position) -> {
              int asset = AccountKey.asset(key);
              byLedger[asset] = Math.addExact(byLedger[asset], heldMinor);
            });
    long[] byHolds = new long[byLedger.length];
    parts
        .holds()
        .forEach(
            hold -> {
              if (hold.state() == Hold.State.HELD) {
                int asset = AccountKey.asset(hold.accountKey());
                byHolds[asset] = Math.addExact(byHolds[asset], hold.leftMinor());
              }
            });
    List<HeldSum> sums = new ArrayList<>();
    for (int asset = 0; asset < byLedger.length; asset++) {
      if (byLedger[asset] != 0 || byHolds[asset] != 0) {
        sums.add(new HeldSum(asset, byLedger[asset], byHolds[asset]));
      }
    }
    return sums;
  }

  private List<SuspenseSum> suspenses() {
    long[] byEntries = new long[AccountKey.ASSET_MAX + 1];
    for (SuspenseEntry entry : parts.suspense().entries()) {
      byEntries[entry.asset()] = Math.addExact(byEntries[entry.asset()], entry.amountMinor());
    }
    List<SuspenseSum> sums = new ArrayList<>();
    for (int asset = 1; asset < byEntries.length; asset++) {
      long byLedger = parts.ledger().balanceMinor(AccountKey.system(AccountKind.SUSPENSE, asset));
      if (byLedger != 0 || byEntries[asset] != 0) {
        sums.add(new SuspenseSum(asset, byLedger, byEntries[asset]));
      }
    }
    return sums;
  }

  private List<Outgoing> outgoing() {
    Outbox outbox = parts.outbox();
    List<Outgoing> all = new ArrayList<>(outbox.partitionCount());
    for (int i = 0; i < outbox.partitionCount(); i++) {
      TransferQueue queue = outbox.toward(i);
      int[] assets = new int[queue.count()];
      long[] amounts = new long[assets.length];
      for (int entry = 0; entry < assets.length; entry++) {
        Transfer transfer = queue.transfer(queue.acknowledged() + 1 + entry);
        assets[entry] = transfer.asset();
        amounts[entry] = transfer.amountMinor();
      }
      all.add(new Outgoing(i, queue.acknowledged(), assets, amounts));
    }
    return all;
  }

  private Received received() {
    long[] marks = new long[parts.outbox().partitionCount()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = parts.outbox().receivedMark(i);
    }
    return new Received(marks);
  }
}
