// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.model.Check;
import java.util.SplittableRandom;

/**
 * The least that a grab can be: the draw, one user one share, the credit; in memory, in one thread,
 * with nothing written and nobody told.
 *
 * <p>What remains of it once it is durable, hashed, transferred, idempotent and answered is what
 * {@code bench engine} tells.
 */
final class BareGrabs {

  private static final long TOTAL_MINOR = 100;

  private final long[] balances;
  private final int shares;
  private final long[] left;
  private final int[] opened;
  private final long[] openers;
  private final SplittableRandom chance = new SplittableRandom(7);

  BareGrabs(int accounts, int packets, int shares) {
    this.balances = new long[accounts];
    this.shares = shares;
    this.left = new long[packets];
    this.opened = new int[packets];
    this.openers = new long[packets * shares];
    for (int i = 0; i < packets; i++) {
      left[i] = TOTAL_MINOR * shares;
    }
  }

  /** Grabs for that long; returns grabs per second. */
  double run(double seconds) {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long grabs = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 1_000; i++) {
        grabs += grab() ? 1 : 0;
      }
    }
    return grabs / ((System.nanoTime() - begin) / 1e9);
  }

  private boolean grab() {
    int packet = (int) Math.unsignedMultiplyHigh(chance.nextLong(), left.length);
    int user = (int) Math.unsignedMultiplyHigh(chance.nextLong(), balances.length);
    int count = opened[packet];
    int base = packet * shares;
    for (int i = 0; i < count; i++) {
      if (openers[base + i] == user) {
        return false;
      }
    }
    int leftCount = shares - count;
    long share =
        leftCount == 1
            ? left[packet]
            : 1
                + Math.unsignedMultiplyHigh(
                    chance.nextLong(), Math.max(1, 2 * (left[packet] - leftCount) / leftCount));
    left[packet] -= share;
    Check.atLeast(left[packet], 0, "left");
    openers[base + count] = user;
    balances[user] += share;
    opened[packet]++;
    if (opened[packet] == shares) {
      opened[packet] = 0;
      left[packet] = TOTAL_MINOR * shares;
    }
    return true;
  }
}
