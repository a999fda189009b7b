// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.LogEntry;
import io.hongbao.live.Moderation;
import io.hongbao.live.RoomHistory.Place;
import io.hongbao.live.RoomRules;
import io.hongbao.live.Sanction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The queries of the rooms' database.
 *
 * <p><b>Thread:</b> one that may block.
 */
final class StoreReads {

  // Inside an epoch the time never goes back, so this is the order of the sequences too.
  private static final Comparator<Place> BY_TIME =
      Comparator.comparingLong(Place::atMs)
          .thenComparingLong(Place::epoch)
          .thenComparingLong(Place::sequence);

  private StoreReads() {}

  static List<LogEntry> after(
      Connection from, long roomId, long epoch, long afterSequence, int limit) throws SQLException {
    List<LogEntry> said =
        entries(
            from,
            "WHERE room_id = ? AND epoch = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            roomId,
            epoch,
            afterSequence,
            limit);
    List<LogEntry> money = MoneyBlocks.after(from, roomId, epoch, afterSequence, limit);
    return first(limit, said, money);
  }

  static List<LogEntry> between(
      Connection from, long roomId, long fromMs, long toMs, Place after, int limit)
      throws SQLException {
    List<LogEntry> said =
        entries(
            from,
            """
            WHERE room_id = ? AND at_ms >= ? AND at_ms < ? AND (at_ms, epoch, sequence) > (?, ?, ?)
            ORDER BY at_ms, epoch, sequence LIMIT ?\
            """,
            roomId,
            Math.max(fromMs, after.atMs()),
            toMs,
            after.atMs(),
            after.epoch(),
            after.sequence(),
            limit);
    return first(limit, said, MoneyBlocks.between(from, roomId, fromMs, toMs, after, limit));
  }

  static boolean isBehind(LogEntry entry, Place place) {
    return BY_TIME.compare(new Place(entry.atMs(), entry.epoch(), entry.sequence()), place) > 0;
  }

  // Each list has its first so many, so those of both are among them.
  private static List<LogEntry> first(int limit, List<LogEntry> said, List<LogEntry> money) {
    return Stream.concat(said.stream(), money.stream())
        .sorted(
            Comparator.comparing(
                entry -> new Place(entry.atMs(), entry.epoch(), entry.sequence()), BY_TIME))
        .limit(limit)
        .toList();
  }

  static List<LogEntry> newestChat(Connection from, long roomId, int limit) throws SQLException {
    List<LogEntry> newest =
        new ArrayList<>(
            entries(
                from,
                """
                WHERE room_id = ? AND kind = 'chat' AND text <> ''
                ORDER BY at_ms DESC, epoch DESC, sequence DESC LIMIT ?\
                """,
                roomId,
                limit));
    Collections.reverse(newest);
    return newest;
  }

  private static List<LogEntry> entries(Connection from, String where, Object... values)
      throws SQLException {
    List<LogEntry> found = new ArrayList<>();
    try (PreparedStatement statement =
        from.prepareStatement("SELECT " + EntryRow.COLUMNS + " FROM room_entry " + where)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(EntryRow.read(rows));
        }
      }
    }
    return found;
  }

  /** The largest epoch of all starts; 0 before the first. */
  static long newestEpoch(Connection from) throws SQLException {
    try (PreparedStatement statement = from.prepareStatement("SELECT MAX(epoch) FROM room_epoch");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static List<String> words(Connection from) throws SQLException {
    List<String> words = new ArrayList<>();
    try (PreparedStatement statement = from.prepareStatement("SELECT word FROM room_word");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        words.add(rows.getString(1));
      }
    }
    return words;
  }

  /** What moderators decided, by room; what is over is left out. */
  static Map<Long, Moderation> moderations(Connection from, long nowMs) throws SQLException {
    Map<Long, Moderation> found = new HashMap<>();
    each(
        from,
        "SELECT room_id, closed, followers_only, emotes_only, messages_per_s FROM room_rules",
        rows ->
            of(found, rows)
                .set(
                    new RoomRules(
                        rows.getBoolean(2),
                        rows.getBoolean(3),
                        rows.getBoolean(4),
                        rows.getInt(5))));
    each(
        from,
        "SELECT room_id, user_id, kind, until_ms, by_user_id, reason FROM room_sanction"
            + " WHERE until_ms > "
            + nowMs,
        rows ->
            of(found, rows)
                .put(
                    new Sanction(
                        rows.getLong(2),
                        Sanction.Kind.valueOf(rows.getString(3)),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getString(6)),
                    nowMs));
    each(
        from,
        "SELECT room_id, user_id FROM room_moderator",
        rows -> of(found, rows).changeModerators(List.of(rows.getLong(2)), List.of()));
    each(
        from,
        "SELECT room_id, user_id FROM room_follower",
        rows -> of(found, rows).changeFollowers(List.of(rows.getLong(2)), List.of()));
    return found;
  }

  private static Moderation of(Map<Long, Moderation> found, ResultSet rows) throws SQLException {
    return found.computeIfAbsent(rows.getLong(1), roomId -> new Moderation());
  }

  private interface Row {
    void take(ResultSet rows) throws SQLException;
  }

  private static void each(Connection from, String sql, Row row) throws SQLException {
    try (PreparedStatement statement = from.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        row.take(rows);
      }
    }
  }
}
