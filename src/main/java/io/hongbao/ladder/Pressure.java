// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import java.util.Locale;

/**
 * How near to one of its limits the server is.
 *
 * @param signal which one
 * @param share 0 far away, 1 reached; may be more
 */
public record Pressure(Signal signal, double share) {

  /** What is looked at. */
  public enum Signal {
    /** Commands waiting for a loop, of {@code engine.mailbox_max}. */
    MAILBOX,
    /** Answers waiting for the disk in one partition, of {@code engine.replies_max}. */
    REPLIES,
    /** Bytes waiting for the disk, of {@code journal.lane_bytes_max}. */
    JOURNAL_BYTES,
    /** Mean time of one write and force since the last look, of one second. */
    FLUSH,
    /** Slowest answer of the prober's last round, of four seconds. */
    PROBE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
      return wireName;
    }
  }
}
