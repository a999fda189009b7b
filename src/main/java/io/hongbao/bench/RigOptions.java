// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

/**
 * How an engine in process is set up; everything else is as the documented configuration has it.
 *
 * @param evictAfterMs how long packets and orders that are over stay in memory; the server's three
 *     days would measure the heap instead of the engine
 */
record RigOptions(int loops, int partitions, long evictAfterMs) {

  static final int PARTITIONS = 40;

  /** As the documented configuration has it. */
  static final long DAYS_3_MS = 72L * 3_600_000;

  /** For speed: memory stays as it is. */
  static RigOptions usual(int loops) {
    return new RigOptions(loops, PARTITIONS, 2_000);
  }

  /** For size: with everything in memory that a server would have there. */
  static RigOptions remembering(int loops) {
    return new RigOptions(loops, PARTITIONS, DAYS_3_MS);
  }
}
