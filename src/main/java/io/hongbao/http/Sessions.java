// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/**
 * Finds the user behind a token.
 *
 * <p><b>Thread:</b> any; a lock-free read.
 */
@FunctionalInterface
public interface Sessions {

  /** What {@link #userOf} gives for a token that is unknown, revoked or expired. */
  long NOBODY = 0;

  /**
   * Looks a token up.
   *
   * @param hashHigh first 8 bytes of the token's SHA-256
   * @param hashLow the 8 bytes after them
   * @return the user, or {@link #NOBODY}
   */
  long userOf(long hashHigh, long hashLow, long nowMs);
}
