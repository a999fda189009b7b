// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import org.jspecify.annotations.Nullable;

/**
 * What a text may consist of, and the form in which it goes into the log.
 *
 * <p>Line breaks, tabs and runs of spaces become one space; marks that turn the direction of a
 * whole line, and invisible characters that join nothing, go away; a tower of accents is refused,
 * since it covers the lines of others.
 *
 * <p><b>Thread:</b> any; pure.
 */
public final class ChatText {

  /** More accents on one letter no language needs; some need four. */
  private static final int MARKS_MAX = 4;

  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int TAG_FIRST = 0xE0020;
  private static final int TAG_LAST = 0xE007F;

  private ChatText() {}

  /**
   * Cleans a text.
   *
   * @return null when it holds what no text may hold, or nothing at all
   */
  public static @Nullable String clean(String raw) {
    StringBuilder clean = new StringBuilder(raw.length());
    int marks = 0;
    boolean isSpaceDue = false;
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      if (isRefused(c, type)) {
        return null;
      }
      if (isSpace(c, type)) {
        isSpaceDue = !clean.isEmpty();
        continue;
      }
      boolean isMark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
      marks = isMark ? marks + 1 : 0;
      if (marks > MARKS_MAX) {
        return null;
      }
      if (type == Character.FORMAT && !joins(c)) {
        continue;
      }
      if (isSpaceDue) {
        clean.append(' ');
        isSpaceDue = false;
      }
      clean.appendCodePoint(c);
    }
    return isInvisible(clean) ? null : clean.toString();
  }

  // An unpaired surrogate cannot be sent on; what is not assigned or private looks like nothing.
  private static boolean isRefused(int c, int type) {
    boolean isControl = type == Character.CONTROL && c != '\n' && c != '\r' && c != '\t';
    return isControl
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE;
  }

  private static boolean isSpace(int c, int type) {
    return type == Character.SPACE_SEPARATOR
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || c == '\n'
        || c == '\r'
        || c == '\t';
  }

  // Families, flags and some scripts are written with these.
  private static boolean joins(int c) {
    return c == ZERO_WIDTH_JOINER
        || c == ZERO_WIDTH_NON_JOINER
        || (c >= TAG_FIRST && c <= TAG_LAST);
  }

  private static boolean isInvisible(CharSequence text) {
    return text.codePoints()
        .allMatch(
            c -> {
              int type = Character.getType(c);
              return type == Character.FORMAT || type == Character.NON_SPACING_MARK;
            });
  }
}
