// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.config.ExportSettings;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.FileDisk;
import io.hongbao.engine.journal.JournalInspector;
import io.hongbao.export.sql.H2Target;
import io.hongbao.export.sql.ReadModelCheck;
import io.hongbao.inspect.DirectoryCheck;
import io.hongbao.inspect.Findings;
import io.hongbao.process.DatabaseFile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Puts together what {@code hongbao verify} checks.
 *
 * <p><b>Thread:</b> the command's; blocks it.
 */
public final class DirectoryVerification {

  private static final String READ_MODEL = ExportSettings.READ_MODEL_DIRECTORY + "/hongbao";

  /** A server that was killed leaves the database's process behind for some milliseconds. */
  private static final long FREE_MS_MAX = 5_000;

  private DirectoryVerification() {}

  /** Checks the directory, which the caller holds locked. */
  public static Findings run(DataDirectory directory, Consumer<String> progress) throws Exception {
    try (FileDisk disk = new FileDisk(directory.path())) {
      UUID directoryId = DirectoryIds.uuid(directory.manifest());
      Findings findings =
          new DirectoryCheck(
                  disk,
                  directoryId,
                  DirectoryIds.shape(directory.manifest()),
                  FamilyWiring.offline(),
                  progress)
              .run();
      if (!disk.exists(READ_MODEL + DatabaseFile.SUFFIX)) {
        findings.fact("read model: none; the next start builds it");
      } else if (findings.isOk()) {
        progress.accept("comparing the read model with the journal");
        DatabaseFile.awaitFree(
            directory.path().resolve(READ_MODEL + DatabaseFile.SUFFIX), FREE_MS_MAX);
        checkReadModel(directory, disk, directoryId, findings);
      }
      return findings;
    }
  }

  private static void checkReadModel(
      DataDirectory directory, FileDisk disk, UUID directoryId, Findings findings)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      JournalInspector inspector = new JournalInspector(disk, directoryId);
      inspector.inspect();
      ReadModelCheck check =
          new ReadModelCheck(
              directoryId, directory.manifest().partitions(), ReadModelRuntime.families());
      check.run(
          H2Target.fileForReading(
              vertx,
              disk,
              READ_MODEL,
              H2Target.fileUrl(directory.path().resolve(READ_MODEL).toString())),
          H2Target.memory(vertx, "verify"),
          inspector.readFrom(0));
      check.facts().forEach(findings::fact);
      check.differences().forEach(findings::differs);
    } catch (IOException e) {
      findings.fact("read model: cannot be read (" + e.getMessage() + "); a start rebuilds it");
    } finally {
      Waiting.on(vertx.close());
    }
  }
}
