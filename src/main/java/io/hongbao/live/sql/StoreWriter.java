// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomChange;
import io.hongbao.live.RoomChange.Recalled;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Recall;
import io.hongbao.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes entries in batches and decisions at once.
 *
 * <p>Each batch is forced to the disk, one of money events alone as well: those come from the
 * journal again, but a power cut that tears the pages they are written with tears those of bans and
 * words beside them, and these stand nowhere else.
 *
 * <p>What is added waits two fifths of {@code room.flush_ms} for company, in a storm as well: each
 * batch costs the disk a flush that the journal waits for too. The rest is left for writing and
 * forcing.
 *
 * <p><b>Thread:</b> any adds; the rest is the thread's own.
 *
 * <p><b>Failure:</b> a batch that fails stays and is tried again every second, with what came
 * meanwhile; a decision that fails is told so.
 */
final class StoreWriter {

  private static final Logger LOG = System.getLogger(StoreWriter.class.getName());

  private static final String INSERT =
      "INSERT IGNORE INTO room_entry ("
          + EntryRow.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int BATCH_MAX = 5_000;
  private static final int DELETE_MAX = 10_000;

  /** By then a start has long read what it reads again of the journal. */
  private static final long REPEATS_NANOS = 600_000_000_000L;

  private static final long RETRY_NANOS = 1_000_000_000;
  private static final long NANOS_PER_MS = 1_000_000;

  /** The part of the time that entries wait for company, in hundredths. */
  private static final int COMPANY_PERCENT = 40;

  /** A disk that stands for so many times {@code room.flush_ms} takes no chat any more. */
  private static final int STALL_FACTOR = 10;

  /** Money events may take this part of {@code room.unsaved_max}; the rest is left for chat. */
  private static final int MONEY_DIVISOR = 2;

  private record Item(long roomId, LogEntry entry) {}

  private record Decision(RoomChange change, CompletableFuture<Void> kept) {}

  private final Connection connection;
  private final long flushMs;
  private final int unsavedMax;
  private final TimeSource time;
  private final MoneyBlocks money;
  private final StoreMeters meters = new StoreMeters();
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final Queue<Decision> decisions = new ConcurrentLinkedQueue<>();
  private final List<Item> batch = new ArrayList<>();
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  // When the oldest entry was appended that left the queue and is not durable; 0 when there is
  // none.
  private volatile long batchMs;
  private volatile long deleteBeforeMs;
  private volatile boolean isStopping;
  private boolean hasFailed;
  // A batch that is committed and not forced is not written again: with more entries behind it the
  // events of a room would be divided into rows at other places.
  private boolean isCommitted;
  private final long repeatsEndNanos;

  StoreWriter(
      Connection connection, MoneyBlocks money, long flushMs, int unsavedMax, TimeSource time) {
    this.money = money;
    this.connection = connection;
    this.flushMs = flushMs;
    this.unsavedMax = unsavedMax;
    this.time = time;
    this.repeatsEndNanos = time.nanos() + REPEATS_NANOS;
    this.thread = new Thread(this::run, "hongbao-room-store");
    thread.setDaemon(true);
  }

  /** Writes once and takes it back, so that the first words do not wait for classes to load. */
  static void warm(Connection connection) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      EntryRow.of(0, new LogEntry(0, 0, 0, new Notice("", ""))).bind(insert);
      insert.addBatch();
      insert.executeBatch();
    }
    connection.rollback();
  }

  void start() {
    thread.start();
  }

  StoreMeters meters() {
    return meters;
  }

  boolean hasRoom() {
    return meters.unsaved() < unsavedMax && ageMs() < STALL_FACTOR * flushMs;
  }

  boolean hasRoomForMoney() {
    return meters.unsaved() < unsavedMax / MONEY_DIVISOR;
  }

  boolean isInTime() {
    return ageMs() < flushMs;
  }

  // How long ago the oldest entry was appended that is not durable. The queue is looked at first:
  // what leaves it meanwhile is in the batch already.
  private long ageMs() {
    Item next = items.peek();
    long inBatchMs = batchMs;
    long oldestMs = inBatchMs != 0 ? inBatchMs : next == null ? 0 : next.entry().atMs();
    return oldestMs == 0 ? 0 : time.nowMs() - oldestMs;
  }

  void add(long roomId, List<LogEntry> entries) {
    boolean wasEmpty = items.isEmpty();
    for (LogEntry entry : entries) {
      items.add(new Item(roomId, entry));
    }
    meters.added(entries.size());
    if (wasEmpty) {
      LockSupport.unpark(thread);
    }
  }

  CompletableFuture<Void> save(RoomChange change) {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    decisions.add(new Decision(change, kept));
    LockSupport.unpark(thread);
    return kept;
  }

  void deleteBefore(long atMs) {
    deleteBeforeMs = atMs;
    LockSupport.unpark(thread);
  }

  void stop(long deadlineMs) throws InterruptedException {
    isStopping = true;
    LockSupport.unpark(thread);
    if (!ended.await(deadlineMs, TimeUnit.MILLISECONDS)) {
      LOG.log(Level.WARNING, "what was said last in rooms was not written in time");
    }
  }

  private void run() {
    while (!isStopping) {
      try {
        await();
        writeAll();
        hasFailed = false;
      } catch (SQLException | RuntimeException e) {
        failed(e);
      }
    }
    try {
      do {
        writeAll();
      } while (!items.isEmpty());
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "what was said last in rooms could not be written", e);
    } finally {
      ended.countDown();
    }
  }

  private void failed(Exception cause) {
    meters.countFailure();
    // Once per trouble: it is tried every second.
    Level level = hasFailed ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "what is said in rooms cannot be written; trying again", cause);
    hasFailed = true;
    rollBack();
    LockSupport.parkNanos(this, RETRY_NANOS);
  }

  // Else half of a change would be committed with whatever comes next.
  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "rolling back", e);
    }
  }

  private void await() {
    while (!isStopping && decisions.isEmpty() && deleteBeforeMs == 0) {
      if (!items.isEmpty() || !batch.isEmpty()) {
        waitForCompany();
        return;
      }
      LockSupport.park(this);
    }
  }

  private void waitForCompany() {
    long leftNanos = flushMs * NANOS_PER_MS * COMPANY_PERCENT / 100;
    long untilNanos = time.nanos() + leftNanos;
    while (leftNanos > 0 && !isStopping && decisions.isEmpty()) {
      LockSupport.parkNanos(this, leftNanos);
      leftNanos = untilNanos - time.nanos();
    }
  }

  private void writeAll() throws SQLException {
    synchronized (connection) {
      writeDecisions();
      writeItems();
      delete();
      if (time.nanos() - repeatsEndNanos > 0) {
        money.forgetKnown();
      }
    }
  }

  private void writeDecisions() {
    for (Decision next = decisions.poll(); next != null; next = decisions.poll()) {
      try {
        if (next.change() instanceof Recalled) {
          // What it takes the text of may still be on its way.
          writeItems();
        }
        ChangeWriter.write(connection, next.change());
        connection.commit();
        sync();
        next.kept().complete(null);
      } catch (SQLException | RuntimeException e) {
        meters.countFailure();
        rollBack();
        next.kept().completeExceptionally(e);
      }
    }
  }

  // What comes meanwhile has its own time to wait, but for what a full batch left behind.
  private void writeItems() throws SQLException {
    boolean isFull = true;
    while (isFull && (!items.isEmpty() || !batch.isEmpty())) {
      isFull = writeBatch() == BATCH_MAX;
    }
  }

  private int writeBatch() throws SQLException {
    if (!isCommitted) {
      commitBatch();
      isCommitted = true;
    }
    sync();
    isCommitted = false;
    long delayMs = time.nowMs() - batch.get(0).entry().atMs();
    int count = batch.size();
    batch.clear();
    // Before it is counted: who sees the count also sees that nothing waits.
    batchMs = 0;
    meters.written(count, delayMs, delayMs > flushMs);
    return count;
  }

  private void commitBatch() throws SQLException {
    while (batch.size() < BATCH_MAX) {
      Item next = items.peek();
      if (next == null) {
        break;
      }
      if (batch.isEmpty()) {
        batchMs = next.entry().atMs();
      }
      batch.add(next);
      items.remove();
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        MoneyBlocks.Batch blocks = money.batch(connection)) {
      for (Item item : batch) {
        if (item.entry().entry() instanceof MoneyEvent event) {
          blocks.add(item.roomId(), item.entry(), event);
        } else {
          EntryRow.of(item.roomId(), item.entry()).bind(insert);
          insert.addBatch();
        }
      }
      insert.executeBatch();
      blocks.write();
      blank();
      connection.commit();
      blocks.committed();
    }
  }

  private void blank() throws SQLException {
    for (Item item : batch) {
      if (item.entry().entry() instanceof Recall recall) {
        blank(item.roomId(), recall);
      }
    }
  }

  private void blank(long roomId, Recall recall) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE room_entry SET text = '' WHERE room_id = ? AND epoch = ? AND sequence = ?")) {
      update.setLong(1, roomId);
      update.setLong(2, recall.ofEpoch());
      update.setLong(3, recall.sequence());
      update.executeUpdate();
    }
  }

  // A commit alone writes to the file; the checkpoint forces it to the disk.
  private void sync() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  // A part at a time, so that entries do not wait for it.
  private void delete() throws SQLException {
    long beforeMs = deleteBeforeMs;
    if (beforeMs == 0) {
      return;
    }
    int deleted = delete("DELETE FROM room_entry WHERE at_ms < ? LIMIT ?", beforeMs);
    int blocks = delete("DELETE FROM room_money WHERE last_ms < ? LIMIT ?", beforeMs);
    if (deleted < DELETE_MAX && blocks < DELETE_MAX) {
      deleteBeforeMs = 0;
    }
    if (deleted + blocks > 0) {
      connection.commit();
    }
  }

  private int delete(String sql, long beforeMs) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, beforeMs);
      statement.setInt(2, DELETE_MAX);
      return statement.executeUpdate();
    }
  }
}
