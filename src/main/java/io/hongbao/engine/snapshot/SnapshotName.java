// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name of a snapshot's file: partition and the sequence it holds.
 *
 * <p>{@code snapshot/p-003-0000000000000042.hbs}
 */
record SnapshotName(int partition, long sequence) {

  static final String DIRECTORY = "snapshot";
  static final String UNFINISHED = ".tmp";

  private static final Pattern PATTERN = Pattern.compile("p-(\\d{3})-(\\d{16})\\.hbs");

  String path() {
    return String.format("%s/p-%03d-%016d.hbs", DIRECTORY, partition, sequence);
  }

  static @Nullable SnapshotName parse(String fileName) {
    Matcher matcher = PATTERN.matcher(fileName.substring(fileName.lastIndexOf('/') + 1));
    return matcher.matches()
        ? new SnapshotName(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)))
        : null;
  }
}
