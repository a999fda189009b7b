// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.engine;

import io.hongbao.model.Check;

/**
 * A few facts about a subject, before or after a change, as the audit keeps them: a flat JSON
 * object.
 *
 * <p><b>Limit:</b> texts are cut at {@link #TEXT_CHARS_MAX} characters, and facts beyond {@link
 * #CHARS_MAX} are left out: the audit must never keep a change from being made.
 */
public final class AuditFacts {

  /** There was nothing before, or nothing is left. */
  public static final String NONE = "";

  static final int TEXT_CHARS_MAX = 400;
  static final int CHARS_MAX = 1_024;

  // A name, quotes and a comma around it.
  private static final int NAME_CHARS_MAX = 40;

  private final StringBuilder json = new StringBuilder("{");

  private AuditFacts() {}

  public static AuditFacts of(String name, long number) {
    return new AuditFacts().and(name, number);
  }

  public static AuditFacts of(String name, String text) {
    return new AuditFacts().and(name, text);
  }

  public AuditFacts and(String name, long number) {
    return hasRoom(20) ? put(name, Long.toString(number)) : this;
  }

  public AuditFacts and(String name, String text) {
    int length = Math.min(text.length(), TEXT_CHARS_MAX);
    var quoted = new StringBuilder(length + 2).append('"');
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        // Texts here are names and codes, which have no control characters.
        quoted.append(c < ' ' ? ' ' : c);
      }
    }
    return hasRoom(quoted.length()) ? put(name, quoted.append('"')) : this;
  }

  private boolean hasRoom(int chars) {
    return json.length() + NAME_CHARS_MAX + chars < CHARS_MAX;
  }

  private AuditFacts put(String name, CharSequence value) {
    Check.atMost(name.length(), NAME_CHARS_MAX - 4, "characters of a fact's name");
    if (json.length() > 1) {
      json.append(',');
    }
    json.append('"').append(name).append("\":").append(value);
    return this;
  }

  /** Ids are strings, as everywhere. */
  public AuditFacts andId(String name, long id) {
    return and(name, Long.toString(id));
  }

  /** The object, whole. */
  public String text() {
    return json + "}";
  }
}
