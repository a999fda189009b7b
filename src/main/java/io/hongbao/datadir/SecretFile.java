// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.time.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A key that is made once and kept in a file which only its owner may read. */
final class SecretFile {

  /** As strong as the hash with which tokens are stored. */
  private static final int KEY_BYTES = 32;

  private SecretFile() {}

  /** Reads the key; empty when there is none. */
  static String readIfPresent(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  /** Reads the key, or makes it when there is none yet. */
  static String readOrCreate(Path file, String prefix, Randomness randomness)
      throws IOException, DataDirectoryException {
    if (!Files.exists(file)) {
      byte[] key = new byte[KEY_BYTES];
      randomness.nextBytes(key);
      String text = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
      DurableFiles.writeSecret(file, text + "\n");
    }
    String text = Files.readString(file).strip();
    if (!text.startsWith(prefix) || text.length() < prefix.length() + KEY_BYTES) {
      throw new DataDirectoryException(
          file + " holds no key; remove it and the next start makes a new one");
    }
    return text;
  }
}
