// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a backup back as a data directory, every file compared by its hash.
 *
 * <p><b>Thread:</b> the command's. <b>Failure:</b> a file that is missing or differs stops it with
 * a sentence; the target is then not to be used.
 */
public final class Restore {

  private final Path backup;
  private final Path target;

  public Restore(Path backup, Path target) {
    this.backup = backup;
    this.target = target;
  }

  /**
   * Copies and compares.
   *
   * @return files restored
   */
  public int run() throws IOException {
    if (Files.exists(target) && !Backup.isEmpty(target)) {
      throw new IOException(
          "the data directory " + target + " exists and is not empty; name a new one");
    }
    TreeMap<String, CopiedFiles.Fingerprint> files = CopiedFiles.readManifest(backup);
    for (Map.Entry<String, CopiedFiles.Fingerprint> entry : files.entrySet()) {
      Path from = backup.resolve(entry.getKey());
      Path to = target.resolve(entry.getKey());
      if (!Files.isRegularFile(from)) {
        throw new IOException("the backup lacks " + entry.getKey());
      }
      Path parent = to.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      CopiedFiles.copy(from, to);
      if (!CopiedFiles.sha256(to).equals(entry.getValue().sha256())) {
        throw new IOException("the backup's file " + entry.getKey() + " is damaged");
      }
    }
    return files.size();
  }
}
