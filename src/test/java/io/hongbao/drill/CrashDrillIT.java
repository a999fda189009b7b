// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code hongbao crash}; a failure prints the seed. */
class CrashDrillIT {

  private static final int ROUNDS = 3;
  private static final int ANSWERS_MAX = 700;

  @TempDir private Path directory;

  @Test
  void whatWasAnsweredBeforeSigkillIsThereAfterwardsOnce() throws Exception {
    long seed = Long.getLong("hongbao.crash.seed", System.nanoTime() & 0xFFFF_FFFFL);

    boolean isRight =
        CrashDrill.play(
            new CrashDrill.Options(ROUNDS, seed, ANSWERS_MAX),
            Jar.shortLived(),
            directory,
            System.out);

    assertTrue(isRight, "seed " + seed);
    try (Stream<Path> left = Files.list(directory.resolve("data"))) {
      assertTrue(left.findAny().isEmpty(), "the drill removes its directory");
    }
  }
}
