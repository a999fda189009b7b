// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as a reader understands it: letters only, without width, case, accents and disguise.
 *
 * <p>What is between two letters is not forgotten but reduced to one question: was there a space?
 * "pen is" must stay two words, while "p.e.n" and "p e n" are one in disguise.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class FoldedText {

  private final int[] letters;
  private final boolean[] isAfterSpace;
  // Letters in the piece between two spaces that this letter belongs to.
  private final int[] pieceLengths;

  private FoldedText(int[] letters, boolean[] isAfterSpace) {
    this.letters = letters;
    this.isAfterSpace = isAfterSpace;
    this.pieceLengths = pieceLengths(letters.length, isAfterSpace);
  }

  static FoldedText of(String text) {
    // Compatibility decomposition: full width, circled, mathematical and accented forms fall apart
    // into plain letters and marks, and the marks are dropped.
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
    int[] letters = new int[plain.length()];
    boolean[] isAfterSpace = new boolean[plain.length()];
    int count = 0;
    boolean isSpaceBefore = false;
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        isSpaceBefore = count > 0;
        continue;
      }
      int folded = Confusables.fold(Character.toLowerCase(Character.toUpperCase(c)));
      if (Character.isLetterOrDigit(folded)) {
        letters[count] = folded;
        isAfterSpace[count] = isSpaceBefore;
        isSpaceBefore = false;
        count++;
      }
    }
    return new FoldedText(Arrays.copyOf(letters, count), Arrays.copyOf(isAfterSpace, count));
  }

  private static int[] pieceLengths(int count, boolean[] isAfterSpace) {
    int[] lengths = new int[count];
    int from = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || isAfterSpace[i]) {
        Arrays.fill(lengths, from, i, i - from);
        from = i;
      }
    }
    return lengths;
  }

  int length() {
    return letters.length;
  }

  int letter(int index) {
    return letters[index];
  }

  /** The letters with single spaces, as a word or phrase of the list is kept. */
  String word() {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < letters.length; i++) {
      if (isAfterSpace[i]) {
        word.append(' ');
      }
      word.appendCodePoint(letters[i]);
    }
    return word.toString();
  }

  /**
   * Whether the letters from one place to another read as one word.
   *
   * <p>A space parts two words unless it stands between single letters, or beside a sign of a
   * script that is written without spaces.
   */
  boolean isOneWord(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (isAfterSpace[i] && !isSpacedOut(i) && !isUnspaced(i - 1) && !isUnspaced(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isSpacedOut(int index) {
    return pieceLengths[index - 1] == 1 && pieceLengths[index] == 1;
  }

  private boolean isUnspaced(int index) {
    return Character.isIdeographic(letters[index]);
  }
}
