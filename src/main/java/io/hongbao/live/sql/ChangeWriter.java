// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.RoomChange;
import io.hongbao.live.RoomChange.EpochBegun;
import io.hongbao.live.RoomChange.FollowersChanged;
import io.hongbao.live.RoomChange.ModeratorsChanged;
import io.hongbao.live.RoomChange.Recalled;
import io.hongbao.live.RoomChange.RulesSet;
import io.hongbao.live.RoomChange.SanctionLifted;
import io.hongbao.live.RoomChange.Sanctioned;
import io.hongbao.live.RoomChange.WordsChanged;
import io.hongbao.live.RoomRules;
import io.hongbao.live.Sanction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes what moderators decided; the caller commits.
 *
 * <p><b>Thread:</b> the store's.
 */
final class ChangeWriter {

  private ChangeWriter() {}

  static void write(Connection to, RoomChange change) throws SQLException {
    switch (change) {
      case RulesSet it -> rules(to, it.roomId(), it.rules());
      case Sanctioned it -> sanction(to, it.roomId(), it.sanction());
      case SanctionLifted it ->
          run(
              to,
              "DELETE FROM room_sanction WHERE room_id = ? AND user_id = ?",
              it.roomId(),
              it.userId());
      case Recalled it ->
          run(
              to,
              "UPDATE room_entry SET text = '' WHERE room_id = ? AND epoch = ? AND sequence = ?",
              it.roomId(),
              it.ofEpoch(),
              it.sequence());
      case ModeratorsChanged it ->
          members(to, "room_moderator", it.roomId(), it.added(), it.removed());
      case FollowersChanged it ->
          members(to, "room_follower", it.roomId(), it.added(), it.removed());
      case WordsChanged it -> words(to, it);
      case EpochBegun it -> epoch(to, it.epoch());
    }
  }

  private static void rules(Connection to, long roomId, RoomRules rules) throws SQLException {
    run(
        to,
        "MERGE INTO room_rules KEY (room_id) VALUES (?, ?, ?, ?, ?)",
        roomId,
        rules.isClosed(),
        rules.isFollowersOnly(),
        rules.isEmotesOnly(),
        rules.messagesPerS());
  }

  private static void sanction(Connection to, long roomId, Sanction sanction) throws SQLException {
    run(
        to,
        "MERGE INTO room_sanction KEY (room_id, user_id) VALUES (?, ?, ?, ?, ?, ?)",
        roomId,
        sanction.userId(),
        sanction.kind().name(),
        sanction.untilMs(),
        sanction.byUserId(),
        sanction.reason());
  }

  // Only the newest matters: the next start's is larger.
  private static void epoch(Connection to, long epoch) throws SQLException {
    run(to, "MERGE INTO room_epoch KEY (epoch) VALUES (?)", epoch);
    run(to, "DELETE FROM room_epoch WHERE epoch < ?", epoch);
  }

  private static void members(
      Connection to, String table, long roomId, List<Long> added, List<Long> removed)
      throws SQLException {
    try (PreparedStatement add =
            to.prepareStatement("MERGE INTO " + table + " KEY (room_id, user_id) VALUES (?, ?)");
        PreparedStatement remove =
            to.prepareStatement("DELETE FROM " + table + " WHERE room_id = ? AND user_id = ?")) {
      batch(add, roomId, added);
      batch(remove, roomId, removed);
    }
  }

  private static void batch(PreparedStatement statement, long roomId, List<Long> users)
      throws SQLException {
    if (users.isEmpty()) {
      return;
    }
    for (long userId : users) {
      statement.setLong(1, roomId);
      statement.setLong(2, userId);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private static void words(Connection to, WordsChanged change) throws SQLException {
    for (String word : change.added()) {
      run(to, "MERGE INTO room_word KEY (word) VALUES (?)", word);
    }
    for (String word : change.removed()) {
      run(to, "DELETE FROM room_word WHERE word = ?", word);
    }
  }

  private static void run(Connection to, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = to.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
