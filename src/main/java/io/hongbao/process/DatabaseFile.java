// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The read model's process".
package io.hongbao.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of an embedded database, which whoever has it open holds locked. */
public final class DatabaseFile {

  /** What the database adds to the name that it is given. */
  public static final String SUFFIX = ".mv.db";

  private static final long LOOK_EVERY_MS = 5;

  private DatabaseFile() {}

  /**
   * Waits until nobody has it open: the process that served a server which was killed ends some
   * milliseconds after it.
   *
   * @return whether it is free; also when there is none
   */
  public static boolean awaitFree(Path file, long msMax) throws IOException, InterruptedException {
    for (long waited = 0; ; waited += LOOK_EVERY_MS) {
      if (isFree(file)) {
        return true;
      }
      if (waited >= msMax) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
  }

  private static boolean isFree(Path file) throws IOException {
    if (!Files.exists(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException heldHere) {
      return false;
    }
  }
}
