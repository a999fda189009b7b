// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The project's own files, as the gates look at them; needs no git, so a tarball passes too. */
final class ProjectFiles {

  /** Folders in the root that people and tools fill; nothing below them is checked. */
  private static final Set<String> NOT_OURS =
      Set.of(".git", ".idea", ".vscode", "data", "node_modules", "target");

  private ProjectFiles() {}

  static Path root() {
    // Surefire and failsafe set it; an IDE starts in the project's directory.
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  /** Paths relative to the root, sorted, of the Java sources of product and tests. */
  static List<Path> java() {
    return below("src").stream().filter(path -> path.toString().endsWith(".java")).toList();
  }

  /** Paths relative to the root, sorted; empty when there is no such folder. */
  static List<Path> below(String folder) {
    Path start = root().resolve(folder);
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(start)) {
      try {
        Files.walkFileTree(start, new Collector(found));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    found.sort(null);
    return found;
  }

  /** The content; bytes that are no UTF-8 become question marks. */
  static String text(Path relative) {
    try {
      return new String(Files.readAllBytes(root().resolve(relative)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path relative) {
    return text(relative).lines().toList();
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Collector(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      Path relative = root().relativize(directory);
      return relative.getNameCount() == 1 && NOT_OURS.contains(relative.toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path relative = root().relativize(file);
      // In a second work tree of git, ".git" is a file.
      if (attributes.isRegularFile() && !NOT_OURS.contains(relative.toString())) {
        found.add(relative);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
