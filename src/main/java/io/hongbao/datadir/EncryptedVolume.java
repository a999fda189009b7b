// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.config.DataSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a directory lies on a volume that Linux encrypts (dm-crypt, as LUKS uses it).
 *
 * <p>Sees what the kernel of this machine does, also below LVM or RAID, where then every device
 * must be encrypted. What a cloud or a disk encrypts by itself it cannot see.
 *
 * <p><b>Thread:</b> any; reads a few small files of the kernel.
 */
final class EncryptedVolume {

  /** How the kernel names a mapping of dm-crypt. */
  private static final String CRYPT = "CRYPT-";

  /** A stack of crypt, RAID, LVM and a partition has four. */
  private static final int DEPTH_MAX = 16;

  private final Path root;

  /**
   * @param root where {@code proc} and {@code sys} are; a test has its own
   */
  EncryptedVolume(Path root) {
    this.root = root;
  }

  /** Refuses a directory that is not encrypted, if the operator wants that. */
  static void requireIfAsked(Path directory, DataSettings settings)
      throws IOException, DataDirectoryException {
    if (settings.requireEncryptedVolume() && !new EncryptedVolume(Path.of("/")).holds(directory)) {
      throw new DataDirectoryException(
          directory
              + " lies on no volume that dm-crypt encrypts, which data.require_encrypted_volume"
              + " asks for");
    }
  }

  /** Whether all that is written into the directory reaches the disk encrypted. */
  boolean holds(Path directory) throws IOException {
    String device = deviceOf(directory);
    return device != null && isEncrypted(root.resolve("sys/dev/block").resolve(device), 0);
  }

  /** Major and minor number, as {@code 253:0}, of what is mounted there. */
  private @Nullable String deviceOf(Path directory) throws IOException {
    String device = null;
    int depth = -1;
    for (String line : Files.readAllLines(root.resolve("proc/self/mountinfo"))) {
      // 36 35 98:0 /root /mount/point options … - type source options
      List<String> fields = List.of(line.split(" "));
      Path point = Path.of(fields.get(4).replace("\\040", " "));
      // Of several at the same place the last one is on top.
      if (directory.startsWith(point) && point.getNameCount() >= depth) {
        depth = point.getNameCount();
        device = fields.get(2);
      }
    }
    return device;
  }

  private static boolean isEncrypted(Path device, int depth) throws IOException {
    Path uuid = device.resolve("dm/uuid");
    if (Files.exists(uuid) && Files.readString(uuid).startsWith(CRYPT)) {
      return true;
    }
    Path slaves = device.resolve("slaves");
    if (depth == DEPTH_MAX || !Files.isDirectory(slaves)) {
      return false;
    }
    try (Stream<Path> parts = Files.list(slaves)) {
      List<Path> below = parts.toList();
      for (Path part : below) {
        if (!isEncrypted(part.toRealPath(), depth + 1)) {
          return false;
        }
      }
      return !below.isEmpty();
    }
  }
}
