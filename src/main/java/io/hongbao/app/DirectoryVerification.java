// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.Disk;
import io.hongbao.disk.FileDisk;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.sql.H2Target;
import io.hongbao.export.sql.ReadModelCheck;
import io.hongbao.inspect.DirectoryCheck;
import io.hongbao.inspect.Findings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Consumer;

/** Puts together what {@code hongbao verify} checks. */
public final class DirectoryVerification {

  private DirectoryVerification() {}

  /** Checks the directory, which the caller holds locked. */
  public static Findings run(DataDirectory directory, Consumer<String> progress)
      throws IOException {
    try (FileDisk disk = new FileDisk(directory.path())) {
      DirectoryCheck check =
          new DirectoryCheck(
              disk,
              DirectoryIds.uuid(directory.manifest()),
              DirectoryIds.shape(directory.manifest()),
              FamilyWiring.offline(),
              progress);
      Findings findings = check.run();
      // Without a sound journal there is nothing to hold the read model against.
      if (findings.isOk()) {
        progress.accept("holding the read model against the journal");
        checkReadModel(directory, disk, check, findings);
      }
      return findings;
    }
  }

  private static void checkReadModel(
      DataDirectory directory, Disk disk, DirectoryCheck checked, Findings findings)
      throws IOException {
    Vertx vertx = Vertx.vertx();
    try (JournalReader records = checked.records()) {
      ReadModelCheck check =
          new ReadModelCheck(
              DirectoryIds.uuid(directory.manifest()),
              directory.manifest().partitions(),
              ReadModelRuntime.families());
      String path = directory.path().resolve(ReadModelRuntime.NAME).toAbsolutePath().toString();
      check.run(
          H2Target.fileForReading(vertx, disk, ReadModelRuntime.NAME, H2Target.fileUrl(path)),
          H2Target.memory(vertx, "verify"),
          records);
      check.facts().forEach(findings::fact);
      check.differences().forEach(findings::differs);
    } finally {
      // Its threads end by themselves; the command need not wait for them.
      vertx.close();
    }
  }
}
