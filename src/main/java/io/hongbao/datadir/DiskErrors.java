// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the operating system says about files into a sentence.
 *
 * <p>Java has classes for a few of these causes only; the others are known by the system's own
 * words, which come untranslated through the JDK.
 */
public final class DiskErrors {

  private static final String[][] SENTENCES = {
    {"No space left on device", "the disk is full"},
    {"Disk quota exceeded", "the disk quota is used up"},
    {"Read-only file system", "the file system is read-only"},
    {"Too many open files", "the process has no file descriptor left (see ulimit -n)"},
    {"Input/output error", "the disk does not answer as it should (input/output error)"},
    {"Permission denied", "this user has no right to it"},
    {"Operation not permitted", "this user has no right to it"},
    {"Not a directory", "a part of the path is a file"},
    {"File name too long", "its name is too long"},
    {"Is a directory", "it is a directory"},
  };

  private DiskErrors() {}

  /** A sentence on what went wrong with {@code path}, as the end of an error message. */
  public static String sentence(Path path, IOException cause) {
    return path + ": " + reason(cause).orElseGet(() -> plain(cause));
  }

  /** The reason alone, if it is one of those known. */
  public static Optional<String> reason(@Nullable Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return Optional.of("this user has no right to it");
    }
    if (cause instanceof NoSuchFileException) {
      return Optional.of("it does not exist");
    }
    String said = cause instanceof IOException failed ? said(failed) : null;
    if (said == null) {
      return Optional.empty();
    }
    for (String[] known : SENTENCES) {
      if (said.contains(known[0])) {
        return Optional.of(known[1]);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String said(IOException cause) {
    return cause instanceof FileSystemException detailed
        ? detailed.getReason()
        : cause.getMessage();
  }

  private static String plain(IOException cause) {
    String said = said(cause);
    return said == null ? cause.getClass().getSimpleName() : said;
  }
}
