// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import java.util.List;

/**
 * Sums over a user's packets sent, or shares received, in a period.
 *
 * @param count packets that were paid, or shares
 * @param bestLuckCount shares that were the best luck; 0 for packets sent
 * @param sums one per asset, by its number
 */
public record Summary(long count, long bestLuckCount, List<Sum> sums, AsOf asOf) {

  public Summary {
    sums = List.copyOf(sums);
  }

  /**
   * Sums in one asset.
   *
   * @param returnedMinor part of the total that went back to the sender; 0 for shares
   */
  public record Sum(int asset, long count, long totalMinor, long returnedMinor) {}
}
