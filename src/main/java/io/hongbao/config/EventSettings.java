// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** The public event feed. */
public record EventSettings(
    int streamsMax, long heartbeatMs, long tailBytesMax, int fileReadersMax) {

  static EventSettings of(SettingValues values) {
    return new EventSettings(
        values.whole(Settings.EVENTS_STREAMS_MAX),
        values.number(Settings.EVENTS_HEARTBEAT),
        values.number(Settings.EVENTS_TAIL_BYTES_MAX),
        values.whole(Settings.EVENTS_FILE_READERS_MAX));
  }
}
