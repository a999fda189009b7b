// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.time.SeededRandomness;
import java.util.ArrayList;
import java.util.List;

/**
 * The play's chance: the same seed gives the same people, packets and moment of the kill.
 *
 * <p><b>Thread:</b> one.
 */
final class Dice {

  private final SeededRandomness randomness;

  Dice(long seed) {
    this.randomness = new SeededRandomness(seed);
  }

  /** Uniform enough for a play: 0 up to, but without, the bound. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(randomness.nextLong(), bound);
  }

  /** So many different elements, in an order of their own. */
  <T> List<T> pick(List<T> from, int count) {
    List<T> left = new ArrayList<>(from);
    List<T> picked = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = below(left.size());
      picked.add(left.get(index));
      // The last one fills the gap, so that a draw costs the same however many are left.
      T last = left.removeLast();
      if (index < left.size()) {
        left.set(index, last);
      }
    }
    return picked;
  }

  <T> List<T> shuffled(List<T> list) {
    return pick(list, list.size());
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    randomness.nextBytes(bytes);
    return bytes;
  }
}
