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
import io.hongbao.process.DatabaseProcess;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The read model of one process: follows the journal into SQL, answers lists from it.
 *
 * <p><b>Thread:</b> the starter's; the follower has one of its own.
 */
final class ReadModelRuntime {

  private static final Logger LOG = System.getLogger(ReadModelRuntime.class.getName());

  /** Lists are for people; more at once would only queue in the database. */
  private static final int READERS_MAX = 4;

  /** Of the process's heap; the rest is for rows that are being written and statements. */
  private static final int PAGES_PART = 4;

  private final ExportLoop loop;
  private final ExportThread thread;
  private final ReadModel readModel;
  private final @Nullable DatabaseProcess process;

  private ReadModelRuntime(
      ExportLoop loop,
      ExportThread thread,
      ReadModel readModel,
      @Nullable DatabaseProcess process) {
    this.process = process;
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
    ExportSettings settings = configuration.export();
    DatabaseProcess process =
        settings.hasProcess()
            ? new DatabaseProcess(
                directory.path().resolve(name).toAbsolutePath(),
                settings.processHeapBytes(),
                new SecureRandomness())
            : null;
    H2Target target =
        process == null
            ? H2Target.file(vertx, disk, name, settings.readModelUrl(), READERS_MAX)
            : served(vertx, disk, name, process, settings);
    SqlExporter exporter =
        new SqlExporter(target, DirectoryIds.uuid(directory.manifest()), partitions, families());
    ExportLoop loop =
        new ExportLoop(
            RecordSource.of(journal, partitions, journal::firstLogPosition),
            exporter,
            ExportLimits.DEFAULT.withBatchRows(settings.batchRows()),
            time);
    ReadModel readModel = new ReadModel(vertx, target, loop.progress(), loop::suspect);
    ExportThread thread = new ExportThread("hongbao-export", loop, time).start();
    return new ReadModelRuntime(loop, thread, readModel, process);
  }

  private static H2Target served(
      Vertx vertx, Disk disk, String name, DatabaseProcess process, ExportSettings settings) {
    H2Target.Address address =
        new H2Target.Address() {
          @Override
          public String find(boolean isForReading) throws IOException {
            return process.address(isForReading);
          }

          @Override
          public boolean isThere() {
            return process.isAlive();
          }
        };
    long pagesBytes = settings.processHeapBytes() / PAGES_PART;
    return H2Target.served(vertx, disk, name, address, pagesBytes, READERS_MAX);
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

  /** How often the database's process was started; 0 when it has none. */
  long processStarts() {
    return process == null ? 0 : process.starts();
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
    } finally {
      if (process != null) {
        process.close();
      }
    }
  }
}
