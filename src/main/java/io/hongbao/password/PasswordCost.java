// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Passwords".
package io.hongbao.password;

/**
 * What one hash costs, and whoever guesses pays for each guess.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over it
 * @param parallelism lanes; each hash is computed by one thread all the same
 */
public record PasswordCost(int memoryKib, int iterations, int parallelism) {

  /** The least that OWASP recommends for Argon2id: 19 MiB, two passes, one lane. */
  public static final PasswordCost RECOMMENDED_MIN = new PasswordCost(19_456, 2, 1);

  /** Whether a hash of this cost should be made again with the other. */
  boolean isBelow(PasswordCost other) {
    return memoryKib < other.memoryKib || iterations < other.iterations;
  }
}
