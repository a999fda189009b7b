// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

/** Where seeds, codes and keys come from. */
public interface Randomness {

  /** Fills the whole array. */
  void nextBytes(byte[] target);

  /** Uniform over all 2^64 values. */
  long nextLong();
}
