// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What both forms of a disk must do. */
abstract class DiskRules {

  abstract Disk disk() throws IOException;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(DiskFile file, long offset, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    int got = file.read(offset, target);
    assertEquals(got, target.position());
    return new String(target.array(), 0, got, StandardCharsets.UTF_8);
  }

  @Test
  void aNewFileIsZeroAndOfThatSize() throws IOException {
    try (DiskFile file = disk().create("d/file", 3_000_001)) {
      assertEquals(3_000_001, file.sizeBytes());
      assertEquals("\0\0\0", read(file, 2_999_998, 10));
      assertEquals("d/file", file.name());
    }
  }

  @Test
  void readsWhatWasWrittenAlsoThroughAnotherOpening() throws IOException {
    Disk disk = disk();
    try (DiskFile file = disk.create("d/file", 10);
        DiskFile reader = disk.openForRead("d/file")) {
      file.write(8, bytes("across the end"));
      file.force();

      assertEquals("across the end", read(reader, 8, 100));
      assertEquals(22, reader.sizeBytes());
      assertEquals("", read(reader, 22, 10));
      assertThrows(Exception.class, () -> reader.write(0, bytes("no")));
    }
  }

  @Test
  void writesAcrossPages() throws IOException {
    String text = "0123456789".repeat(2000);
    try (DiskFile file = disk().create("d/file", 0)) {
      file.write(4090, bytes(text));

      assertEquals(text, read(file, 4090, 30_000));
      assertEquals("\0\0" + "0123", read(file, 4088, 6));
    }
  }

  @Test
  void listsFilesOfOneDirectorySorted() throws IOException {
    Disk disk = disk();
    assertEquals(List.of(), disk.list("d"));
    disk.create("d/b", 0).close();
    disk.create("d/a", 0).close();
    disk.create("d/deeper/c", 0).close();
    disk.forceDirectory("d");

    assertEquals(List.of("d/a", "d/b"), disk.list("d"));
  }

  @Test
  void renamesOverAnother() throws IOException {
    Disk disk = disk();
    disk.create("d/old", 0).close();
    try (DiskFile file = disk.create("d/new", 0)) {
      file.write(0, bytes("new"));
    }

    disk.rename("d/new", "d/old");

    assertFalse(disk.exists("d/new"));
    try (DiskFile file = disk.open("d/old")) {
      assertEquals("new", read(file, 0, 10));
    }
  }

  @Test
  void anOpenFileOutlivesItsName() throws IOException {
    Disk disk = disk();
    try (DiskFile file = disk.create("d/file", 4)) {
      disk.delete("d/file");

      assertFalse(disk.exists("d/file"));
      assertEquals(4, file.sizeBytes());
    }
  }

  @Test
  void aMissingFileIsToldByTheClass() throws IOException {
    Disk disk = disk();

    assertThrows(NoSuchFileException.class, () -> disk.open("d/none"));
    assertThrows(NoSuchFileException.class, () -> disk.openForRead("d/none"));
  }
}
