// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.app;

import io.hongbao.time.WallClockListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Raises the alarm when the machine's clock steps. */
final class WallClockLog implements WallClockListener {

  private static final Logger LOG = System.getLogger(WallClockLog.class.getName());

  @Override
  public void onWallClockStepped(long offsetMs) {
    LOG.log(
        Level.ERROR,
        "the wall clock stepped by {0} ms and is not followed; check it, then POST /clock/accept",
        offsetMs);
  }

  @Override
  public void onWallClockFollowed() {
    LOG.log(Level.WARNING, "the wall clock is followed again");
  }
}
