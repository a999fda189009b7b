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
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Keeps a SQL database equal to what the journal says.
 *
 * <p><b>Thread:</b> the export loop's.
 *
 * <p><b>Invariant:</b> rows and position change in one transaction, and every row is an upsert
 * whose columns only grow: a batch that is written twice changes nothing the second time.
 *
 * <p><b>Failure:</b> a database of another data directory, of another shape or with damage is a
 * {@link io.hongbao.export.TargetLostException}; it is rebuilt, since nothing here is the truth.
 */
public final class SqlExporter implements Exporter {

  private final SqlTarget target;
  private final int partitionCount;
  private final Int2ObjectHashMap<FamilyExports> families = new Int2ObjectHashMap<>();
  private final List<Table> tables = new ArrayList<>();
  private final StoredPosition storedPosition;
  private final RowWriter writer;
  private final EventCursor events = new EventCursor();
  private final RowBatch rows = new RowBatch();
  private final RowBatch positionRows = new RowBatch();
  private final long[] storedSequences;

  public SqlExporter(
      SqlTarget target, UUID directoryId, int partitionCount, List<FamilyExports> families) {
    this.target = target;
    this.partitionCount = partitionCount;
    this.storedSequences = new long[partitionCount];
    this.writer = new RowWriter(target.dialect());
    tables.add(StatementTable.TABLE);
    for (FamilyExports family : families) {
      this.families.put(family.codec().schemaId(), family);
      tables.addAll(family.tables());
    }
    this.storedPosition = new StoredPosition(target.dialect(), directoryId, partitionCount, tables);
  }

  /** Tables that hold what the journal says; the positions' own are not among them. */
  public List<Table> tables() {
    return List.copyOf(tables);
  }

  @Override
  public ExportPosition open(long durableLogPosition) throws ExportFailedException {
    target.open();
    rows.clear();
    execute(target.dialect().createTable(PositionTables.LOG));
    execute(target.dialect().createTable(PositionTables.PARTITIONS));
    ExportPosition stored = storedPosition.read(target.writer());
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
    SqlWriting writing = target.writing();
    writer.write(writing, rows);
    writer.write(writing, positionRows);
    writing.commit();
    rows.clear();
    for (int partition = 0; partition < partitionCount; partition++) {
      storedSequences[partition] = position.sequence(partition);
    }
  }

  @Override
  public void sync() throws ExportFailedException {
    String statement = target.dialect().sync();
    if (statement != null) {
      target.writing().execute(statement, List.of());
    }
  }

  private void describe(ExportPosition position) {
    positionRows.clear();
    storedPosition.describe(position, positionRows);
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

  private <T> T on(Future<T> future) throws ExportFailedException {
    return Waiting.on(future, target.dialect());
  }
}
