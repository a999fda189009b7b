// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.TestKeys;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.RefusalCode;
import org.junit.jupiter.api.Test;

/**
 * How much money there can be. Wallets are bounded, but what they have in common is booked on the
 * system's accounts: a thousand full wallets of the largest asset were more than a long can count,
 * and the partition that found out stopped the process.
 */
class MoneySupplyTest {

  private static final long MAX_MINOR = (1L << 53) - 1;
  private static final int ASSET = 1;

  private final PartitionHarness harness =
      new PartitionHarness(
          2,
          7,
          AccountFamily.factory(
              AccountLimits.defaults(),
              new AccountFacts() {
                @Override
                public long balanceMinorMax(int asset) {
                  return MAX_MINOR;
                }

                @Override
                public boolean isExported(int partition, long position) {
                  return true;
                }
              }));

  private Heard topUp(long userId, long amountMinor) {
    return harness.askOwner(
        userId, new TopUp(TestKeys.key(userId), userId, ASSET, amountMinor, "", ""));
  }

  @Test
  void noMoreComesInThanEverybodyTogetherCanCount() {
    long userId = 2;
    Heard heard = topUp(userId, MAX_MINOR);
    while (heard.holds(TransactionShown.class)) {
      userId += 2;
      heard = topUp(userId, MAX_MINOR);
    }

    assertEquals(RefusalCode.BALANCE_LIMIT, heard.refusal());
    long clearing = harness.systemMinor(AccountKind.CLEARING, ASSET);
    assertTrue(-clearing > AccountRule.SUPPLY_MINOR_MAX / 2 - MAX_MINOR, "half of it is here");
    topUp(userId + 2, 1).as(TransactionShown.class);
    harness.checkRebuild();
  }
}
