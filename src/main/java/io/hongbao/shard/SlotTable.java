// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
package io.hongbao.shard;

import io.hongbao.model.Slot;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which partitions take new ids; new packets avoid the others at once and by themselves.
 *
 * <p>A key's partition never changes; what changes is where new keys are made (H-61, H-62).
 *
 * <p><b>Thread:</b> written by each partition's lane, read by all, without locks.
 */
public final class SlotTable {

  private static final int OPEN = 0;
  private static final int CLOSED = 1;

  private final AtomicIntegerArray states;
  private final int partitionCount;

  public SlotTable(int partitionCount) {
    this.partitionCount = partitionCount;
    this.states = new AtomicIntegerArray(partitionCount);
  }

  /** Opens or closes a partition's slots for new ids. */
  public void set(int partition, boolean isOpen) {
    states.setRelease(partition, isOpen ? OPEN : CLOSED);
  }

  public boolean isOpen(int partition) {
    return states.getAcquire(partition) == OPEN;
  }

  /** A slot of an open partition, spread by chance; any slot when none is open. */
  public int pick(long chance) {
    int first = (int) Math.unsignedMultiplyHigh(chance, Slot.COUNT);
    for (int i = 0; i < partitionCount; i++) {
      int slot = (first + i) % Slot.COUNT;
      if (isOpen(slot % partitionCount)) {
        return slot;
      }
    }
    return first;
  }
}
