// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

/**
 * Limits of keys.
 *
 * @param countMax most keys at a time, those that have expired included
 * @param nameCharsMax longest name
 */
public record KeyLimits(int countMax, int nameCharsMax) {

  /** A list of them still fits one page, and a copy of the directory costs microseconds. */
  public static KeyLimits defaults() {
    return new KeyLimits(1_000, 64);
  }
}
