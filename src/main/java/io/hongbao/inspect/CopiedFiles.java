// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a backup: copied durably, listed with size and SHA-256. */
final class CopiedFiles {

  static final String MANIFEST = "backup.manifest";

  private static final int BUFFER_BYTES = 1 << 16;

  private CopiedFiles() {}

  /** What a file must be when it is restored. */
  record Fingerprint(long sizeBytes, String sha256) {}

  static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the names durable, as {@link #copy} does with what is in the files. */
  static void forceDirectories(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      for (Path directory : found.filter(Files::isDirectory).toList()) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  static TreeMap<String, Fingerprint> fingerprints(Path root) throws IOException {
    TreeMap<String, Fingerprint> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (!name.equals(MANIFEST)) {
          files.put(name, new Fingerprint(Files.size(file), sha256(file)));
        }
      }
    }
    return files;
  }

  static void writeManifest(Path root, Map<String, Fingerprint> files) throws IOException {
    StringBuilder text = new StringBuilder("hongbao backup 1\n");
    files.forEach(
        (name, print) ->
            text.append(print.sha256())
                .append(' ')
                .append(print.sizeBytes())
                .append(' ')
                .append(name)
                .append('\n'));
    Path unfinished = root.resolve(MANIFEST + ".tmp");
    Files.writeString(unfinished, text);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(unfinished, root.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
  }

  static TreeMap<String, Fingerprint> readManifest(Path root) throws IOException {
    Path manifest = root.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new IOException(root + " is not a complete backup: it has no " + MANIFEST);
    }
    List<String> lines = Files.readAllLines(manifest, StandardCharsets.UTF_8);
    TreeMap<String, Fingerprint> files = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", 3);
      // A name may not lead out of the directory that is restored.
      if (parts.length != 3 || parts[2].contains("..") || parts[2].startsWith("/")) {
        throw new IOException(manifest + " is damaged: " + line);
      }
      files.put(parts[2], new Fingerprint(Long.parseLong(parts[1]), parts[0]));
    }
    return files;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
