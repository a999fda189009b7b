// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

/**
 * Which of many targets the next request goes to.
 *
 * <p><b>Thread:</b> any; immutable. Chance is an argument, so that a load can be repeated.
 */
public enum Shape {
  /** Everywhere alike. */
  UNIFORM {
    @Override
    int pick(long word, int count) {
      return (int) Math.unsignedMultiplyHigh(word, count);
    }
  },
  /**
   * The k-th of n with weight 1 / k, nearly: the inverse of the continuous law, n^u for u uniform
   * in [0, 1), which needs no table and is close enough for a load.
   */
  ZIPF {
    @Override
    int pick(long word, int count) {
      double u = (word >>> 11) * 0x1.0p-53;
      return Math.min(count - 1, (int) Math.exp(u * Math.log(count + 1.0)) - 1);
    }
  },
  /** All on the first. */
  ONE_HOT {
    @Override
    int pick(long word, int count) {
      return 0;
    }
  };

  abstract int pick(long word, int count);
}
