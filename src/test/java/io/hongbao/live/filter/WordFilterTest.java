// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordFilterTest {

  private final WordFilter filter = new WordFilter();

  private void listed(String... words) {
    filter.change(java.util.Arrays.stream(words).map(WordFilter::folded).toList(), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "viagra", // as it stands
        "VIAGRA", // case
        "ｖｉａｇｒａ", // full width
        "v\u200Bi\u200Ca\u2060gra", // zero width
        "v.i-a*g_r~a", // signs between
        "v i a g r a", // spaced out
        "v1agr@", // digits and symbols
        "vіаgrа", // Cyrillic і and а
        "νιαgra", // Greek
        "vïâgŕá", // accents
        "𝓿𝓲𝓪𝓰𝓻𝓪", // mathematical letters
        "ⓥⓘⓐⓖⓡⓐ", // circled
        "buy v!agra now"
      })
  void aWordIsFoundHoweverItIsDressed(String text) {
    listed("viagra");

    assertTrue(filter.matches(text), text);
  }

  @Test
  void signsOfAScriptWithoutSpacesAreOneWordAcrossThem() {
    listed("敏感词");

    assertTrue(filter.matches("这是敏 感*词吗"));
    assertFalse(filter.matches("敏感的词"));
  }

  @Test
  void twoWordsAreNotOne() {
    listed("penis");

    assertFalse(filter.matches("the pen is mightier"));
    assertTrue(filter.matches("p e n i s"));
  }

  @Test
  void aPhraseIsFoundWithItsSpacesAndWithout() {
    listed("bad word");

    assertTrue(filter.matches("a bad word"));
    assertTrue(filter.matches("a B.A.D   w0rd"));
    assertTrue(filter.matches("badword"));
    assertFalse(filter.matches("bad sword"));
  }

  @Test
  void aWordInsideALongerAttemptIsFound() {
    listed("she", "hers", "his");

    assertTrue(filter.matches("ushers"));
    assertTrue(filter.matches("this"));
    assertFalse(filter.matches("he"));
  }

  @Test
  void theListCanBeChangedAtAnyTime() {
    listed("one", "two");
    filter.change(List.of(WordFilter.folded("three")), List.of(WordFilter.folded("one")));

    assertEquals(2, filter.size());
    assertFalse(filter.matches("one"));
    assertTrue(filter.matches("two"));
    assertTrue(filter.matches("three"));
  }

  @Test
  void anEmptyListFindsNothing() {
    assertFalse(filter.matches("anything"));
  }

  /** Against the plain search for each word, over texts of few letters, in which much overlaps. */
  @Test
  void findsWhatAPlainSearchFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<String> words = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        words.add(letters(random, 1 + random.nextInt(5)));
      }
      String text = letters(random, random.nextInt(20));
      WordFilter tried = new WordFilter();
      tried.change(words, List.of());

      boolean expected = words.stream().anyMatch(text::contains);
      assertEquals(expected, tried.matches(text), "seed " + seed + " " + words + " in " + text);
    }
  }

  private static String letters(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('x' + random.nextInt(3)));
    }
    return text.toString();
  }
}
