// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/**
 * Reads ids as paths, queries and bodies carry them: decimal digits in one form only.
 *
 * <p>Leading zeros and signs are refused, so that nothing has two names.
 */
public final class Ids {

  /** What {@link #parse} gives for a text that is no id; no id is negative. */
  public static final long NOT_AN_ID = -1;

  // 2^63 - 1 has 19 digits.
  private static final int LENGTH_MAX = 19;

  private Ids() {}

  /**
   * Reads one id.
   *
   * @return the id, 1 to {@code max}, or {@link #NOT_AN_ID}
   */
  public static long parse(CharSequence text, long max) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX || text.charAt(0) == '0') {
      return NOT_AN_ID;
    }
    // 19 digits stay below 2^64, so an overflow shows as a negative number, never as a wrong one.
    long id = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_AN_ID;
      }
      id = id * 10 + digit;
    }
    return id < 0 || id > max ? NOT_AN_ID : id;
  }
}
