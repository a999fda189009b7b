// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.nio.file.Path;

/**
 * The read model that follows the journal.
 *
 * @param readModelUrl JDBC URL; may hold a password
 */
public record ExportSettings(int batchRows, String readModelUrl) {

  /** Directory of the embedded read model, inside the data directory. */
  public static final String READ_MODEL_DIRECTORY = "readmodel";

  // The mode and the names under which one SQL serves the embedded database and MySQL.
  private static final String EMBEDDED_OPTIONS =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

  static ExportSettings of(SettingValues values, Path dataDirectory) {
    String url =
        values.isAuto(Settings.READ_MODEL_URL)
            ? "jdbc:h2:file:"
                + dataDirectory.resolve(READ_MODEL_DIRECTORY).resolve("hongbao")
                + EMBEDDED_OPTIONS
            : values.text(Settings.READ_MODEL_URL);
    return new ExportSettings(values.whole(Settings.EXPORT_BATCH_ROWS), url);
  }

  /** Keeps passwords out of logs. */
  @Override
  public String toString() {
    return "ExportSettings[batchRows=%d, readModelUrl=%s]"
        .formatted(batchRows, UrlMask.mask(readModelUrl));
  }
}
