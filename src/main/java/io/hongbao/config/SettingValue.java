// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * The value that a setting has, and from where.
 *
 * @param text as written; valid for the setting
 * @param origin the place for people: "flag --http.port", "file hongbao.properties"
 */
public record SettingValue(Setting setting, String text, Source source, String origin) {

  /** The value as it may be shown to anybody. */
  public String masked() {
    return setting.mask(text);
  }

  /** Keeps secrets out of logs and exceptions. */
  @Override
  public String toString() {
    return setting.key() + "=" + masked() + " (" + origin + ")";
  }
}
