// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.ArrayList;
import java.util.List;

/** Shows the catalogue and a configuration to people. */
public final class ConfigText {

  private static final int COLUMNS = 98;

  private ConfigText() {}

  /** The documented file: every setting with its sentence, its limits and its default. */
  public static String exampleFile() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Every setting of Hongbao, at its default. Take away the # before a key to change it.
        #
        # Read from ./hongbao.properties, or from the file that --config or HONGBAO_CONFIG names.
        # Environment variables overrule this file (HONGBAO_HTTP_PORT for http.port), and flags
        # overrule both (--http.port=9000). "hongbao config print" shows what holds and who said
        # so, "hongbao config check" whether all is well. A name not in this list is an error.
        #
        # Durations have a unit (200ms, 10s, 15m, 24h, 3d), sizes may have one (64KiB, 16MiB, 1GiB).
        # Not a setting: what is left of a red packet returns after exactly 24 hours.
        """);
    for (Setting setting : Settings.all()) {
      text.append('\n');
      for (String line : wrapped(setting.doc() + limits(setting))) {
        text.append("# ").append(line).append('\n');
      }
      text.append('#').append(setting.key()).append(" = ").append(setting.defaultText());
      text.append('\n');
    }
    return text.toString();
  }

  /** Every setting with the value that holds and its origin, secrets masked. */
  public static String effective(Configuration configuration) {
    StringBuilder text = new StringBuilder();
    int keyWidth = Settings.keys().stream().mapToInt(String::length).max().orElse(1);
    for (SettingValue value : configuration.values().all()) {
      String key = value.setting().key();
      text.append(key).append(" ".repeat(keyWidth - key.length())).append(" = ");
      text.append(value.masked()).append(found(configuration, value.setting()));
      text.append("   # ").append(value.origin()).append('\n');
    }
    return text.toString();
  }

  // What "auto" came to, where that is known before a data directory is opened.
  private static String found(Configuration configuration, Setting setting) {
    if (!configuration.values().isAuto(setting)) {
      return "";
    }
    if (setting.equals(Settings.ENGINE_LOOPS)) {
      return " (" + configuration.engine().loops() + ")";
    }
    if (setting.equals(ExportCatalogue.HEAP_BYTES)) {
      return " (" + configuration.export().processHeapBytes() + ")";
    }
    if (setting.equals(ExportCatalogue.URL)) {
      return " (" + UrlMask.mask(configuration.export().readModelUrl()) + ")";
    }
    return "";
  }

  private static String limits(Setting setting) {
    return switch (setting.type()) {
      case INT, LONG, BYTES, DURATION ->
          " From " + setting.range() + (setting.mayBeAuto() ? ", or auto." : ".");
      case ENUM -> " One of " + String.join(", ", setting.choices()) + ".";
      case BOOL, STRING, PATH, LIST, HOST -> "";
    };
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
