// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One valid value for every setting of the catalogue.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class SettingValues {

  private final Map<Setting, SettingValue> values;

  private SettingValues(Map<Setting, SettingValue> values) {
    this.values = values;
  }

  /** Every setting at its default. */
  public static SettingValues defaults() {
    Map<Setting, SettingValue> values = new LinkedHashMap<>();
    for (Setting setting : Settings.all()) {
      values.put(
          setting, new SettingValue(setting, setting.defaultText(), Source.DEFAULT, "default"));
    }
    return new SettingValues(values);
  }

  /**
   * The same values but one.
   *
   * @throws ConfigException if the setting does not take such a value
   */
  public SettingValues with(Setting setting, String text, Source source, String origin)
      throws ConfigException {
    String trimmed = text.strip();
    if (!setting.accepts(trimmed)) {
      throw new ConfigException(
          "%s must be %s, but %s says \"%s\""
              .formatted(setting.key(), setting.expectation(), origin, setting.mask(trimmed)));
    }
    Map<Setting, SettingValue> changed = new LinkedHashMap<>(values);
    changed.put(setting, new SettingValue(setting, trimmed, source, origin));
    return new SettingValues(changed);
  }

  /** All of them, in the catalogue's order. */
  public List<SettingValue> all() {
    return List.copyOf(values.values());
  }

  public SettingValue of(Setting setting) {
    SettingValue value = values.get(setting);
    if (value == null) {
      throw new IllegalArgumentException("not in the catalogue: " + setting.key());
    }
    return value;
  }

  /** Whether somebody said so, as opposed to the catalogue. */
  public boolean isExplicit(Setting setting) {
    return of(setting).source() != Source.DEFAULT;
  }

  public boolean isAuto(Setting setting) {
    return setting.mayBeAuto() && text(setting).equals(Setting.AUTO);
  }

  public String text(Setting setting) {
    return of(setting).text();
  }

  public boolean isOn(Setting setting) {
    return Boolean.parseBoolean(text(setting));
  }

  /** The number, in milliseconds for durations and in bytes for sizes. */
  public long number(Setting setting) {
    return setting.number(text(setting)).orElseThrow();
  }

  public int whole(Setting setting) {
    return Math.toIntExact(number(setting));
  }

  /** The parts between commas, stripped; empty ones left out. */
  public List<String> parts(Setting setting) {
    List<String> parts = new ArrayList<>();
    for (String part : text(setting).split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  /** The beginning of a sentence that complains about a value which is valid only by itself. */
  ConfigException wrong(Setting setting, String rule) {
    SettingValue value = of(setting);
    return new ConfigException(
        "%s %s, but %s says \"%s\"".formatted(setting.key(), rule, saidBy(value), value.masked()));
  }

  private static String saidBy(SettingValue value) {
    return value.source() == Source.DEFAULT ? "the default" : value.origin();
  }
}
