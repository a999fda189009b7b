// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.live.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Looks whether a copy of the rooms' database is good, by reading all of it.
 *
 * <p>The database only ever adds to its file, and uses the place of what is old again after 45
 * seconds at the earliest. So a copy that took less is one of its states, with a torn end at most,
 * which the next opening cuts off; whether that is so is looked at here.
 *
 * <p><b>Thread:</b> the caller's; blocks.
 */
public final class RoomCopy {

  private static final String SUFFIX = ".mv.db";

  private static final List<String> READ_ALL =
      List.of(
          "SELECT COUNT(*), SUM(CHAR_LENGTH(text)), SUM(CHAR_LENGTH(details)) FROM room_entry",
          "SELECT MAX(epoch) FROM room_epoch",
          "SELECT SUM(messages_per_s) FROM room_rules",
          "SELECT SUM(until_ms), SUM(CHAR_LENGTH(reason)) FROM room_sanction",
          "SELECT SUM(user_id) FROM room_moderator",
          "SELECT SUM(user_id) FROM room_follower",
          "SELECT SUM(CHAR_LENGTH(word)) FROM room_word");

  private RoomCopy() {}

  /**
   * Reads a copy, and changes it by that.
   *
   * @param file its name ends with {@code .mv.db}
   * @throws IOException when it cannot be read to its end
   */
  public static void check(Path file) throws IOException {
    String path = file.toAbsolutePath().toString();
    String name = path.substring(0, path.length() - SUFFIX.length());
    try (Connection connection =
            DriverManager.getConnection(RoomStore.fileUrl(name) + ";IFEXISTS=TRUE", "sa", "");
        Statement statement = connection.createStatement()) {
      for (String query : READ_ALL) {
        statement.executeQuery(query).close();
      }
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      throw new IOException("the rooms' database " + file + " cannot be read", e);
    }
  }
}
