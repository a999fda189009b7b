// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import io.hongbao.time.Randomness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Links between the partitions of one test that may lose, double and reorder.
 *
 * <p><b>Thread:</b> the test's. Nothing is delivered before {@link #deliver} is called.
 */
public final class TestLinks implements PartitionLinks {

  /** How the links treat what they carry; percentages. */
  public record Faults(int lost, int doubled, int reordered) {
    public static final Faults NONE = new Faults(0, 0, 0);
  }

  private record Word(int source, int receiver, long upTo) {}

  private final Randomness chance;
  private final Deque<Object> under = new ArrayDeque<>();
  private Faults faults = Faults.NONE;
  private Predicate<TransferBatch> cut = batch -> false;
  private boolean full;

  TestLinks(Randomness chance) {
    this.chance = chance;
  }

  public void faults(Faults wanted) {
    faults = wanted;
  }

  /** Loses every batch that fits, until it is told otherwise. */
  public void cut(Predicate<TransferBatch> which) {
    cut = which;
  }

  /** From now on nothing is accepted. */
  public void full(boolean isFull) {
    full = isFull;
  }

  @Override
  public boolean send(TransferBatch batch) {
    if (full) {
      return false;
    }
    if (!cut.test(batch)) {
      put(batch);
    }
    return true;
  }

  @Override
  public boolean acknowledge(int source, int receiver, long upTo) {
    put(new Word(source, receiver, upTo));
    return true;
  }

  private void put(Object message) {
    if (hits(faults.lost())) {
      return;
    }
    under.add(message);
    if (hits(faults.doubled())) {
      under.add(message);
    }
  }

  /** Hands over all that is under way, perhaps in another order. */
  boolean deliver(List<PartitionCore> cores) {
    List<Object> now = new ArrayList<>(under);
    under.clear();
    for (int i = 1; i < now.size(); i++) {
      if (hits(faults.reordered())) {
        Object earlier = now.get(i - 1);
        now.set(i - 1, now.get(i));
        now.set(i, earlier);
      }
    }
    for (Object message : now) {
      switch (message) {
        case TransferBatch batch -> cores.get(batch.destination()).receive(batch);
        case Word word -> cores.get(word.source()).acknowledged(word.receiver(), word.upTo());
        default -> throw new IllegalStateException("not a message of links");
      }
    }
    return !now.isEmpty();
  }

  /** Forgets what is under way, as the crash of a process does. */
  void clear() {
    under.clear();
  }

  private boolean hits(int percent) {
    return percent > 0 && Long.remainderUnsigned(chance.nextLong(), 100) < percent;
  }
}
