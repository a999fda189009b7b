// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
package io.hongbao.model;

/**
 * The thousand slots into which all keys fall.
 *
 * <p><b>Invariant:</b> the partition count divides {@link #COUNT} and never changes for a data
 * directory, so a key's partition is arithmetic and needs no table.
 */
public final class Slot {

  /** Three decimal digits at the end of every id. */
  public static final int COUNT = 1000;

  private Slot() {}

  /** Slot of a user, a room, or an id that ends in its slot. */
  public static int of(long key) {
    return (int) (key % COUNT);
  }

  /** Partition that owns the key. */
  public static int partition(long key, int partitionCount) {
    return of(key) % partitionCount;
  }
}
