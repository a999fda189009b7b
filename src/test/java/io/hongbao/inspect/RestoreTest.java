// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore leaves behind, whole or cut short. */
class RestoreTest {

  @TempDir Path directory;
  private Path backup;
  private Path target;

  @BeforeEach
  void makeABackup() throws IOException {
    backup = directory.resolve("backup");
    target = directory.resolve("target");
    for (String name : new String[] {"hongbao.manifest", "journal/1", "people.key", "snapshot/1"}) {
      Path file = backup.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + name);
    }
    CopiedFiles.writeManifest(backup, CopiedFiles.fingerprints(backup));
  }

  @Test
  void bringsEveryFileBack() throws IOException {
    assertEquals(4, new Restore(backup, target).run());

    assertEquals("content of journal/1", Files.readString(target.resolve("journal/1")));
    assertTrue(Files.exists(target.resolve("hongbao.manifest")));
  }

  // Files came in the order of their names, the manifest before the journal: what a restore left
  // that was cut short, or that met a damaged file, looked like a data directory.
  @Test
  void leavesNoDataDirectoryUnlessAllOfItIsThere() throws IOException {
    Files.writeString(backup.resolve("snapshot/1"), "other content");

    IOException damaged = assertThrows(IOException.class, () -> new Restore(backup, target).run());

    assertEquals("the backup's file snapshot/1 is damaged", damaged.getMessage());
    assertFalse(Files.exists(target.resolve("hongbao.manifest")));
  }

  @Test
  void takesNoHalfBackupAndNoTargetInUse() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("mine"), "");

    assertThrows(IOException.class, () -> new Restore(backup, target).run());
    Files.delete(target.resolve("mine"));
    Files.delete(backup.resolve("backup.manifest"));
    assertThrows(IOException.class, () -> new Restore(backup, target).run());
    assertFalse(Files.exists(target.resolve("journal")));
  }
}
