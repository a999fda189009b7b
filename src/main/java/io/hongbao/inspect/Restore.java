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
 * a sentence; the target has no manifest then, so that no server starts on it.
 *
 * <p><b>Durability:</b> when it returns, files and names are on stable storage.
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
      if (!entry.getKey().equals(Backup.DIRECTORY_MANIFEST)) {
        bring(entry.getKey(), entry.getValue());
      }
    }
    CopiedFiles.forceDirectories(target);
    CopiedFiles.Fingerprint manifest = files.get(Backup.DIRECTORY_MANIFEST);
    if (manifest == null) {
      throw new IOException("the backup lacks " + Backup.DIRECTORY_MANIFEST);
    }
    bring(Backup.DIRECTORY_MANIFEST, manifest);
    CopiedFiles.forceDirectories(target);
    return files.size();
  }

  private void bring(String name, CopiedFiles.Fingerprint print) throws IOException {
    Path from = backup.resolve(name);
    Path to = target.resolve(name);
    if (!Files.isRegularFile(from)) {
      throw new IOException("the backup lacks " + name);
    }
    Path parent = to.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    CopiedFiles.copy(from, to);
    if (!CopiedFiles.sha256(to).equals(print.sha256())) {
      throw new IOException("the backup's file " + name + " is damaged");
    }
  }
}
