// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.model.Check;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small texts by name that a service keeps beside an account or a transfer.
 *
 * <p>Immutable. Journals and snapshots hold it as one text: name, line feed, value, line feed; no
 * name or value has a control character.
 *
 * <p><b>Limit:</b> {@link #ENTRIES_MAX} names of at most {@link #NAME_CHARS_MAX} characters, values
 * of at most {@link #VALUE_CHARS_MAX}, {@link #BYTES_MAX} in all.
 */
public record Metadata(Map<String, String> entries) {

  public static final int ENTRIES_MAX = 20;
  public static final int NAME_CHARS_MAX = 40;
  public static final int VALUE_CHARS_MAX = 200;

  /** As it is journaled. */
  public static final int BYTES_MAX = 4096;

  public static final Metadata NONE = new Metadata(Map.of());

  public Metadata {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** Reads what {@link #text} wrote. */
  public static Metadata ofText(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    String[] lines = text.split("\n", -1);
    // Behind the last line feed stands one more, empty piece.
    Check.that(lines.length % 2 == 1, "lines of metadata");
    Map<String, String> entries = new TreeMap<>();
    for (int i = 0; i + 1 < lines.length; i += 2) {
      entries.put(lines[i], lines[i + 1]);
    }
    return new Metadata(entries);
  }

  /** As journals and snapshots hold it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    entries.forEach((name, value) -> text.append(name).append('\n').append(value).append('\n'));
    return text.toString();
  }

  /** These entries with others put over them and some left out. */
  public Metadata with(Map<String, String> set, Collection<String> removed) {
    Map<String, String> merged = new TreeMap<>(entries);
    merged.putAll(set);
    merged.keySet().removeAll(removed);
    return new Metadata(merged);
  }

  public int sizeBytes() {
    return text().getBytes(StandardCharsets.UTF_8).length;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether it is within every limit. */
  public boolean fits() {
    return entries.size() <= ENTRIES_MAX
        && sizeBytes() <= BYTES_MAX
        && entries.keySet().stream().allMatch(Metadata::isName)
        && entries.values().stream().allMatch(Metadata::isValue);
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.length() <= NAME_CHARS_MAX && isPlain(name);
  }

  private static boolean isValue(String value) {
    return value.codePointCount(0, value.length()) <= VALUE_CHARS_MAX && isPlain(value);
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }
}
