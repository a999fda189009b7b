// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.disk.Disk;
import io.hongbao.export.ExportFailedException;
import io.hongbao.export.TargetLostException;
import io.hongbao.model.Check;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCConnectOptions;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A read model in H2: in a process of its own, or inside this one in a file of the data directory
 * or in memory.
 *
 * <p><b>Durability:</b> {@code WRITE_DELAY=0} writes a commit to the file before it returns (the
 * default keeps it back for half a second); {@code CHECKPOINT SYNC} now and then forces the file.
 * {@code DB_CLOSE_ON_EXIT=FALSE} leaves closing to us: H2's own hook would close the database under
 * the loop that still drains at SIGTERM.
 *
 * <p><b>Limit:</b> so many readers at once, and {@link #WAITING_READERS_MAX} more that wait.
 */
public final class H2Target implements SqlTarget {

  static final int WAITING_READERS_MAX = 512;

  /** Where the database is, for each of the two uses. */
  public interface Address {

    /**
     * What stands behind {@code jdbc:h2:} and before the options.
     *
     * @throws IOException if it cannot be reached now
     */
    String find(boolean isForReading) throws IOException;

    /** Whether what was found last is still there. */
    boolean isThere();
  }

  private static final String USER = "sa";
  private static final String URL_BEGIN = "jdbc:h2:";

  /** A reader of another process gives up after so long; one of this process is never cut off. */
  private static final String READING = ";NETWORK_TIMEOUT=60000";

  private static final String MODE =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

  // TRACE_LEVEL_FILE=0: no trace file that grows beside the database.
  // QUERY_CACHE_SIZE: parsed statements per connection; there are a few dozen different ones.
  private static final String OPTIONS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=64";

  private final Vertx vertx;
  private final H2Dialect dialect = new H2Dialect();
  private final Address address;
  private final String options;
  private final int readersMax;
  private final @Nullable Disk disk;
  private final String filePrefix;
  private @Nullable Pool writers;
  private @Nullable SqlConnection writer;
  private @Nullable JdbcWriting writing;
  private volatile @Nullable Pool readers;

  private H2Target(
      Vertx vertx,
      Address address,
      String options,
      int readersMax,
      @Nullable Disk disk,
      String filePrefix) {
    this.vertx = vertx;
    this.address = address;
    this.options = options;
    this.readersMax = readersMax;
    this.disk = disk;
    this.filePrefix = filePrefix;
  }

  /**
   * A database in files of the data directory.
   *
   * @param disk the data directory
   * @param name of the database, relative to the directory and without suffix ("readmodel/hongbao")
   * @param url {@code jdbc:h2:file:} with the absolute path of the same, and the MySQL mode
   */
  public static H2Target file(Vertx vertx, Disk disk, String name, String url, int readersMax) {
    return new H2Target(vertx, at(url), OPTIONS, readersMax, disk, name + ".");
  }

  /**
   * The same in a process of its own.
   *
   * @param address of that process; starts it when it does not run
   * @param pagesBytes of its memory, for pages of the database
   */
  public static H2Target served(
      Vertx vertx, Disk disk, String name, Address address, long pagesBytes, int readersMax) {
    String options = MODE + OPTIONS + ";CACHE_SIZE=" + pagesBytes / 1024;
    return new H2Target(vertx, address, options, readersMax, disk, name + ".");
  }

  /** The same database for looking at only: a missing one is not made, nothing is written. */
  public static H2Target fileForReading(Vertx vertx, Disk disk, String name, String url) {
    return new H2Target(
        vertx, at(url), OPTIONS + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE", 1, disk, name + ".");
  }

  /** A database that ends with its last connection; for checks. */
  public static H2Target memory(Vertx vertx, String name) {
    return new H2Target(vertx, at("jdbc:h2:mem:" + name), MODE + OPTIONS, 1, null, "");
  }

  private static Address at(String url) {
    return new Address() {
      @Override
      public String find(boolean isForReading) {
        return url.substring(URL_BEGIN.length());
      }

      @Override
      public boolean isThere() {
        return true;
      }
    };
  }

  /** The URL of a database in the file with this absolute path, without suffix. */
  public static String fileUrl(String absolutePath) {
    return "jdbc:h2:file:" + absolutePath + MODE;
  }

  @Override
  public SqlDialect dialect() {
    return dialect;
  }

  @Override
  public void open() throws ExportFailedException {
    String url = url(false);
    Pool opened = pool(url, 1, 1);
    writers = opened;
    writer = Waiting.on(opened.getConnection(), dialect);
    writing = JdbcWriting.open(url, USER, dialect);
    readers = pool(url(true), readersMax, WAITING_READERS_MAX);
  }

  private String url(boolean isForReading) throws ExportFailedException {
    try {
      String found = address.find(isForReading);
      boolean isElsewhere = found.startsWith("tcp:");
      return URL_BEGIN + found + options + (isForReading && isElsewhere ? READING : "");
    } catch (IOException e) {
      throw new ExportFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Pool pool(String url, int connections, int waiting) {
    JDBCConnectOptions options =
        new JDBCConnectOptions()
            .setJdbcUrl(url)
            .setUser(USER)
            .setPassword("")
            // Nothing here is generated, and asking for it makes H2 collect every row.
            .setAutoGeneratedKeys(false);
    PoolOptions pool = new PoolOptions().setMaxSize(connections).setMaxWaitQueueSize(waiting);
    return JDBCPool.pool(vertx, options, pool);
  }

  @Override
  public SqlWriting writing() {
    return Check.present(writing, "connection that writes the read model");
  }

  @Override
  public SqlConnection writer() {
    return Check.present(writer, "connection to the read model");
  }

  @Override
  public @Nullable Pool readers() {
    return readers;
  }

  // An open file that somebody deletes goes on to work until the process ends, and is then gone.
  @Override
  public void check() throws ExportFailedException {
    if (disk == null) {
      return;
    }
    if (!address.isThere()) {
      throw new ExportFailedException("the process of its database has ended");
    }
    try {
      if (!disk.exists(filePrefix + "mv.db")) {
        throw new TargetLostException("the file " + filePrefix + "mv.db has disappeared");
      }
    } catch (IOException e) {
      throw new ExportFailedException("cannot look for the read model: " + e.getMessage(), e);
    }
  }

  /**
   * Removes the files. The database is shut down before, since a reader's connection may keep it
   * open: a new one under the same name would then be the old one.
   */
  @Override
  public void discard() throws ExportFailedException {
    String url = url(false) + ";IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url, USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      // Not open and not to be opened: that is as good.
    }
    Disk files = disk;
    if (files == null) {
      return;
    }
    try {
      for (String name : files.list(filePrefix.substring(0, filePrefix.lastIndexOf('/')))) {
        if (name.startsWith(filePrefix)) {
          files.delete(name);
        }
      }
    } catch (IOException e) {
      throw new ExportFailedException("cannot remove the read model: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    closeNow(readers);
    readers = null;
    JdbcWriting wrote = writing;
    writing = null;
    if (wrote != null) {
      try {
        wrote.close();
      } catch (SQLException e) {
        closedBadly(e);
      }
    }
    SqlConnection open = writer;
    writer = null;
    if (open != null) {
      waitQuietly(open.close());
    }
    closeNow(writers);
    writers = null;
  }

  private void closeNow(@Nullable Pool pool) {
    if (pool != null) {
      waitQuietly(pool.close());
    }
  }

  // What fails to close was broken before; the failure that led here has been told.
  private void waitQuietly(io.vertx.core.Future<Void> closing) {
    try {
      Waiting.on(closing.otherwiseEmpty(), dialect);
    } catch (ExportFailedException e) {
      closedBadly(e);
    }
  }

  private static void closedBadly(Exception cause) {
    System.getLogger(H2Target.class.getName())
        .log(System.Logger.Level.DEBUG, "a connection to the read model did not close", cause);
  }
}
