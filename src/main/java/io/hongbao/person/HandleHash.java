// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.Slot;

/**
 * Sixteen bytes that stand for a user name, a phone, an external id or a network address.
 *
 * <p>Made with the data directory's key, so that a copy of the journal alone does not tell phones,
 * and nobody can look for two texts that meet.
 */
public record HandleHash(long high, long low) {

  /** Stands for a handle that is not there. */
  public static final HandleHash NONE = new HandleHash(0, 0);

  public boolean isNone() {
    return high == 0 && low == 0;
  }

  /** The partition in which all who want it meet. */
  public int partition(int partitionCount) {
    return Slot.partition(high >>> 1, partitionCount);
  }
}
