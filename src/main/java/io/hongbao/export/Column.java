// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/**
 * One column of a {@link Table}; never null in the database.
 *
 * @param index place in its table, from 0; keys come first
 */
public record Column(int index, String name, Type type, Merge merge) {

  /** What a column can hold. */
  public enum Type {
    /** 64 bits. */
    LONG,
    /** 32 bits. */
    INT,
    /** ASCII of at most 128 characters: codes, hashes, ids. */
    CODE,
    /** Any text; the journal bounds it at 65,534 bytes. */
    TEXT
  }

  /** The value that says "not known yet" and gives way to every other. */
  public Object unknown() {
    return switch (merge) {
      case KEY, MAX -> 0L;
      case MIN -> Long.MAX_VALUE;
      case TEXT -> "";
    };
  }
}
