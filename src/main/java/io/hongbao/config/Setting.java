// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One setting: everything that is to be known about it.
 *
 * @param key its name in file and flags, like {@code http.port}
 * @param defaultText its value when nobody says otherwise; {@link #AUTO} when the program finds out
 * @param min smallest number allowed, in {@code unit}; only for numeric types
 * @param max largest number allowed
 * @param choices the words allowed; only for {@link SettingType#ENUM}
 * @param unit what the number counts; empty when the type says it
 * @param secrecy how it is printed
 * @param doc one sentence for people
 */
public record Setting(
    String key,
    SettingType type,
    String defaultText,
    long min,
    long max,
    List<String> choices,
    String unit,
    Secrecy secrecy,
    String doc) {

  /** The text that leaves the choice to the program, where the default is that. */
  public static final String AUTO = "auto";

  private static final String ENVIRONMENT_PREFIX = "HONGBAO_";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  /** How a value may be shown. */
  public enum Secrecy {
    /** As it is. */
    PUBLIC,
    /** Not at all. */
    SECRET,
    /** Without the passwords in it. */
    URL
  }

  Setting withDoc(String sentence) {
    return new Setting(key, type, defaultText, min, max, choices, unit, secrecy, sentence);
  }

  /** The concern it belongs to: the part of the key before the first dot. */
  public String area() {
    int dot = key.indexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  /** The variable that sets it: {@code HONGBAO_HTTP_PORT} for {@code http.port}. */
  public String environmentName() {
    return ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  boolean mayBeAuto() {
    return defaultText.equals(AUTO);
  }

  /** What a person must write, with the limits. */
  public String expectation() {
    return switch (type) {
          case INT, LONG, BYTES, DURATION -> "a %s from %s".formatted(type.description(), range());
          case ENUM -> "one of " + String.join(", ", choices);
          case BOOL -> type.description();
          case STRING, PATH, LIST, HOST -> "a " + type.description();
        }
        + (mayBeAuto() ? ", or " + AUTO : "");
  }

  /** The limits of a number, as people write it: "1s to 1h", "1 to 256 event loops". */
  String range() {
    return switch (type) {
      case BYTES -> Units.formatBytes(min) + " to " + Units.formatBytes(max);
      case DURATION -> Units.formatDurationMs(min) + " to " + Units.formatDurationMs(max);
      default -> min + " to " + max + (unit.isEmpty() ? "" : " " + unit);
    };
  }

  /** Whether the text is a value that this setting can have. */
  boolean accepts(String text) {
    if (mayBeAuto() && text.equals(AUTO)) {
      return true;
    }
    return switch (type) {
      case INT, LONG, BYTES, DURATION -> {
        OptionalLong number = number(text);
        yield number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max;
      }
      case BOOL -> text.equals("true") || text.equals("false");
      case ENUM -> choices.contains(text);
      case HOST -> HOST.matcher(text).matches();
      case PATH, LIST, STRING -> !text.isBlank();
    };
  }

  /** The number that the text stands for, if it is one. */
  OptionalLong number(String text) {
    return switch (type) {
      case INT, LONG ->
          WHOLE_NUMBER.matcher(text).matches()
              ? OptionalLong.of(Long.parseLong(text))
              : OptionalLong.empty();
      case BYTES -> Units.parseBytes(text);
      case DURATION -> Units.parseDurationMs(text);
      case BOOL, STRING, PATH, ENUM, LIST, HOST -> OptionalLong.empty();
    };
  }

  /** The text as it may be shown to anybody. */
  public String mask(String text) {
    return switch (secrecy) {
      case PUBLIC -> text;
      case SECRET -> text.equals(AUTO) ? text : "********";
      case URL -> UrlMask.mask(text);
    };
  }
}
