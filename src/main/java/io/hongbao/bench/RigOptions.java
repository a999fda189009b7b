// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

/**
 * How an engine in process is set up; everything else is as the documented configuration has it.
 *
 * @param evictAfterMs how long what is over stays in memory; the server's three days would measure
 *     the heap instead of the engine
 */
record RigOptions(int loops, int partitions, long evictAfterMs) {

  static final int PARTITIONS = 40;

  static RigOptions usual(int loops) {
    return new RigOptions(loops, PARTITIONS, 2_000);
  }
}
