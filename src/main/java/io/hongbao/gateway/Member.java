// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import org.jspecify.annotations.Nullable;

/**
 * One connection in one room: a place in the lane's frames, and nothing that grows.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class Member {

  final LiveConnection connection;
  final LoopRoom room;
  final Start start;

  Lane lane;

  /** Where it stands in the lane's list; −1 when it has left. */
  int index = -1;

  /** The frame it wants next. */
  long nextFrame;

  /** The last sequence it has heard of. */
  long lastSequence;

  /** The lane's money up to there. */
  long moneyBytes;

  boolean isLagging;

  /** Reads the log by itself until it has come to where the lane is. */
  boolean isResuming;

  @Nullable Member nextOfConnection;

  /**
   * Where somebody wants to begin.
   *
   * @param epoch of the log that the sequence belongs to; 0 when there is none
   * @param sequence last one that is known
   * @param recent entries of the past that one wants without that
   */
  record Start(long epoch, long sequence, int recent) {
    static final Start NOW = new Start(0, 0, 0);

    private static final int DIGITS_MAX = 18;
    private static final long NUMBER_MAX = (1L << 53) - 1;

    Start {
      // What a client makes up is no place, and must not overflow what is counted from it.
      boolean isPlace = epoch > 0 && epoch <= NUMBER_MAX;
      epoch = isPlace ? epoch : 0;
      sequence = isPlace ? Math.clamp(sequence, 0, NUMBER_MAX) : 0;
    }

    /** Reads {@code epoch.sequence}; anything else is no place. */
    static Start ofEventId(String text, int recent) {
      int dot = text.indexOf('.');
      if (dot < 1 || dot > DIGITS_MAX || text.length() - dot - 1 > DIGITS_MAX) {
        return new Start(0, 0, recent);
      }
      try {
        long epoch = Long.parseLong(text.substring(0, dot));
        return new Start(epoch, Math.max(0, Long.parseLong(text.substring(dot + 1))), recent);
      } catch (NumberFormatException notOurs) {
        return new Start(0, 0, recent);
      }
    }
  }

  Member(LiveConnection connection, LoopRoom room, Lane lane, Start start) {
    this.connection = connection;
    this.room = room;
    this.lane = lane;
    this.start = start;
  }
}
