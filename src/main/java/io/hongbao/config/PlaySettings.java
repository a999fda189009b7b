// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * The open room of a sandbox.
 *
 * @param room its id; 0 when there is none
 * @param isSupervised whether a parent process may be asked for a kill
 */
public record PlaySettings(long room, boolean isSupervised) {

  static PlaySettings of(SettingValues values) {
    return new PlaySettings(
        values.whole(Settings.PLAY_ROOM), values.isOn(Settings.PLAY_SUPERVISED));
  }
}
