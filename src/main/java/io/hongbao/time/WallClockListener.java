// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

/**
 * Hears when the machine's clock and the server's time part and meet again.
 *
 * <p><b>Thread:</b> whichever thread happened to read the time; must not block.
 */
public interface WallClockListener {

  /** The wall clock is {@code offsetMs} ahead (below zero: behind) and is not followed. */
  void onWallClockStepped(long offsetMs);

  /** The wall clock is back within the limit, or an operator accepted it. */
  void onWallClockFollowed();
}
