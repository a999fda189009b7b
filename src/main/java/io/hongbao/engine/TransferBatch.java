// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.engine;

import java.util.List;

/**
 * Consecutive transfers from one partition to another.
 *
 * @param firstNumber number of the first; the others follow one by one
 */
public record TransferBatch(
    int source, int destination, long firstNumber, List<Transfer> transfers) {

  public TransferBatch {
    transfers = List.copyOf(transfers);
  }
}
