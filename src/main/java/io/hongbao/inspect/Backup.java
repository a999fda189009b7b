// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.inspect;

import io.hongbao.disk.FileDisk;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.engine.journal.JournalInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Copies a data directory, in use or not, into a new directory that can be restored.
 *
 * <p>Order makes it consistent without asking the server: snapshots first, then the archive, then
 * the journal, whose tail is the newest thing in the copy. So the journal reaches at least as far
 * as every snapshot, and everything acknowledged before the backup began is in it. A segment that
 * moved into the archive meanwhile is taken from there. The read model is left out: it is rebuilt.
 *
 * <p><b>Thread:</b> the command's. <b>Failure:</b> the target is incomplete and has no manifest.
 */
public final class Backup {

  /** A flush may be half written in the moment of copying; the next try sees it whole. */
  private static final int TRIES = 5;

  private static final List<String> FIRST = List.of("snapshot", "archive");
  private static final List<String> SINGLE_FILES = List.of("operator.key", "people.key");

  /** Who finds it in a directory takes that for a data directory. */
  static final String DIRECTORY_MANIFEST = "hongbao.manifest";

  private final Path source;
  private final Path target;
  private final Consumer<String> progress;

  public Backup(Path source, Path target, Consumer<String> progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Makes the copy.
   *
   * @return files copied
   */
  public int run() throws IOException {
    if (Files.exists(target) && !isEmpty(target)) {
      throw new IOException("the backup's directory " + target + " exists and is not empty");
    }
    Files.createDirectories(target);
    for (String name : SINGLE_FILES) {
      if (Files.exists(source.resolve(name))) {
        CopiedFiles.copy(source.resolve(name), target.resolve(name));
      }
    }
    for (String directory : FIRST) {
      progress.accept("copying " + directory);
      copyDirectory(directory);
    }
    copyDirectory("provider-sim");
    copyJournal();
    // Last, so that a copy that was cut short is no data directory either.
    CopiedFiles.copy(source.resolve(DIRECTORY_MANIFEST), target.resolve(DIRECTORY_MANIFEST));
    TreeMap<String, CopiedFiles.Fingerprint> files = CopiedFiles.fingerprints(target);
    CopiedFiles.forceDirectories(target);
    CopiedFiles.writeManifest(target, files);
    CopiedFiles.forceDirectories(target);
    return files.size();
  }

  private void copyJournal() throws IOException {
    for (int attempt = 1; ; attempt++) {
      progress.accept("copying the journal");
      // A segment that was caught half written and is archived by now would stand in the way of its
      // whole copy for ever.
      deleteFiles(target.resolve("journal"));
      copyDirectory("journal");
      // Segments that were archived since the archive was copied.
      copyDirectory("archive");
      JournalDamagedException damage;
      try (FileDisk disk = new FileDisk(target)) {
        damage = new JournalInspector(disk, null).inspect().damage();
      }
      if (damage == null) {
        return;
      }
      if (attempt == TRIES) {
        throw damage;
      }
    }
  }

  private static void deleteFiles(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      for (Path file : files(directory)) {
        Files.delete(file);
      }
    }
  }

  private void copyDirectory(String name) throws IOException {
    Path from = source.resolve(name);
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(target.resolve(name));
    boolean isJournal = name.equals("journal");
    for (Path file : files(from)) {
      String fileName = file.getFileName().toString();
      Path to = target.resolve(name).resolve(fileName);
      // What is in the archive never changes; the journal's tail does.
      if (fileName.endsWith(".tmp") || (!isJournal && Files.exists(to))) {
        continue;
      }
      try {
        CopiedFiles.copy(file, to);
      } catch (NoSuchFileException moved) {
        Files.deleteIfExists(to);
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      List<Path> files = new ArrayList<>(found.filter(Files::isRegularFile).toList());
      files.sort(null);
      return files;
    }
  }

  static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.findAny().isEmpty();
    }
  }
}
