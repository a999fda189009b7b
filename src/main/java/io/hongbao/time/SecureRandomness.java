// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Chance that nobody can foretell, from the operating system.
 *
 * <p><b>Thread:</b> any; each has a generator of its own and never waits for entropy.
 */
public final class SecureRandomness implements Randomness {

  private final ThreadLocal<SecureRandom> generators =
      ThreadLocal.withInitial(SecureRandomness::generator);

  @Override
  public void nextBytes(byte[] target) {
    generators.get().nextBytes(target);
  }

  @Override
  public long nextLong() {
    return generators.get().nextLong();
  }

  // The plain constructor may read /dev/random, which on old kernels blocks: not on an event loop.
  private static SecureRandom generator() {
    try {
      return SecureRandom.getInstance("NativePRNGNonBlocking");
    } catch (NoSuchAlgorithmException absentOutsideUnix) {
      return new SecureRandom();
    }
  }
}
