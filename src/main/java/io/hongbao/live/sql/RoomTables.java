// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the rooms' database; made when they are not there. */
final class RoomTables {

  private static final List<String> MAKE =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS room_entry (
            room_id BIGINT NOT NULL, epoch BIGINT NOT NULL, sequence BIGINT NOT NULL,
            at_ms BIGINT NOT NULL, kind VARCHAR(32) NOT NULL, id BIGINT NOT NULL,
            user_id BIGINT NOT NULL, nickname VARCHAR(128) NOT NULL, text VARCHAR(4000) NOT NULL,
            details VARCHAR(65535) NOT NULL,
            PRIMARY KEY (room_id, epoch, sequence))\
          """,
          "CREATE INDEX IF NOT EXISTS room_entry_time ON room_entry (room_id, at_ms)",
          "CREATE INDEX IF NOT EXISTS room_entry_age ON room_entry (at_ms)",
          """
          CREATE TABLE IF NOT EXISTS room_money (
            room_id BIGINT NOT NULL, epoch BIGINT NOT NULL, last_sequence BIGINT NOT NULL,
            first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL, repeated BOOLEAN NOT NULL,
            entries VARBINARY(1000000) NOT NULL,
            PRIMARY KEY (room_id, epoch, last_sequence))\
          """,
          "CREATE INDEX IF NOT EXISTS room_money_time ON room_money (room_id, last_ms)",
          "CREATE INDEX IF NOT EXISTS room_money_age ON room_money (last_ms)",
          "CREATE TABLE IF NOT EXISTS room_epoch (epoch BIGINT PRIMARY KEY)",
          """
          CREATE TABLE IF NOT EXISTS room_rules (
            room_id BIGINT PRIMARY KEY, closed BOOLEAN NOT NULL, followers_only BOOLEAN NOT NULL,
            emotes_only BOOLEAN NOT NULL, messages_per_s INT NOT NULL)\
          """,
          """
          CREATE TABLE IF NOT EXISTS room_sanction (
            room_id BIGINT NOT NULL, user_id BIGINT NOT NULL, kind VARCHAR(16) NOT NULL,
            until_ms BIGINT NOT NULL, by_user_id BIGINT NOT NULL, reason VARCHAR(1000) NOT NULL,
            PRIMARY KEY (room_id, user_id))\
          """,
          """
          CREATE TABLE IF NOT EXISTS room_moderator (
            room_id BIGINT NOT NULL, user_id BIGINT NOT NULL, PRIMARY KEY (room_id, user_id))\
          """,
          """
          CREATE TABLE IF NOT EXISTS room_follower (
            room_id BIGINT NOT NULL, user_id BIGINT NOT NULL, PRIMARY KEY (room_id, user_id))\
          """,
          "CREATE TABLE IF NOT EXISTS room_word (word VARCHAR(256) PRIMARY KEY)");

  private RoomTables() {}

  static void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : MAKE) {
        statement.execute(sql);
      }
    }
  }
}
