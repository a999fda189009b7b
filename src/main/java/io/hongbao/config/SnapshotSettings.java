// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** When the background builds the next snapshot: whichever comes first. */
public record SnapshotSettings(long everyBytes, long everyMs) {

  static SnapshotSettings of(SettingValues values) {
    return new SnapshotSettings(
        values.number(Settings.SNAPSHOT_EVERY_BYTES), values.number(Settings.SNAPSHOT_EVERY));
  }
}
