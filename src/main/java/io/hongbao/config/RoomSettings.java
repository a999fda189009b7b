// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * The limits of rooms.
 *
 * @param logBytes kept in memory of each room
 * @param flushMs chat that a crash may lose
 * @param budgetPerS messages a second of a room, unless its moderators say otherwise
 */
public record RoomSettings(
    int membersMax,
    int logBytes,
    long logAgeMs,
    int appendsMax,
    int textMaxChars,
    int budgetPerS,
    int waitingMax,
    int keysMax,
    long flushMs,
    int unsavedMax,
    long historyAgeMs) {

  static RoomSettings of(SettingValues values) {
    return new RoomSettings(
        values.whole(Settings.ROOM_MEMBERS_MAX),
        values.whole(Settings.ROOM_LOG_BYTES),
        values.number(Settings.ROOM_LOG_AGE),
        values.whole(Settings.ROOM_APPENDS_MAX),
        values.whole(Settings.ROOM_TEXT_MAX_CHARS),
        values.whole(Settings.ROOM_BUDGET),
        values.whole(Settings.ROOM_WAITING_MAX),
        values.whole(Settings.ROOM_KEYS_MAX),
        values.number(Settings.ROOM_FLUSH_MS),
        values.whole(Settings.ROOM_UNSAVED_MAX),
        values.number(Settings.ROOM_HISTORY_AGE));
  }
}
