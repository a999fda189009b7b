// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import io.hongbao.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of seeded users, as the scripts in scripts/k6 read them.
 *
 * <p>Readable by its owner only from the first byte on. It gets its name when it is whole, so a
 * seeding that fails leaves an older file as it was.
 */
final class TokenFile implements AutoCloseable {

  private final Path target;
  private final Path unfinished;

  private TokenFile(Path target, Path unfinished) {
    this.target = target;
    this.unfinished = unfinished;
  }

  /** Begins the file: complains now about a place where none can be. */
  static TokenFile begin(Path target) throws IOException, UsageException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new UsageException("--tokens names a directory: " + target);
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--tokens: there is no directory " + folder);
    }
    return new TokenFile(target, Files.createTempFile(folder, ".tokens", ".tmp", ownerOnly()));
  }

  private static FileAttribute<?>[] ownerOnly() {
    // Elsewhere a temporary file is its owner's by the system's own rules.
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Writes the file and gives it its name.
   *
   * @param users each with {@code id} and {@code token}
   * @param logins each with {@code user_name} and {@code password}
   */
  void finish(
      String url,
      SeedOptions options,
      List<Map<String, String>> users,
      List<Map<String, String>> logins)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("url", url);
    content.put("room_id", Long.toString(options.roomId()));
    content.put("asset", options.asset());
    content.put("users", users);
    content.put("logins", logins);
    Files.write(unfinished, (Json.write(content) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Takes away what was not finished. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(unfinished);
  }
}
