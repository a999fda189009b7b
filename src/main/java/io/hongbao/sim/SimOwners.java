// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.ledger.Bounds;
import io.hongbao.sim.SimClients.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Operators who give credit, limit, freeze, close and open accounts again. */
final class SimOwners {

  private final SimOptions options;
  private final SplittableRandom chance;
  private long limited;

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
    if (chance.nextInt(3) == 0) {
      return new Request(options.partitionOf(owner), metadata(owner));
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
    limited = owner;
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

  /** Whose limits were changed just now, once; 0 when nobody's were. */
  long takeLimited() {
    long owner = limited;
    limited = 0;
    return owner;
  }

  private ChangeMetadata metadata(long owner) {
    List<String> removed = new ArrayList<>();
    for (int i = chance.nextInt(30) == 0 ? 21 : chance.nextInt(4); i > 0; i--) {
      removed.add("n" + chance.nextInt(25));
    }
    return new ChangeMetadata(owner, texts(chance, 20), removed, "op");
  }

  /** Small texts by name; now and then more, or others, than may be. */
  static Map<String, String> texts(SplittableRandom chance, int most) {
    Map<String, String> texts = new HashMap<>();
    for (int i = 1 + chance.nextInt(chance.nextInt(4) == 0 ? most + 2 : 3); i > 0; i--) {
      int luck = chance.nextInt(120);
      String name = luck == 0 ? "" : luck == 1 ? "n".repeat(41) : luck == 2 ? "a\tb" : "n" + i * 2;
      String value =
          switch (chance.nextInt(60)) {
            case 0 -> "x".repeat(201);
            case 1 -> "line\n";
            case 2, 3, 4, 5, 6, 7 -> "\u7D05".repeat(200);
            default -> "v" + chance.nextInt(3);
          };
      texts.put(name, value);
    }
    return texts;
  }
}
