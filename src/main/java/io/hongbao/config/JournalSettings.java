// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** The local journal: files and group commit. */
public record JournalSettings(
    int segmentBytes, int laneBytesMax, int flushRecords, int flushWaitUs) {

  /** Files are allocated in pages. */
  private static final int PAGE_BYTES = 4_096;

  /** A flush of this size keeps any disk busy; larger ones would only make others wait longer. */
  private static final int FRAME_BYTES_MAX = 4 << 20;

  /**
   * Largest flush. A segment must take the torn flush that a recovery moves, and new ones: so at
   * most a quarter of it, which is a multiple of 1024 like the segment's pages.
   */
  public int frameBytesMax() {
    return Math.min(FRAME_BYTES_MAX, segmentBytes / 4);
  }

  static JournalSettings of(SettingValues values) throws ConfigException {
    JournalSettings settings =
        new JournalSettings(
            values.whole(Settings.JOURNAL_SEGMENT_BYTES),
            values.whole(Settings.JOURNAL_LANE_BYTES_MAX),
            values.whole(Settings.JOURNAL_FLUSH_RECORDS),
            values.whole(Settings.JOURNAL_FLUSH_WAIT_US));
    if (settings.segmentBytes % PAGE_BYTES != 0) {
      throw values.wrong(Settings.JOURNAL_SEGMENT_BYTES, "must be a multiple of 4KiB");
    }
    if (Integer.bitCount(settings.laneBytesMax) != 1) {
      throw values.wrong(Settings.JOURNAL_LANE_BYTES_MAX, "must be a power of two");
    }
    return settings;
  }
}
