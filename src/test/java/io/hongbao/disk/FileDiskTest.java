// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest extends DiskRules {

  @TempDir Path directory;

  @Override
  Disk disk() throws IOException {
    return new FileDisk(directory.resolve("root"));
  }

  @Test
  void namesStayBelowTheRoot() throws IOException {
    Disk disk = disk();

    assertThrows(IllegalArgumentException.class, () -> disk.delete("../other"));
  }

  @Test
  void failuresAreOneSentence() throws IOException {
    Disk disk = disk();
    disk.create("a/taken", 0).close();

    IOException refused = assertThrows(IOException.class, () -> disk.create("a/taken", 0));

    assertTrue(String.valueOf(refused.getMessage()).startsWith("cannot create a/taken: "));
  }
}
