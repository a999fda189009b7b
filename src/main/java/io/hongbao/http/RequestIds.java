// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request the id under which logs and problem documents know it.
 *
 * <p><b>Thread:</b> as the given source; with a plain counter, one event loop.
 */
public final class RequestIds {

  public static final String HEADER = "X-Request-Id";
  public static final int LENGTH_MAX = 64;

  private final String prefix;
  private final LongSupplier numbers;

  /**
   * Sets up one source of ids.
   *
   * @param origin tells this process and loop from others, such as a random number drawn at start
   * @param numbers never gives the same number twice, such as a counter
   */
  public RequestIds(int origin, LongSupplier numbers) {
    this.prefix = HexFormat.of().toHexDigits(origin) + "-";
    this.numbers = numbers;
  }

  /** The client's own id when it is sane, otherwise a new one. */
  public String idOf(@Nullable String header) {
    return header != null && isSane(header) ? header : next();
  }

  public String next() {
    return prefix + Long.toHexString(numbers.getAsLong());
  }

  // Goes into log lines and headers unescaped: nothing that could end either is let in.
  private static boolean isSane(String text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!isLetter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
