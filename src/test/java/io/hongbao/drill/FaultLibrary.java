// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The library that makes a real server's disk and wall clock fail (src/test/c/faults.c), compiled
 * on the spot where there is a C compiler, and steered through a shared page.
 */
final class FaultLibrary {

  private static final Path SOURCE = Path.of("src/test/c/faults.c");
  private static final int WALL_OFFSET = 0;
  private static final int FSYNC_FAILS = 8;
  private static final int WRITE_FAILS = 16;
  private static final int HAPPENED = 24;
  private static final int PAGE_BYTES = 4096;
  private static final int COMPILE_S_MAX = 60;

  private final Path library;
  private final Path steering;
  private final MappedByteBuffer page;

  private FaultLibrary(Path library, Path steering, MappedByteBuffer page) {
    this.library = library;
    this.steering = steering;
    this.page = page;
  }

  /** Empty where there is no Linux with a C compiler. */
  static Optional<FaultLibrary> build(Path directory) throws IOException, InterruptedException {
    Path library = directory.resolve("faults.so");
    try {
      Process process =
          new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), SOURCE.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("cc.log").toFile())
              .start();
      boolean isBuilt =
          process.waitFor(COMPILE_S_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
      if (!isBuilt) {
        System.out.println("cc: " + Files.readString(directory.resolve("cc.log")));
        return Optional.empty();
      }
    } catch (IOException noCompiler) {
      return Optional.empty();
    }
    Path steering = directory.resolve("faults");
    try (RandomAccessFile file = new RandomAccessFile(steering.toFile(), "rw")) {
      file.setLength(PAGE_BYTES);
      MappedByteBuffer page = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, PAGE_BYTES);
      page.order(ByteOrder.nativeOrder());
      return Optional.of(new FaultLibrary(library, steering, page));
    }
  }

  /** What the server's process must have in its environment; only files below are meant. */
  Map<String, String> environment(Path below) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAULTS_FILE", steering.toString(),
        "FAULTS_PATH", below.toString());
  }

  void failSyncs(boolean fail) {
    page.putLong(FSYNC_FAILS, fail ? 1 : 0);
  }

  void failWrites(boolean fail) {
    page.putLong(WRITE_FAILS, fail ? 1 : 0);
  }

  void stepWall(long offsetMs) {
    page.putLong(WALL_OFFSET, TimeUnit.MILLISECONDS.toNanos(offsetMs));
  }

  /** How many calls have failed by this. */
  long happened() {
    return page.getLong(HAPPENED);
  }
}
