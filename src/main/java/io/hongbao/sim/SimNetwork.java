// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.PartitionLinks;
import io.hongbao.engine.TransferBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Links between partitions that lose, double, delay, reorder and refuse.
 *
 * <p>One instance serves one life of the server: what is under way dies with it.
 */
final class SimNetwork {

  private final SplittableRandom chance;
  private final Marks marks;
  private final List<Runnable> late = new ArrayList<>();
  // By source and destination, the highest number that went through.
  private final Map<Long, Long> highest = new HashMap<>();
  private int faultPercent;

  SimNetwork(SplittableRandom chance, Marks marks, int faultPercent) {
    this.chance = chance;
    this.marks = marks;
    this.faultPercent = faultPercent;
  }

  void heal() {
    faultPercent = 0;
  }

  /** Puts bad luck before good links. */
  PartitionLinks before(PartitionLinks links) {
    return new PartitionLinks() {
      @Override
      public boolean send(TransferBatch batch) {
        switch (luck()) {
          case 0 -> marks.count(Fault.TRANSFER_LOST);
          case 1 -> {
            marks.count(Fault.TRANSFER_DOUBLED);
            late.add(() -> pass(links, batch));
            return pass(links, batch);
          }
          case 2 -> {
            marks.count(Fault.TRANSFER_LATE);
            late.add(() -> pass(links, batch));
          }
          case 3 -> {
            marks.count(Fault.LINK_FULL);
            return false;
          }
          default -> {
            return pass(links, batch);
          }
        }
        return true;
      }

      @Override
      public boolean acknowledge(int source, int receiver, long upTo) {
        switch (luck()) {
          case 0 -> marks.count(Fault.MARK_LOST);
          case 1, 2 -> {
            marks.count(Fault.MARK_LATE);
            late.add(() -> links.acknowledge(source, receiver, upTo));
          }
          default -> {
            return links.acknowledge(source, receiver, upTo);
          }
        }
        return true;
      }
    };
  }

  private boolean pass(PartitionLinks links, TransferBatch batch) {
    long pair = batch.source() * 1_000L + batch.destination();
    if (batch.firstNumber() < highest.getOrDefault(pair, 0L)) {
      marks.count(Fault.TRANSFER_OUT_OF_ORDER);
    }
    highest.merge(pair, batch.firstNumber(), Math::max);
    return links.send(batch);
  }

  private int luck() {
    return chance.nextInt(100) < faultPercent ? chance.nextInt(4) : 4;
  }

  /** Lets something that was held back arrive, in any order. */
  void arrive() {
    if (!late.isEmpty()) {
      int at = chance.nextInt(late.size());
      Runnable one = late.get(at);
      late.set(at, late.getLast());
      late.removeLast();
      one.run();
    }
  }

  void arriveAll() {
    while (!late.isEmpty()) {
      arrive();
    }
  }
}
