// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.ExportSettings;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.Disk;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.export.ExportLimits;
import io.hongbao.export.ExportLoop;
import io.hongbao.export.ExportProgress;
import io.hongbao.export.ExportStatus;
import io.hongbao.export.ExportThread;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.RecordSource;
import io.hongbao.export.account.AccountExports;
import io.hongbao.export.audit.AuditExports;
import io.hongbao.export.redpacket.RedPacketExports;
import io.hongbao.export.sql.H2Target;
import io.hongbao.export.sql.ReadModel;
import io.hongbao.export.sql.SqlExporter;
import io.hongbao.time.TimeSource;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The read model of one process: follows the journal into SQL, answers lists from it.
 *
 * <p><b>Thread:</b> the starter's; the follower has one of its own.
 */
final class ReadModelRuntime {

  private static final Logger LOG = System.getLogger(ReadModelRuntime.class.getName());

  /** Lists are for people; more at once would only queue in the database. */
  private static final int READERS_MAX = 4;

  private final ExportLoop loop;
  private final ExportThread thread;
  private final ReadModel readModel;

  private ReadModelRuntime(ExportLoop loop, ExportThread thread, ReadModel readModel) {
    this.loop = loop;
    this.thread = thread;
    this.readModel = readModel;
  }

  /** What every family contributes: a new one is a line here. */
  static List<FamilyExports> families() {
    return List.of(new AccountExports(), new RedPacketExports(), new AuditExports());
  }

  static ReadModelRuntime start(
      Vertx vertx,
      Configuration configuration,
      DataDirectory directory,
      Disk disk,
      LocalJournal journal,
      TimeSource time) {
    int partitions = directory.manifest().partitions();
    String name = ExportSettings.READ_MODEL_DIRECTORY + "/hongbao";
    H2Target target =
        H2Target.file(vertx, disk, name, configuration.export().readModelUrl(), READERS_MAX);
    SqlExporter exporter =
        new SqlExporter(target, DirectoryIds.uuid(directory.manifest()), partitions, families());
    ExportLoop loop =
        new ExportLoop(
            RecordSource.of(journal, partitions, journal::firstLogPosition),
            exporter,
            ExportLimits.DEFAULT.withBatchRows(configuration.export().batchRows()),
            time);
    ReadModel readModel = new ReadModel(vertx, target, loop.progress(), loop::suspect);
    ExportThread thread = new ExportThread("hongbao-export", loop, time).start();
    return new ReadModelRuntime(loop, thread, readModel);
  }

  ReadModel readModel() {
    return readModel;
  }

  ExportProgress progress() {
    return loop.progress();
  }

  ExportStatus status() {
    return loop.status();
  }

  /** Rows written since the start. */
  long rows() {
    return loop.meters().rows();
  }

  void wake() {
    thread.wake();
  }

  /**
   * Exports what is durable, as far as the deadline allows, and lets go of the database; one that
   * does not let go in time is left to itself, since the journal must still be closed.
   */
  void stop(long deadlineMs) throws Exception {
    try {
      thread.stop(deadlineMs).get(deadlineMs + 2_000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.log(
          Level.WARNING, "the read model was not closed in time; the next start looks after it");
    }
  }
}
