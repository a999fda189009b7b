// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountAnswer.Balance;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.TestKeys;
import java.util.List;

/** Accounts under test: four partitions, two assets, keys that count up. */
final class AccountBench {

  static final int CNY = 1;
  static final int COIN = 2;
  static final long USER = 10_001;
  static final String OPERATOR = "ops";

  final PartitionHarness harness;
  boolean exported = true;
  private long nextKey = 1;

  AccountBench() {
    this.harness =
        new PartitionHarness(
            4,
            7,
            AccountFamily.factory(
                AccountLimits.defaults(),
                new AccountFacts() {
                  @Override
                  public long balanceMinorMax(int asset) {
                    return asset == CNY || asset == COIN ? PartitionHarness.BALANCE_MINOR_MAX : 0;
                  }

                  @Override
                  public boolean isExported(int partition, long position) {
                    return exported;
                  }
                }));
  }

  long nextKey() {
    return nextKey++;
  }

  Heard ask(AccountCommand command) {
    return harness.askOwner(USER, command);
  }

  TopUp topUpOf(long userId, int asset, long amountMinor) {
    return new TopUp(TestKeys.key(nextKey()), userId, asset, amountMinor, "test", OPERATOR);
  }

  Transaction topUp(long userId, int asset, long amountMinor) {
    return harness
        .askOwner(userId, topUpOf(userId, asset, amountMinor))
        .as(AccountAnswer.TransactionShown.class)
        .transaction();
  }

  void expectBalance(long balanceMinor, long heldMinor) {
    Balance balance =
        harness
            .askOwner(USER, new ReadAccount(USER, List.of(CNY)))
            .as(AccountShown.class)
            .balances()
            .getFirst();
    assertEquals(balanceMinor, balance.balanceMinor(), "balance");
    assertEquals(heldMinor, balance.heldMinor(), "held");
  }
}
