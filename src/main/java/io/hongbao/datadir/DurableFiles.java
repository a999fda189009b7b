// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Writes small files so that a crash leaves the old content or the new, never a mixture. */
final class DurableFiles {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private DurableFiles() {}

  /** Replaces the file; once this returns the new content survives a crash. */
  static void write(Path file, String text) throws IOException {
    replace(file, text);
  }

  /** The same for a file that only its owner may read, from its first byte on. */
  static void writeSecret(Path file, String text) throws IOException {
    if (POSIX) {
      replace(file, text, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      replace(file, text);
    }
  }

  /** Whether others than the owner may read it. */
  static boolean isOpenToOthers(Path file) throws IOException {
    return POSIX && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
  }

  /** Makes directory entries durable. */
  static void forceDirectory(Path directory) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  // 1. The content goes to a name that nobody reads, and to the disk.
  // 2. The rename replaces the old file in one step.
  // 3. The directory is forced: before that a crash may still show the old name.
  private static void replace(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(unfinished);
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(unfinished, options, attributes)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    forceParent(file);
  }

  /** Makes the name of a new file or directory durable; a root has no parent and needs none. */
  static void forceParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      forceDirectory(parent);
    }
  }
}
