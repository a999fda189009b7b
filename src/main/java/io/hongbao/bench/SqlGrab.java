// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The usual grab in SQL: lock the packet's row, take from it, note the share, commit. */
final class SqlGrab {

  private static final long PACKET_ID = 1;
  private static final long SHARE_MINOR_MAX = 200;

  private final Connection connection;
  private final PreparedStatement select;
  private final PreparedStatement update;
  private final PreparedStatement insert;

  SqlGrab(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    select =
        connection.prepareStatement(
            "select left_minor, left_count from packet where id = ? for update");
    update =
        connection.prepareStatement(
            "update packet set left_minor = left_minor - ?, left_count = left_count - 1"
                + " where id = ?");
    insert =
        connection.prepareStatement(
            "insert into share (packet_id, user_id, amount) values (?, ?, ?)");
  }

  long run(long userId) throws SQLException {
    select.setLong(1, PACKET_ID);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      if (row.getLong(2) == 0) {
        connection.rollback();
        return 0;
      }
    }
    long shareMinor = 1 + userId * 31 % SHARE_MINOR_MAX;
    update.setLong(1, shareMinor);
    update.setLong(2, PACKET_ID);
    update.executeUpdate();
    insert.setLong(1, PACKET_ID);
    insert.setLong(2, userId);
    insert.setLong(3, shareMinor);
    insert.executeUpdate();
    connection.commit();
    return shareMinor;
  }
}
