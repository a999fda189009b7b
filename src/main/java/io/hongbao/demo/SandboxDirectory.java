// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new directory {@code data/demo-TIME-PROCESS}, which goes again when the play is over.
 *
 * <p><b>Invariant:</b> nothing that was there before is written to or removed, other than a
 * directory {@code data} in which there was nothing but the sandbox of another play.
 *
 * <p><b>Thread:</b> any.
 */
public final class SandboxDirectory {

  static final String PARENT = "data";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final int TRIES_MAX = 100;

  private final Path workingDirectory;
  private final Path path;
  private final boolean parentIsOurs;
  private volatile boolean kept;

  private SandboxDirectory(Path workingDirectory, Path path, boolean parentIsOurs) {
    this.workingDirectory = workingDirectory;
    this.path = path;
    this.parentIsOurs = parentIsOurs;
  }

  public static SandboxDirectory create(Path workingDirectory, LocalDateTime now, long pid)
      throws SandboxException {
    Path parent = workingDirectory.resolve(PARENT);
    String name = DataDirectory.DEMO_PREFIX + TIME.format(now) + "-" + pid;
    try {
      boolean parentIsOurs = !Files.exists(parent) || hasOnlySandboxes(parent);
      // Two containers can share a directory and a process number.
      for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
        Files.createDirectories(parent);
        Path path = parent.resolve(attempt == 1 ? name : name + "-" + attempt);
        try {
          return new SandboxDirectory(workingDirectory, Files.createDirectory(path), parentIsOurs);
        } catch (FileAlreadyExistsException | NoSuchFileException raced) {
          // The name is taken, or the play that ended last has just taken the parent away.
        }
      }
    } catch (IOException failure) {
      throw new SandboxException(
          "no sandbox can be made in %s (%s); run the demo in a directory that you may write to"
              .formatted(parent, failure.getClass().getSimpleName()),
          failure);
    }
    throw new SandboxException("no name for a sandbox is free in " + parent);
  }

  // Then another play has made it, and whoever ends last takes it away.
  private static boolean hasOnlySandboxes(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
      return !names.isEmpty()
          && names.stream().allMatch(name -> name.startsWith(DataDirectory.DEMO_PREFIX));
    }
  }

  public Path path() {
    return path;
  }

  /** As a person at the terminal would type it. */
  public String shown() {
    return "./" + workingDirectory.relativize(path);
  }

  public void keep() {
    kept = true;
  }

  boolean isKept() {
    return kept;
  }

  /** Removes what was made here; what cannot be removed stays. */
  void removeUnlessKept() {
    if (kept) {
      return;
    }
    remove(path);
    if (parentIsOurs) {
      // Fails while another play has its sandbox there, which is as it should be.
      delete(workingDirectory.resolve(PARENT));
    }
  }

  private static void remove(Path directory) {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(directory)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException gone) {
      return;
    }
    inside.forEach(SandboxDirectory::delete);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      // A leftover in a directory of its own harms nobody; the play's result matters more.
    }
  }
}
