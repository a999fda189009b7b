// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Limits".
package io.hongbao.session;

/**
 * Limits of sessions, by configuration.
 *
 * @param tokensPerUserMax most tokens of one user; one more ends the one that would expire first
 * @param lifetimeMsMax how far ahead a token's end may lie
 */
public record SessionLimits(int tokensPerUserMax, long lifetimeMsMax) {

  /** What the documented configuration gives. */
  public static SessionLimits defaults() {
    return new SessionLimits(50, 366L * 24 * 3_600_000);
  }
}
