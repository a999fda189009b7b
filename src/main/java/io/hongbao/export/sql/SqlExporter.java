// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.EventCursor;
import io.hongbao.export.ExportFailedException;
import io.hongbao.export.ExportPosition;
import io.hongbao.export.Exporter;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.RowBatch;
import io.hongbao.export.StatementTable;
import io.hongbao.export.Table;
import io.hongbao.export.TargetLostException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a SQL database equal to what the journal says.
 *
 * <p><b>Thread:</b> the export loop's.
 *
 * <p><b>Invariant:</b> rows and position change in one transaction, and every row is an upsert
 * whose columns only grow: a batch that is written twice changes nothing the second time.
 *
 * <p><b>Failure:</b> a database of another data directory, of another shape or with damage is a
 * {@link TargetLostException}; it is rebuilt, since nothing here is the truth.
 */
public final class SqlExporter implements Exporter {

  private final SqlTarget target;
  private final UUID directoryId;
  private final int partitionCount;
  private final Int2ObjectHashMap<FamilyExports> families = new Int2ObjectHashMap<>();
  private final List<Table> tables = new ArrayList<>();
  private final String layout;
  private final RowWriter writer;
  private final EventCursor events = new EventCursor();
  private final RowBatch rows = new RowBatch();
  private final RowBatch positionRows = new RowBatch();
  private final long[] storedSequences;

  public SqlExporter(
      SqlTarget target, UUID directoryId, int partitionCount, List<FamilyExports> families) {
    this.target = target;
    this.directoryId = directoryId;
    this.partitionCount = partitionCount;
    this.storedSequences = new long[partitionCount];
    this.writer = new RowWriter(target.dialect());
    tables.add(StatementTable.TABLE);
    for (FamilyExports family : families) {
      this.families.put(family.codec().schemaId(), family);
      tables.addAll(family.tables());
    }
    this.layout = layout(target.dialect(), tables);
  }

  /** Tables that hold what the journal says; the positions' own are not among them. */
  public List<Table> tables() {
    return List.copyOf(tables);
  }

  private static String layout(SqlDialect dialect, List<Table> tables) {
    CRC32C sum = new CRC32C();
    for (Table table : tables) {
      sum.update(dialect.createTable(table).getBytes(StandardCharsets.UTF_8));
    }
    return Long.toHexString(sum.getValue());
  }

  @Override
  public ExportPosition open(long durableLogPosition) throws ExportFailedException {
    target.open();
    rows.clear();
    execute(target.dialect().createTable(PositionTables.LOG));
    execute(target.dialect().createTable(PositionTables.PARTITIONS));
    ExportPosition stored = storedPosition();
    if (stored == null) {
      stored = new ExportPosition(partitionCount, 0, durableLogPosition);
      for (Table table : tables) {
        execute(target.dialect().createTable(table));
      }
      Arrays.fill(storedSequences, 0);
      commit(stored);
    }
    for (int partition = 0; partition < partitionCount; partition++) {
      storedSequences[partition] = stored.sequence(partition);
    }
    return stored;
  }

  private @Nullable ExportPosition storedPosition() throws ExportFailedException {
    RowSet<Row> head =
        query(
            "SELECT directory_id, layout, partition_count, log_position,"
                + " complete_from_log_position FROM export_position WHERE id = 1");
    if (head.size() == 0) {
      return null;
    }
    Row row = head.iterator().next();
    if (!row.getString(0).equals(directoryId.toString()) || row.getInteger(2) != partitionCount) {
      throw new TargetLostException("the read model belongs to another data directory");
    }
    if (!row.getString(1).equals(layout)) {
      throw new TargetLostException("the read model was written by another version");
    }
    ExportPosition position = new ExportPosition(partitionCount, row.getLong(3), row.getLong(4));
    for (Row one : query("SELECT partition_id, sequence, time_ms FROM export_partition")) {
      position.restore(one.getInteger(0), one.getLong(1), one.getLong(2));
    }
    return position;
  }

  @Override
  public void add(JournalReader record) throws ExportFailedException {
    events.wrap(record.buffer(), record.offset(), record.lengthBytes());
    while (events.next()) {
      FamilyExports family = families.get(events.schemaId());
      if (family != null && family.wants(events.templateId())) {
        family.export(
            family.codec().decode(events.buffer(), events.offset(), events.lengthBytes()),
            new RecordStamp(record.partition(), record.sequence(), record.timeMs(), events.index()),
            rows);
      }
    }
  }

  @Override
  public int pendingRows() {
    return rows.rowCount();
  }

  @Override
  public void commit(ExportPosition position) throws ExportFailedException {
    describe(position);
    SqlConnection connection = target.writer();
    Transaction transaction = on(connection.begin());
    writer.write(connection, rows);
    writer.write(connection, positionRows);
    on(transaction.commit());
    String afterCommit = target.dialect().afterCommit();
    if (afterCommit != null) {
      execute(afterCommit);
    }
    rows.clear();
    for (int partition = 0; partition < partitionCount; partition++) {
      storedSequences[partition] = position.sequence(partition);
    }
  }

  private void describe(ExportPosition position) {
    positionRows.clear();
    positionRows
        .row(PositionTables.LOG, PositionTables.ONLY)
        .set(PositionTables.PARTITION_COUNT, partitionCount)
        .set(PositionTables.COMPLETE_FROM, position.completeFromLogPosition())
        .set(PositionTables.LOG_POSITION, position.logPosition())
        .set(PositionTables.DIRECTORY_ID, directoryId.toString())
        .set(PositionTables.LAYOUT, layout);
    for (int partition = 0; partition < partitionCount; partition++) {
      if (position.sequence(partition) != storedSequences[partition]) {
        positionRows
            .row(PositionTables.PARTITIONS, partition)
            .set(PositionTables.SEQUENCE, position.sequence(partition))
            .set(PositionTables.TIME_MS, position.timeMs(partition));
      }
    }
  }

  @Override
  public void check() throws ExportFailedException {
    target.check();
  }

  @Override
  public void discard() throws ExportFailedException {
    target.discard();
  }

  @Override
  public void close() {
    rows.clear();
    target.close();
  }

  private void execute(String sql) throws ExportFailedException {
    on(target.writer().query(sql).execute());
  }

  private RowSet<Row> query(String sql) throws ExportFailedException {
    return on(target.writer().query(sql).execute());
  }

  private <T> T on(Future<T> future) throws ExportFailedException {
    return Waiting.on(future, target.dialect());
  }
}
