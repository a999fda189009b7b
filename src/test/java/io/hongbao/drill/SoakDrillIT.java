// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code hongbao soak}. */
class SoakDrillIT {

  private static final double SECONDS = 30;

  @TempDir private Path directory;

  @Test
  void nothingGrowsWhileDaysGoByUnderLoad() throws Exception {
    assertTrue(SoakDrill.play(SECONDS, 1, Jar.atSpeed(), directory, System.out));
  }
}
