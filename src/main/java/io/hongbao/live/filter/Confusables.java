// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import java.util.HashMap;
import java.util.Map;

/**
 * Signs that look like a Latin letter or stand for one: Cyrillic, Greek, digits, symbols.
 *
 * <p>Only those with which words are commonly disguised; the words of the list are folded the same
 * way, so a list in Cyrillic finds Cyrillic.
 */
final class Confusables {

  // Sign, then the letter it is taken for.
  private static final String PAIRS =
      "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwвbкkмmнhтtзz" // Cyrillic
          + "αaβbεeηnικιiκkνvοoρpτtυuχxγyωw" // Greek
          + "0o1l3e4a5s7t8b9g" // digits
          + "@a$s!l|l+t€e£l¢c¥y"; // symbols

  private static final Map<Integer, Integer> FOLDED = new HashMap<>();

  static {
    int[] signs = PAIRS.codePoints().toArray();
    for (int i = 0; i + 1 < signs.length; i += 2) {
      FOLDED.put(signs[i], signs[i + 1]);
    }
    // After the pairs: i, l and 1 look alike in half of all typefaces.
    FOLDED.put((int) 'i', (int) 'l');
    FOLDED.put((int) 'і', (int) 'l');
    FOLDED.put((int) 'ι', (int) 'l');
    FOLDED.put((int) 'ı', (int) 'l');
  }

  private Confusables() {}

  static int fold(int sign) {
    Integer folded = FOLDED.get(sign);
    return folded == null ? sign : folded;
  }
}
