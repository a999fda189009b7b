// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * The limits of rooms.
 *
 * @param logBytes kept in memory of each room
 * @param flushMs chat that a crash may lose
 * @param budgetPerS messages a second of a room, unless its moderators say otherwise
 * @param tracking whether every attempt to say something is a line of the log
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
    long historyAgeMs,
    boolean tracking) {

  static RoomSettings of(SettingValues values) {
    return new RoomSettings(
        values.whole(RoomCatalogue.MEMBERS_MAX),
        values.whole(RoomCatalogue.LOG_BYTES),
        values.number(RoomCatalogue.LOG_AGE),
        values.whole(RoomCatalogue.APPENDS_MAX),
        values.whole(RoomCatalogue.TEXT_MAX_CHARS),
        values.whole(RoomCatalogue.BUDGET),
        values.whole(RoomCatalogue.WAITING_MAX),
        values.whole(RoomCatalogue.KEYS_MAX),
        values.number(RoomCatalogue.FLUSH_MS),
        values.whole(RoomCatalogue.UNSAVED_MAX),
        values.number(RoomCatalogue.HISTORY_AGE),
        values.isOn(RoomCatalogue.TRACKING));
  }
}
