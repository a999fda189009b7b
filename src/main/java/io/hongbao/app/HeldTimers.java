// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.app;

import io.hongbao.disk.Disk;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.PartitionState;
import io.hongbao.shard.LaneSet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Keeps due timers back after a long standstill, until an operator has looked at the clock.
 *
 * <p>A server that was down for weeks and one whose clock is weeks ahead look the same from inside,
 * and what timers do is not undone: packets are refunded, keys forgotten.
 *
 * <p><b>Thread:</b> {@link #look} for the starter's, the rest for any.
 *
 * <p><b>Durability:</b> a file says that timers are held, so that a further start does not take the
 * records of this one for proof that the time is right.
 */
final class HeldTimers {

  static final String FILE = "timers.held";

  private static final Logger LOG = System.getLogger(HeldTimers.class.getName());

  /** A clock that is so little behind the journal is an ordinary correction. */
  private static final long BEHIND_MS_MAX = 5_000;

  private final Disk disk;
  private volatile boolean isHeld;

  HeldTimers(Disk disk) {
    this.disk = disk;
  }

  /**
   * Compares the clock with the newest record.
   *
   * @param gapMs longest standstill after which nobody is asked
   * @return whether timers that are due are to wait
   */
  boolean look(PartitionState[] states, long nowMs, long gapMs) throws IOException {
    long newestMs = 0;
    for (PartitionState state : states) {
      newestMs = Math.max(newestMs, state.timeMs());
    }
    long sinceMs = nowMs - newestMs;
    if (sinceMs < -BEHIND_MS_MAX) {
      LOG.log(
          Level.ERROR,
          "the clock is {0} behind the newest record: time stands still until it has caught up",
          Duration.ofMillis(-sinceMs));
    }
    boolean wasHeld = disk.exists(FILE);
    isHeld = wasHeld || (newestMs > 0 && sinceMs > gapMs);
    if (isHeld && !wasHeld) {
      disk.create(FILE, 0).close();
    }
    if (isHeld) {
      LOG.log(
          Level.ERROR,
          "nothing was journaled for {0}: timers that are due wait until somebody has checked the"
              + " clock and sent POST /timers/release to the management port",
          Duration.ofMillis(sinceMs));
    }
    return isHeld;
  }

  boolean isHeld() {
    return isHeld;
  }

  /**
   * An operator says that the clock is right.
   *
   * @return false if a lane is too busy to hear of it; to be tried again
   */
  boolean release(LaneSet lanes, int partitionCount) throws IOException {
    for (int partition = 0; partition < partitionCount; partition++) {
      // Those that have let go already do nothing.
      if (!lanes.run(partition, PartitionCore::releaseTimers)) {
        return false;
      }
    }
    if (disk.exists(FILE)) {
      disk.delete(FILE);
    }
    isHeld = false;
    LOG.log(Level.INFO, "timers run again by an operator's word");
    return true;
  }
}
