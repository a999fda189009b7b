// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anybody may ask for a page of a public room's history. Once each page read and sorted all that
 * was ever said in the room: a second for 300,000 messages, on one of two threads.
 */
class StoreReadsTest {

  private static String plan(String query) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(RoomStore.memoryUrl("plans"), "sa", "");
        Statement statement = connection.createStatement()) {
      RoomTables.make(connection);
      String filled = query.replace("?", "7");
      try (ResultSet rows = statement.executeQuery("EXPLAIN " + filled)) {
        assertTrue(rows.next());
        return rows.getString(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {StoreReads.AFTER, StoreReads.BETWEEN, StoreReads.NEWEST_CHAT})
  void aPageIsReadAlongAnIndex(String query) throws Exception {
    String plan = plan(StoreReads.SELECT + query);

    assertTrue(plan.contains("index sorted"), plan);
    assertTrue(!plan.contains("tableScan"), plan);
  }

  @ParameterizedTest
  @ValueSource(strings = {MoneyBlocks.AFTER, MoneyBlocks.BETWEEN})
  void soAreBlocksOfMoney(String query) throws Exception {
    String plan = plan(query);

    assertTrue(plan.contains("index sorted"), plan);
    assertTrue(!plan.contains("tableScan"), plan);
  }
}
