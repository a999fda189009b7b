// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.engine;

/**
 * The way to other partitions: of this process today, of other nodes later.
 *
 * <p>May lose, double, delay and reorder; numbers and marks make up for it. Must not call back into
 * the caller before it returns.
 */
public interface PartitionLinks {

  /**
   * Hands over consecutive transfers.
   *
   * @return false if the way is full; the partition tries again later
   */
  boolean send(TransferBatch batch);

  /** Tells a source up to which number its transfers are durable at the receiver. */
  boolean acknowledge(int source, int receiver, long upTo);
}
