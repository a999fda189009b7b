// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The read model's process".
package io.hongbao.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.time.SecureRandomness;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: who reaches them, and how they end. */
@Timeout(60)
class DatabaseProcessIT {

  private static final long HEAP_BYTES = 128L << 20;
  private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  @TempDir private Path directory;

  private DatabaseProcess process() {
    return new DatabaseProcess(
        directory.resolve("a folder").resolve("lists"), HEAP_BYTES, new SecureRandomness());
  }

  private static Connection open(String address) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + address + OPTIONS, "sa", "");
  }

  private static long rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      result.next();
      return result.getLong(1);
    }
  }

  @Test
  void whatOneConnectionWritesTheOtherReads() throws Exception {
    try (DatabaseProcess process = process();
        Connection writer = open(process.address(false));
        Connection reader = open(process.address(true));
        Statement statement = writer.createStatement()) {
      statement.execute("CREATE TABLE t(a BIGINT)");
      statement.execute("INSERT INTO t VALUES (1), (2)");
      assertEquals(2, rows(reader));
      assertNotEquals(process.address(false), process.address(true));
      assertEquals(1, process.starts());
    }
  }

  @Test
  void whatIsCommittedOutlivesAProcessThatIsKilledAndTheNextAddressIsAnother() throws Exception {
    try (DatabaseProcess process = process()) {
      String first = process.address(false);
      try (Connection writer = open(first);
          Statement statement = writer.createStatement()) {
        statement.execute("CREATE TABLE t(a BIGINT)");
        statement.execute("INSERT INTO t VALUES (1), (2), (3)");
        endChild(process);
        assertFalse(process.isAlive());
        assertThrows(SQLException.class, () -> statement.execute("INSERT INTO t VALUES (4)"));
      }
      String second = process.address(false);
      assertNotEquals(first, second);
      assertEquals(2, process.starts());
      try (Connection again = open(second)) {
        assertEquals(3, rows(again));
      }
    }
  }

  @Test
  void nobodyGetsInWithoutTheKey() throws Exception {
    try (DatabaseProcess process = process()) {
      String address = process.address(true);
      String port = address.substring(0, address.lastIndexOf('/') + 1);
      String file = directory.resolve("a folder").resolve("lists").toString();
      assertThrows(SQLException.class, () -> open(port + file).close());
      assertThrows(SQLException.class, () -> open(port + "mem:other").close());
    }
  }

  @Test
  void signalsOfTheGroupDoNotEndItAndItsInputDoes() throws Exception {
    DatabaseProcess process = process();
    try (process) {
      process.address(false);
      // SIGTERM, as a service manager sends it to all processes of a service.
      child(process).destroy();
      assertFalse(ended(child(process), 500), "a signal ended it");
      try (Connection still = open(process.address(true))) {
        assertTrue(still.isValid(5));
      }
    }
    assertFalse(process.isAlive());
    assertThrows(IOException.class, () -> process.address(false));
  }

  private static boolean ended(ProcessHandle process, long ms) throws Exception {
    try {
      process.onExit().get(ms, TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException stillThere) {
      return false;
    }
  }

  private static ProcessHandle child(DatabaseProcess process) {
    return ProcessHandle.of(process.pid()).orElseThrow();
  }

  private static void endChild(DatabaseProcess process) throws Exception {
    ProcessHandle child = child(process);
    child.destroyForcibly();
    assertTrue(ended(child, 20_000));
  }
}
