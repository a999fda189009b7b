// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.ledger.Bounds;
import io.hongbao.sim.SimClients.Request;
import java.util.List;
import java.util.SplittableRandom;

/** Operators who give credit, limit, freeze, close and open accounts again. */
final class SimOwners {

  private final SimOptions options;
  private final SplittableRandom chance;

  SimOwners(SimOptions options, SplittableRandom chance) {
    this.options = options;
    this.chance = chance;
  }

  Request next() {
    long owner = 1_001L + chance.nextInt(options.users());
    if (chance.nextInt(4) == 0) {
      return new Request(
          options.partitionOf(owner),
          new ReadOwner(owner, List.of(SimOptions.CNY, SimOptions.COIN)));
    }
    int luck = chance.nextInt(40);
    int asset = luck == 0 ? SimOptions.UNKNOWN_ASSET : 1 + chance.nextInt(2);
    long lower =
        switch (luck) {
          case 1 -> 1;
          case 2 -> -SimOptions.BALANCE_MAX - 1;
          case 3, 4, 5, 6, 7, 8 -> -chance.nextInt(8_000);
          default -> 0;
        };
    boolean isLimited = luck > 6 && luck < 14;
    return new Request(
        options.partitionOf(owner),
        new ChangeLimits(
            owner,
            asset,
            lower,
            isLimited ? chance.nextLong(SimOptions.BALANCE_MAX) : Bounds.NO_UPPER,
            luck > 12 && luck < 17,
            luck > 15 && luck < 19,
            "rule",
            "op"));
  }
}
