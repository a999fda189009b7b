// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskErrorsTest {

  private static final Path PATH = Path.of("/data");

  @Test
  void knowsAFullDiskFromTheRealError() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "only Linux has a disk that is always full");

    IOException cause = assertThrows(IOException.class, () -> Files.write(full, new byte[8_192]));

    assertEquals("/data: the disk is full", DiskErrors.sentence(PATH, cause));
  }

  @Test
  void knowsAFileInThePathFromTheRealError(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    IOException cause =
        assertThrows(IOException.class, () -> Files.readString(file.resolve("below")));

    assertEquals("/data: a part of the path is a file", DiskErrors.sentence(PATH, cause));
  }

  @Test
  void knowsMissingRightsAndReadOnlyFileSystems() {
    assertEquals(
        "/data: this user has no right to it",
        DiskErrors.sentence(PATH, new AccessDeniedException("/data")));
    assertEquals(
        "/data: the file system is read-only",
        DiskErrors.sentence(PATH, new FileSystemException("/data", null, "Read-only file system")));
  }

  @Test
  void repeatsWhatItDoesNotKnow() {
    assertEquals("/data: odd", DiskErrors.sentence(PATH, new IOException("odd")));
    assertEquals("/data: IOException", DiskErrors.sentence(PATH, new IOException()));
  }
}
