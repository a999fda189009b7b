// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** What the text of a setting means. */
public enum SettingType {
  /** A whole number within limits; fits an {@code int}. */
  INT("whole number"),
  /** A whole number within limits; fits a {@code long}. */
  LONG("whole number"),
  /** A switch. */
  BOOL("true or false"),
  /** Any text. */
  STRING("text"),
  /** A file or directory, relative to the working directory. */
  PATH("path"),
  /** A length of time with its unit; kept as milliseconds. */
  DURATION("duration (200ms, 10s, 15m, 24h, 3d)"),
  /** An amount of memory or disk; kept as bytes. */
  BYTES("size (4096, 64KiB, 16MiB, 1GiB)"),
  /** One of a few words. */
  ENUM("word"),
  /** Parts between commas. */
  LIST("list"),
  /** A name or address to listen on. */
  HOST("host name or address");

  private final String description;

  SettingType(String description) {
    this.description = description;
  }

  /** What a person must write. */
  public String description() {
    return description;
  }

  /** Whether the value is a number between {@link Setting#min} and {@link Setting#max}. */
  boolean isNumeric() {
    return this == INT || this == LONG || this == DURATION || this == BYTES;
  }
}
