// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.FileDisk;
import io.hongbao.inspect.DirectoryCheck;
import io.hongbao.inspect.Findings;
import java.io.IOException;
import java.util.function.Consumer;

/** Puts together what {@code hongbao verify} checks. */
public final class DirectoryVerification {

  private DirectoryVerification() {}

  /** Checks the directory, which the caller holds locked. */
  public static Findings run(DataDirectory directory, Consumer<String> progress)
      throws IOException {
    try (FileDisk disk = new FileDisk(directory.path())) {
      return new DirectoryCheck(
              disk,
              DirectoryIds.uuid(directory.manifest()),
              DirectoryIds.shape(directory.manifest()),
              FamilyWiring.offline(),
              progress)
          .run();
    }
  }
}
