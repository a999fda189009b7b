// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "State hash".
package io.hongbao.model;

/**
 * Mixes the fields of one entity into 64 bits, in a stable order, for the additive state hash.
 *
 * <p>Not for keys that an attacker chooses and not for secrets; it finds mistakes, not forgeries.
 */
public final class Digest {

  /** Odd constant with well spread bits: 2^64 divided by the golden ratio. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private Digest() {}

  /** Starts a digest; the tag keeps kinds of entity apart. */
  public static long start(int tag) {
    return mix(STEP, tag);
  }

  public static long mix(long digest, long value) {
    long x = (digest ^ value) * 0xBF58476D1CE4E5B9L + STEP;
    x = (x ^ (x >>> 30)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 29);
  }

  public static long mix(long digest, byte[] bytes) {
    long result = mix(digest, bytes.length);
    for (byte b : bytes) {
      result = mix(result, b);
    }
    return result;
  }
}
