// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
package io.hongbao.engine;

import io.hongbao.model.Check;
import io.hongbao.model.EntityId;
import io.hongbao.model.Slot;

/**
 * What was fixed when the data directory was created.
 *
 * @param site 1 to 8, the first digit of every id
 * @param partitionCount divides 1000
 */
public record EngineShape(int site, int partitionCount) {

  public EngineShape {
    Check.that(site >= EntityId.SITE_MIN && site <= EntityId.SITE_MAX, "site out of range");
    Check.that(
        partitionCount > 0 && Slot.COUNT % partitionCount == 0, "partition count divides 1000");
  }

  public int partitionOf(long key) {
    return Slot.partition(key, partitionCount);
  }
}
