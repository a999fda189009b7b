// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * An entry as the table {@code room_entry} has it, all but money events: what people search for in
 * columns of its own, the rest of a kind's fields in one text, separated by tabs.
 *
 * <p><b>Thread:</b> any; immutable.
 */
record EntryRow(
    long roomId,
    long epoch,
    long sequence,
    long atMs,
    String kind,
    long id,
    long userId,
    String nickname,
    String text,
    String details) {

  static final String COLUMNS =
      "room_id, epoch, sequence, at_ms, kind, id, user_id, nickname, text, details";

  private static final String TAB = "\t";

  static EntryRow of(long roomId, LogEntry logged) {
    RoomEntry entry = logged.entry();
    return switch (entry) {
      case Chat it ->
          row(roomId, logged, it.id(), it.userId(), it.nickname(), it.text(), chatDetails(it));
      case Gift it ->
          row(
              roomId,
              logged,
              it.id(),
              it.userId(),
              it.nickname(),
              it.name(),
              it.giftId() + TAB + it.count() + TAB + it.valueMinor());
      case Presence it ->
          row(roomId, logged, 0, 0, "", "", it.watching() + TAB + it.joinedInWindow());
      case Recall it ->
          row(
              roomId,
              logged,
              0,
              0,
              "",
              "",
              it.ofEpoch() + TAB + it.sequence() + TAB + it.by().wireName());
      case MoneyEvent it -> throw new IllegalArgumentException("money is written in blocks: " + it);
      case Notice it -> row(roomId, logged, 0, 0, "", it.text(), it.code());
    };
  }

  private static EntryRow row(
      long roomId,
      LogEntry logged,
      long id,
      long userId,
      String nickname,
      String text,
      String details) {
    return new EntryRow(
        roomId,
        logged.epoch(),
        logged.sequence(),
        logged.atMs(),
        logged.entry().kind(),
        id,
        userId,
        nickname,
        text,
        details);
  }

  private static String chatDetails(Chat it) {
    return it.position().wireName()
        + TAB
        + it.colourRgb()
        + TAB
        + it.size()
        + TAB
        + it.videoTimeMs();
  }

  /** Sets the values of a statement that names {@link #COLUMNS} in their order. */
  void bind(PreparedStatement statement) throws SQLException {
    statement.setLong(1, roomId);
    statement.setLong(2, epoch);
    statement.setLong(3, sequence);
    statement.setLong(4, atMs);
    statement.setString(5, kind);
    statement.setLong(6, id);
    statement.setLong(7, userId);
    statement.setString(8, nickname);
    statement.setString(9, text);
    statement.setString(10, details);
  }

  static LogEntry read(ResultSet rows) throws SQLException {
    return new LogEntry(
        rows.getLong("epoch"), rows.getLong("sequence"), rows.getLong("at_ms"), entry(rows));
  }

  private static RoomEntry entry(ResultSet rows) throws SQLException {
    String kind = rows.getString("kind");
    String text = rows.getString("text");
    String details = rows.getString("details");
    String[] parts = details.split(TAB, -1);
    return switch (kind) {
      case "chat" ->
          new Chat(
              rows.getLong("id"),
              rows.getLong("user_id"),
              rows.getString("nickname"),
              text,
              Position.valueOf(parts[0].toUpperCase(Locale.ROOT)),
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]),
              Long.parseLong(parts[3]));
      case "gift" ->
          new Gift(
              rows.getLong("id"),
              rows.getLong("user_id"),
              rows.getString("nickname"),
              parts[0],
              text,
              Integer.parseInt(parts[1]),
              Long.parseLong(parts[2]));
      case "presence" -> new Presence(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      case "recall" ->
          new Recall(
              Long.parseLong(parts[0]),
              Long.parseLong(parts[1]),
              Recall.By.valueOf(parts[2].toUpperCase(Locale.ROOT)));
      case "notice" -> new Notice(details, text);
      default -> throw new SQLException("an entry of an unknown kind: " + kind);
    };
  }
}
