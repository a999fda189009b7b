// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static io.hongbao.config.Declare.automatic;
import static io.hongbao.config.Declare.flag;
import static io.hongbao.config.Declare.whole;

import io.hongbao.config.Setting.Secrecy;
import java.util.ArrayList;
import java.util.List;

/** The part of the catalogue about the read model. */
public final class ExportCatalogue {

  private static final List<Setting> ALL = new ArrayList<>();

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  public static final Setting BATCH_ROWS =
      declare(
          "Rows that are written into the read model in one go.",
          whole("export.batch_rows", 4_000, 1, 50_000, "rows"));
  public static final Setting URL =
      declare(
          "JDBC URL of the read model; auto is an embedded database in the data directory.",
          automatic("read_model.url", SettingType.STRING, 0, 0, "", Secrecy.URL));
  public static final Setting PROCESS =
      declare(
          "Whether the embedded read model has a process of its own, so that its memory never stops"
              + " an answer.",
          flag("read_model.process", true));
  public static final Setting HEAP_BYTES =
      declare(
          "Most heap of that process, a quarter of it for pages; auto is a sixteenth of the memory,"
              + " 128MiB to 1GiB.",
          automatic(
              "read_model.heap_bytes", SettingType.BYTES, 64 * MIB, 64 * GIB, "", Secrecy.PUBLIC));

  private ExportCatalogue() {}

  static List<Setting> all() {
    return List.copyOf(ALL);
  }

  private static Setting declare(String doc, Setting kind) {
    Setting setting = kind.withDoc(doc);
    ALL.add(setting);
    return setting;
  }
}
