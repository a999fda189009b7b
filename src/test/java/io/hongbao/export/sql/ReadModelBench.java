// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FileDisk;
import io.hongbao.export.ExportLimits;
import io.hongbao.export.ExportLoop;
import io.hongbao.export.ManualTime;
import io.hongbao.export.RecordSource;
import io.hongbao.export.Table;
import io.hongbao.export.redpacket.RedPacketExports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A read model on a real H2 file, stepped by hand. */
final class ReadModelBench implements AutoCloseable {

  static final UUID DIRECTORY_ID = new UUID(1, 2);
  static final String NAME = "readmodel/hongbao";

  final ManualTime time = new ManualTime();
  final H2Target target;
  final SqlExporter exporter;
  final ExportLoop loop;
  final ReadModel reads;

  private final RecordSource source;
  private final FileDisk disk;
  private final String url;

  ReadModelBench(Vertx vertx, Path directory, RecordSource source, int batchRows)
      throws IOException {
    this(vertx, directory, source, batchRows, DIRECTORY_ID);
  }

  ReadModelBench(Vertx vertx, Path directory, RecordSource source, int batchRows, UUID directoryId)
      throws IOException {
    this.source = source;
    this.disk = new FileDisk(directory);
    this.url = H2Target.fileUrl(directory.resolve(NAME).toAbsolutePath().toString());
    this.target = H2Target.file(vertx, disk, NAME, url, 4);
    this.exporter =
        new SqlExporter(
            target, directoryId, source.partitionCount(), List.of(new RedPacketExports()));
    this.loop =
        new ExportLoop(source, exporter, new ExportLimits(batchRows, 0, 0, 0, 0, 1, 1), time);
    this.reads = new ReadModel(vertx, target, loop.progress(), loop::suspect);
  }

  /** Steps until everything is exported; the number of attempts is bounded. */
  ReadModelBench drain() {
    for (int i = 0; i < 100_000 && !(loop.isDrained() && isShown()); i++) {
      loop.step();
      time.advanceMs(1);
    }
    assertTrue(loop.isDrained(), () -> "not drained: " + loop.status());
    return this;
  }

  private boolean isShown() {
    return loop.status().lagRecords() == 0 && source.durableLogPosition() >= 0;
  }

  /** All rows of all tables but the positions', in key order. */
  List<String> dump() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      for (Table table : exporter.tables()) {
        String keys = SqlDialect.names(table.keyColumns());
        try (ResultSet all =
            statement.executeQuery("SELECT * FROM " + table.name() + " ORDER BY " + keys)) {
          while (all.next()) {
            StringBuilder row = new StringBuilder(table.name());
            for (int i = 1; i <= table.columns().size(); i++) {
              row.append('|').append(all.getString(i));
            }
            rows.add(row.toString());
          }
        }
      }
    }
    return rows;
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    loop.finish();
    disk.close();
  }
}
