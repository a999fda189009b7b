// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The read model that follows the journal.
 *
 * @param readModelUrl JDBC URL; may hold a password
 * @param hasProcess whether the embedded database runs in a process of its own
 * @param processHeapBytes most heap of that process
 */
public record ExportSettings(
    int batchRows, String readModelUrl, boolean hasProcess, long processHeapBytes) {

  /** Directory of the embedded read model, inside the data directory. */
  public static final String READ_MODEL_DIRECTORY = "readmodel";

  // The mode and the names under which one SQL serves the embedded database and MySQL.
  private static final String EMBEDDED_OPTIONS =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

  private static final long HEAP_BYTES_MIN = 128L << 20;
  private static final long HEAP_BYTES_MAX = 1L << 30;
  private static final int MEMORY_PARTS = 16;

  static ExportSettings of(SettingValues values, Path dataDirectory) {
    boolean isOurs = values.isAuto(ExportCatalogue.URL);
    String url =
        isOurs
            ? "jdbc:h2:file:"
                + dataDirectory.resolve(READ_MODEL_DIRECTORY).resolve("hongbao")
                + EMBEDDED_OPTIONS
            : values.text(ExportCatalogue.URL);
    return new ExportSettings(
        values.whole(ExportCatalogue.BATCH_ROWS),
        url,
        isOurs && values.isOn(ExportCatalogue.PROCESS),
        values.isAuto(ExportCatalogue.HEAP_BYTES)
            ? partOfMemory()
            : values.number(ExportCatalogue.HEAP_BYTES));
  }

  private static long partOfMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.clamp(system.getTotalMemorySize() / MEMORY_PARTS, HEAP_BYTES_MIN, HEAP_BYTES_MAX)
        : HEAP_BYTES_MIN;
  }

  /** Keeps passwords out of logs. */
  @Override
  public String toString() {
    return "ExportSettings[batchRows=%d, readModelUrl=%s, hasProcess=%s, processHeapBytes=%d]"
        .formatted(batchRows, UrlMask.mask(readModelUrl), hasProcess, processHeapBytes);
  }
}
