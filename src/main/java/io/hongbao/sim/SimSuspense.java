// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.SuspenseShown;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.ReadAskedHolds;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.Leg;
import io.hongbao.account.Metadata;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.sim.SimClients.Request;
import io.hongbao.sim.SimTransfers.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Operators who look through suspense and holds without an end, and say where money belongs. */
final class SimSuspense {

  private static final int MEMORY = 500;

  private record Known(int partition, SuspenseEntry entry) {}

  private final SimOptions options;
  private final SplittableRandom chance;
  private final List<Known> known = new ArrayList<>();

  SimSuspense(SimOptions options, SplittableRandom chance) {
    this.options = options;
    this.chance = chance;
  }

  /** Asks a partition what lies in suspense, or which holds a service should decide. */
  Request read() {
    int partition = chance.nextInt(options.partitions());
    if (chance.nextInt(3) == 0) {
      return new Request(partition, new ReadAskedHolds(0, 1 + chance.nextInt(20)));
    }
    long after = chance.nextInt(3) == 0 ? chance.nextInt(20) : 0;
    return new Request(partition, new ReadSuspense(after, 1 + chance.nextInt(20)));
  }

  /** Settles an entry of which somebody was told; null when there is none. */
  @Nullable Wish settle() {
    if (known.isEmpty()) {
      return null;
    }
    // Mostly taken out, so that each is settled once or twice and not for ever.
    int at = chance.nextInt(known.size());
    Known one = chance.nextInt(4) > 0 ? known.remove(at) : known.get(at);
    long number = chance.nextInt(30) == 0 ? one.entry().number() + 1 : one.entry().number();
    long other =
        switch (chance.nextInt(20)) {
          case 0 -> -5;
          case 1, 2, 3 -> Leg.CLEARING;
          case 4, 5, 6, 7 -> 1_001L + chance.nextInt(options.users());
          default -> one.entry().ownerId();
        };
    Note note = new Note("", "belongs there", Metadata.NONE, "op");
    // A number below the count of partitions stands for the partition itself, as slots do.
    return new Wish(one.partition(), key -> new SettleSuspense(key, number, other, note));
  }

  void heard(SuspenseShown shown) {
    for (SuspenseEntry entry : shown.entries()) {
      if (known.size() < MEMORY) {
        known.add(new Known(shown.partition(), entry));
      } else {
        known.set(chance.nextInt(MEMORY), new Known(shown.partition(), entry));
      }
    }
  }
}
