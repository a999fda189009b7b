// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.config.Configuration;
import io.hongbao.time.SecureRandomness;
import java.nio.file.Path;

/** A process that opens a data directory, says so, and keeps it until it is killed. */
final class DirectoryHolder {

  private DirectoryHolder() {}

  public static void main(String[] args) throws Exception {
    Configuration configuration = Configuration.defaults(Path.of(args[0]));
    try (DataDirectory directory =
        DataDirectory.openOrCreate(configuration, 1, new SecureRandomness())) {
      System.out.println("open");
      int end = System.in.read();
      System.out.println(directory.path() + " closed after " + end);
    }
  }
}
