// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

/**
 * Chance that can be had again from its seed, for tests and the simulator; never for money that is
 * real.
 *
 * <p>The generator is SplitMix64: a counter with a fixed odd step, mixed by two multiplications.
 *
 * <p><b>Thread:</b> one.
 */
public final class SeededRandomness implements Randomness {

  private long state;

  public SeededRandomness(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public void nextBytes(byte[] target) {
    long bits = 0;
    for (int index = 0; index < target.length; index++) {
      if (index % Long.BYTES == 0) {
        bits = nextLong();
      }
      target[index] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
  }
}
