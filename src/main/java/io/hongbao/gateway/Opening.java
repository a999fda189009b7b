// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Where a reader begins, and what it must be told of the time before.
 *
 * @param after the last sequence that it has, or will never get
 * @param shedTo up to here it gets only what must not be lost, and hears what it does not get; not
 *     above {@code after} when it gets all
 * @param gap what the log has no more; null when nothing is missing
 */
record Opening(long after, long shedTo, @Nullable Gap gap) {

  /**
   * What a reader who comes back cannot be given.
   *
   * @param epoch that the sequences belong to
   * @param to 0 when nobody knows how much was lost
   * @param newTo of the epoch that is now, what has left the log already: from 1 to here; 0 for
   *     nothing
   */
  record Gap(long epoch, long from, long to, long newTo, String reason) {}

  /**
   * Decides.
   *
   * @param first oldest entry that the log has
   * @param last newest entry that this loop has
   */
  static Opening of(Member.Start start, long epoch, long first, long last) {
    long beforeLog = Math.min(last, first - 1);
    if (start.epoch() == 0) {
      return new Opening(Math.max(beforeLog, last - start.recent()), 0, null);
    }
    // So many entries, and no more, are encoded for somebody who comes back.
    long shedTo = last - Lane.RESUME_MAX;
    if (start.epoch() != epoch) {
      return new Opening(
          beforeLog,
          shedTo,
          new Gap(start.epoch(), start.sequence() + 1, 0, beforeLog, "new_epoch"));
    }
    if (start.sequence() < beforeLog) {
      return new Opening(
          beforeLog, shedTo, new Gap(epoch, start.sequence() + 1, beforeLog, 0, "too_old"));
    }
    return new Opening(Math.min(last, start.sequence()), shedTo, null);
  }
}
