// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** The limits of rooms. */
public record RoomSettings(int membersMax) {

  static RoomSettings of(SettingValues values) {
    return new RoomSettings(values.whole(Settings.ROOM_MEMBERS_MAX));
  }
}
