// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomHistory.Place;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Money events of rooms: those of a room that are written together are one row.
 *
 * <p>A storm of opens is thousands of them a second; as rows of their own, with their indexes, they
 * took as much processor time as the opens themselves.
 *
 * <p><b>Invariant:</b> {@code repeated} marks events that an earlier epoch has, since each start
 * puts the newest events into its log again. They count in their epoch's sequence and are left out
 * of the history by time.
 *
 * <p><b>Thread:</b> {@link #batch} the writer's; reading any that may block.
 */
final class MoneyBlocks {

  /** More than stand in what a start reads again of the journal. */
  private static final int KNOWN_MAX = 200_000;

  /** Blocks that are read at a time. */
  private static final int PAGE = 16;

  private static final String INSERT =
      "INSERT IGNORE INTO room_money"
          + " (room_id, epoch, last_sequence, first_ms, last_ms, repeated, entries)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String SELECT =
      "SELECT epoch, last_sequence, last_ms, entries FROM room_money WHERE room_id = ? AND ";

  static final String AFTER =
      SELECT
          + "epoch = ? AND last_sequence > ? ORDER BY room_id, epoch, last_sequence LIMIT "
          + PAGE;

  static final String BETWEEN =
      SELECT
          + "last_ms >= ? AND first_ms < ? AND NOT repeated"
          + " AND (last_ms, epoch, last_sequence) > (?, ?, ?)"
          + " ORDER BY room_id, last_ms, epoch, last_sequence LIMIT "
          + PAGE;

  /** Buffers that are kept for the next blocks: rooms where a batch has much to write are few. */
  private static final int SPARE_MAX = 16;

  private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
  private Set<String> known;

  private MoneyBlocks(Set<String> known) {
    this.known = known;
  }

  /** Knows the newest events of earlier starts. */
  static MoneyBlocks open(Connection connection) throws SQLException {
    Set<String> known = new HashSet<>();
    try (PreparedStatement newest =
        connection.prepareStatement(
            "SELECT epoch, entries FROM room_money ORDER BY last_ms DESC LIMIT ? OFFSET ?")) {
      int found = PAGE;
      for (int from = 0; found == PAGE && known.size() < KNOWN_MAX; from += PAGE) {
        newest.setInt(1, PAGE);
        newest.setInt(2, from);
        found = 0;
        try (ResultSet rows = newest.executeQuery()) {
          for (; rows.next(); found++) {
            for (LogEntry entry : entries(rows)) {
              known.add(((MoneyEvent) entry.entry()).eventId());
            }
          }
        }
      }
    }
    return new MoneyBlocks(known);
  }

  /** Whatever was to be read again has been. */
  void forgetKnown() {
    known = Set.of();
  }

  // A room where little happens does not need a large buffer.
  private ByteBuffer buffer() {
    ByteBuffer kept = spare.poll();
    return kept == null ? ByteBuffer.allocate(MoneyBlock.BYTES_SMALL) : kept;
  }

  private void keep(ByteBuffer buffer) {
    boolean isUseful = buffer.capacity() > MoneyBlock.BYTES_SMALL;
    if (isUseful && buffer.capacity() <= MoneyBlock.BYTES_KEPT_MAX && spare.size() < SPARE_MAX) {
      spare.push(buffer);
    }
  }

  private record Key(long roomId, long epoch, boolean isRepeated) {}

  /** Events of one batch, in the order of their sequences. */
  final class Batch implements AutoCloseable {
    private final PreparedStatement insert;
    private final Map<Key, MoneyBlock> blocks = new LinkedHashMap<>();
    private final List<String> repeats = new ArrayList<>();

    private Batch(PreparedStatement insert) {
      this.insert = insert;
    }

    void add(long roomId, LogEntry logged, MoneyEvent event) throws SQLException {
      boolean isRepeated = !known.isEmpty() && known.contains(event.eventId());
      if (isRepeated) {
        repeats.add(event.eventId());
      }
      Key key = new Key(roomId, logged.epoch(), isRepeated);
      MoneyBlock block = blocks.computeIfAbsent(key, ignored -> new MoneyBlock(buffer()));
      block.add(logged, event);
      if (block.isFull()) {
        bind(key, block);
        blocks.remove(key);
      }
    }

    void write() throws SQLException {
      for (Map.Entry<Key, MoneyBlock> left : blocks.entrySet()) {
        bind(left.getKey(), left.getValue());
      }
      insert.executeBatch();
    }

    /** An event comes once in an epoch; what was met need not be known any longer. */
    void committed() {
      repeats.forEach(known::remove);
    }

    private void bind(Key key, MoneyBlock block) throws SQLException {
      insert.setLong(1, key.roomId());
      insert.setLong(2, key.epoch());
      insert.setLong(3, block.lastSequence());
      insert.setLong(4, block.firstMs());
      insert.setLong(5, block.lastMs());
      insert.setBoolean(6, key.isRepeated());
      insert.setBytes(7, block.toBytes());
      insert.addBatch();
      keep(block.buffer());
    }

    @Override
    public void close() throws SQLException {
      insert.close();
    }
  }

  Batch batch(Connection connection) throws SQLException {
    return new Batch(connection.prepareStatement(INSERT));
  }

  private static List<LogEntry> entries(ResultSet row) throws SQLException {
    return MoneyBlock.read(row.getLong("epoch"), row.getBytes("entries"));
  }

  /** Of one epoch behind a sequence, oldest first. */
  static List<LogEntry> after(
      Connection from, long roomId, long epoch, long afterSequence, int limit) throws SQLException {
    List<LogEntry> found = new ArrayList<>();
    try (PreparedStatement select = from.prepareStatement(AFTER)) {
      long behind = afterSequence;
      int blocks = PAGE;
      while (blocks == PAGE && found.size() < limit) {
        select.setLong(1, roomId);
        select.setLong(2, epoch);
        select.setLong(3, behind);
        blocks = 0;
        try (ResultSet rows = select.executeQuery()) {
          for (; rows.next(); blocks++) {
            behind = rows.getLong("last_sequence");
            entries(rows).stream()
                .filter(entry -> entry.sequence() > afterSequence)
                .forEach(found::add);
          }
        }
      }
    }
    return found;
  }

  /** Of all epochs by time, without repeats. */
  static List<LogEntry> between(
      Connection from, long roomId, long fromMs, long toMs, Place after, int limit)
      throws SQLException {
    List<LogEntry> found = new ArrayList<>();
    try (PreparedStatement select = from.prepareStatement(BETWEEN)) {
      Place behind = after;
      int blocks = PAGE;
      while (blocks == PAGE && found.size() < limit) {
        select.setLong(1, roomId);
        select.setLong(2, Math.max(fromMs, behind.atMs()));
        select.setLong(3, toMs);
        select.setLong(4, behind.atMs());
        select.setLong(5, behind.epoch());
        select.setLong(6, behind.sequence());
        blocks = 0;
        try (ResultSet rows = select.executeQuery()) {
          for (; rows.next(); blocks++) {
            behind =
                new Place(
                    rows.getLong("last_ms"), rows.getLong("epoch"), rows.getLong("last_sequence"));
            entries(rows).stream()
                .filter(entry -> entry.atMs() >= fromMs && entry.atMs() < toMs)
                .filter(entry -> StoreReads.isBehind(entry, after))
                .forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
