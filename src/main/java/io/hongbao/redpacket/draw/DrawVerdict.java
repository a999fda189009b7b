// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of verifying a proof.
 *
 * @param table the shares as drawn from the proof's seed; null when its terms allow no draw
 * @param differences empty when everything is as it should be
 */
public record DrawVerdict(@Nullable ShareTable table, List<DrawDifference> differences) {

  public DrawVerdict {
    differences = List.copyOf(differences);
  }

  public boolean isOk() {
    return differences.isEmpty();
  }
}
