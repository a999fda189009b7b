// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.HistoryUnavailableException;
import io.hongbao.live.LogEntry;
import io.hongbao.live.Moderation;
import io.hongbao.live.RoomBook;
import io.hongbao.live.RoomChange;
import io.hongbao.live.RoomHistory;
import io.hongbao.live.RoomLogs;
import io.hongbao.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The rooms' database: keeps what is appended, keeps what moderators decide, answers for the past.
 *
 * <p><b>Thread:</b> any; writing and reading happen on threads of its own.
 *
 * <p><b>Failure:</b> while nothing can be written, entries wait, up to {@code room.unsaved_max};
 * then {@link #hasRoom} says no and chat is refused. At half of that {@link #hasRoomForMoney} says
 * no: money events wait in the journal. Recalls are taken beyond: they are few.
 */
public final class RoomStore implements RoomBook, RoomHistory, RoomLogs.AllFollower {

  private static final Logger LOG = System.getLogger(RoomStore.class.getName());

  private static final int READERS = 2;
  private static final int READS_WAITING_MAX = 256;
  private static final String USER = "sa";

  // See H2Target for the options; a small cache, since history is read rarely.
  private static final String OPTIONS =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0"
          + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE=8192";

  private final String url;
  private final Connection keeper;
  private final StoreWriter writer;
  private final ThreadPoolExecutor readers;

  // There is one store in a process, and its readers end with it.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Connection> connections = new ThreadLocal<>();

  private final long epoch;

  private RoomStore(
      String url,
      Connection keeper,
      MoneyBlocks money,
      long epoch,
      long flushMs,
      int unsavedMax,
      TimeSource time) {
    this.url = url;
    this.keeper = keeper;
    this.epoch = epoch;
    this.writer = new StoreWriter(keeper, money, flushMs, unsavedMax, time);
    AtomicInteger number = new AtomicInteger();
    this.readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(READS_WAITING_MAX),
            task -> {
              Thread made = new Thread(task, "hongbao-room-reads-" + number.getAndIncrement());
              made.setDaemon(true);
              return made;
            });
  }

  /** The address of a database in the file with this absolute path, without suffix. */
  public static String fileUrl(String absolutePath) {
    return "jdbc:h2:file:" + absolutePath + OPTIONS;
  }

  /** The address of a database in memory that ends with its last connection. */
  public static String memoryUrl(String name) {
    return "jdbc:h2:mem:" + name + OPTIONS;
  }

  /**
   * Opens the database, makes what is not there, and begins a new epoch.
   *
   * @param flushMs an entry is durable that long after it was appended, or nothing more is said
   */
  public static RoomStore open(String url, long flushMs, int unsavedMax, TimeSource time)
      throws SQLException {
    Connection keeper = DriverManager.getConnection(url, USER, "");
    try {
      RoomTables.make(keeper);
      long epoch = Math.max(time.nowMs(), StoreReads.newestEpoch(keeper) + 1);
      try (Statement statement = keeper.createStatement()) {
        statement.execute("INSERT INTO room_epoch VALUES (" + epoch + ")");
        statement.execute("CHECKPOINT SYNC");
      }
      keeper.setAutoCommit(false);
      StoreWriter.warm(keeper);
      MoneyBlocks money = MoneyBlocks.open(keeper);
      RoomStore store = new RoomStore(url, keeper, money, epoch, flushMs, unsavedMax, time);
      store.writer.start();
      return store;
    } catch (SQLException e) {
      keeper.close();
      throw e;
    }
  }

  /** Larger than that of every start before. */
  public long epoch() {
    return epoch;
  }

  public StoreMeters meters() {
    return writer.meters();
  }

  /** What moderators decided, by room; before the first change. */
  public Map<Long, Moderation> moderations(long nowMs) throws SQLException {
    synchronized (keeper) {
      return StoreReads.moderations(keeper, nowMs);
    }
  }

  /** The words of the filter; before the first change. */
  public List<String> words() throws SQLException {
    synchronized (keeper) {
      return StoreReads.words(keeper);
    }
  }

  @Override
  public void entries(long roomId, List<LogEntry> batch) {
    writer.add(roomId, batch);
  }

  @Override
  public CompletableFuture<Void> save(RoomChange change) {
    return writer.save(change);
  }

  @Override
  public boolean hasRoom() {
    return writer.hasRoom();
  }

  @Override
  public boolean hasRoomForMoney() {
    return writer.hasRoomForMoney();
  }

  @Override
  public boolean isInTime() {
    return writer.isInTime();
  }

  /** Deletes what was appended before. */
  public void deleteBefore(long atMs) {
    writer.deleteBefore(atMs);
  }

  @Override
  public CompletableFuture<List<LogEntry>> after(
      long roomId, long ofEpoch, long afterSequence, int limit) {
    return read(from -> StoreReads.after(from, roomId, ofEpoch, afterSequence, limit));
  }

  @Override
  public CompletableFuture<List<LogEntry>> between(
      long roomId, long fromMs, long toMs, @Nullable Place after, int limit) {
    Place behind = after == null ? new Place(fromMs - 1, 0, 0) : after;
    return read(from -> StoreReads.between(from, roomId, fromMs, toMs, behind, limit));
  }

  @Override
  public CompletableFuture<List<LogEntry>> newestChat(long roomId, int limit) {
    return read(from -> StoreReads.newestChat(from, roomId, limit));
  }

  private interface Read {
    List<LogEntry> from(Connection connection) throws SQLException;
  }

  private CompletableFuture<List<LogEntry>> read(Read query) {
    CompletableFuture<List<LogEntry>> answer = new CompletableFuture<>();
    try {
      readers.execute(() -> answerWith(query, answer));
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(
          new HistoryUnavailableException("too many readers of history wait", full));
    }
    return answer;
  }

  private void answerWith(Read query, CompletableFuture<List<LogEntry>> answer) {
    try {
      answer.complete(query.from(connection()));
    } catch (SQLException | RuntimeException e) {
      forget();
      answer.completeExceptionally(new HistoryUnavailableException("history cannot be read", e));
    }
  }

  // The next read opens a new one.
  private void forget() {
    try (Connection broken = connections.get()) {
      connections.remove();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "closing a connection", e);
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connections.get();
    if (open == null || open.isClosed()) {
      open = DriverManager.getConnection(url, USER, "");
      connections.set(open);
    }
    return open;
  }

  /** Writes what waits and lets go of the database. */
  public void close(long deadlineMs) throws InterruptedException, SQLException {
    readers.shutdown();
    writer.stop(deadlineMs);
    if (!readers.awaitTermination(deadlineMs, TimeUnit.MILLISECONDS)) {
      readers.shutdownNow();
    }
    try (Connection last = DriverManager.getConnection(url, USER, "");
        Statement statement = last.createStatement()) {
      // All connections of this process at once, the readers' too.
      statement.execute("SHUTDOWN");
    }
  }
}
