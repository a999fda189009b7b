// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportFailedException;
import io.hongbao.export.ExportPosition;
import io.hongbao.export.RowBatch;
import io.hongbao.export.Table;
import io.hongbao.export.TargetLostException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a database tells which journal it was written from, by which version, and how far.
 *
 * <p><b>Thread:</b> one that may be blocked.
 */
final class StoredPosition {

  private final SqlDialect dialect;
  private final UUID directoryId;
  private final int partitionCount;
  private final String layout;

  StoredPosition(SqlDialect dialect, UUID directoryId, int partitionCount, List<Table> tables) {
    this.dialect = dialect;
    this.directoryId = directoryId;
    this.partitionCount = partitionCount;
    CRC32C sum = new CRC32C();
    for (Table table : tables) {
      sum.update(dialect.createTable(table).getBytes(StandardCharsets.UTF_8));
    }
    this.layout = Long.toHexString(sum.getValue());
  }

  /**
   * Reads the position; null when none was ever stored.
   *
   * @throws TargetLostException if the rows are not of this directory, shape and version
   */
  @Nullable ExportPosition read(SqlConnection connection) throws ExportFailedException {
    RowSet<Row> head =
        query(
            connection,
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
    for (Row one :
        query(connection, "SELECT partition_id, sequence, time_ms FROM export_partition")) {
      position.restore(one.getInteger(0), one.getLong(1), one.getLong(2));
    }
    return position;
  }

  private RowSet<Row> query(SqlConnection connection, String sql) throws ExportFailedException {
    return Waiting.on(connection.query(sql).execute(), dialect);
  }

  /** Adds the row that says all but the partitions' sequences. */
  void describe(ExportPosition position, RowBatch rows) {
    rows.row(PositionTables.LOG, PositionTables.ONLY)
        .set(PositionTables.PARTITION_COUNT, partitionCount)
        .set(PositionTables.COMPLETE_FROM, position.completeFromLogPosition())
        .set(PositionTables.LOG_POSITION, position.logPosition())
        .set(PositionTables.DIRECTORY_ID, directoryId.toString())
        .set(PositionTables.LAYOUT, layout);
  }
}
