// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import io.hongbao.config.Setting.Secrecy;
import java.util.List;

/** The kinds of entries in the catalogue, so that {@link Settings} reads like a table. */
final class Declare {

  private Declare() {}

  static Setting whole(String key, long standard, long min, long max, String unit) {
    return number(key, SettingType.INT, Long.toString(standard), min, max, unit);
  }

  static Setting bytes(String key, long standard, long min, long max) {
    return number(key, SettingType.BYTES, Units.formatBytes(standard), min, max, "");
  }

  static Setting duration(String key, long standard, long min, long max) {
    return number(key, SettingType.DURATION, Units.formatDurationMs(standard), min, max, "");
  }

  static Setting number(
      String key, SettingType type, String standard, long min, long max, String unit) {
    return new Setting(key, type, standard, min, max, List.of(), unit, Secrecy.PUBLIC, "");
  }

  static Setting text(String key, SettingType type, String standard) {
    return new Setting(key, type, standard, 0, 0, List.of(), "", Secrecy.PUBLIC, "");
  }

  static Setting flag(String key, boolean standard) {
    return text(key, SettingType.BOOL, Boolean.toString(standard));
  }

  static Setting choice(String key, String standard, List<String> choices) {
    return new Setting(key, SettingType.ENUM, standard, 0, 0, choices, "", Secrecy.PUBLIC, "");
  }

  /** A setting whose default the program finds out by itself. */
  static Setting automatic(
      String key, SettingType type, long min, long max, String unit, Secrecy secrecy) {
    return new Setting(key, type, Setting.AUTO, min, max, List.of(), unit, secrecy, "");
  }
}
