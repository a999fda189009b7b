// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.time.Randomness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key under which names and phones are hashed, made with the directory and never again.
 *
 * <p><b>Invariant:</b> a directory is only served with the key with which it was made: under
 * another one nobody who registered would be found again, and his name would be free for others.
 * The manifest holds the mark of the key, from which the key cannot be told.
 */
final class PeopleKey {

  private static final String PREFIX = "hbs_";
  private static final int MARK_BYTES = 8;

  private PeopleKey() {}

  /** Makes the key of a new directory; returns its mark. */
  static String create(Path directory, Randomness randomness)
      throws IOException, DataDirectoryException {
    return mark(SecretFile.readOrCreate(file(directory), PREFIX, randomness));
  }

  /** Reads the key; refuses when there is none, or one with another mark. */
  static String read(Path directory, String mark) throws IOException, DataDirectoryException {
    String key = SecretFile.readIfPresent(file(directory));
    if (key.isEmpty() || !mark(key).equals(mark)) {
      throw new DataDirectoryException(
          "%s %s, and under another key nobody's name or phone would be found again; restore it"
                  .formatted(
                      file(directory),
                      key.isEmpty()
                          ? "is missing"
                          : "is not the key with which this directory was made")
              + " from a backup");
    }
    return key;
  }

  private static Path file(Path directory) {
    return directory.resolve(DataDirectory.PEOPLE_KEY_FILE);
  }

  private static String mark(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("hongbao people key\n".getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
