// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The words that are not to be said at the moment.
 *
 * <p><b>Thread:</b> any asks; changes are made one at a time, on a thread that may take some 100 ms
 * for 100,000 words.
 *
 * <p><b>Limit:</b> {@link #WORDS_MAX} words of {@link #WORD_CHARS_MAX} characters.
 */
public final class WordFilter {

  public static final int WORDS_MAX = 100_000;
  public static final int WORD_CHARS_MAX = 64;

  /** Of a folded word: some signs fall apart into a dozen letters. */
  public static final int FOLDED_CHARS_MAX = 256;

  private record Known(SortedSet<String> words, WordAutomaton automaton) {}

  private volatile Known known = new Known(new TreeSet<>(), WordAutomaton.of(List.of()));

  /** A word as the list keeps it; empty when nothing is left of it. */
  public static String folded(String word) {
    return FoldedText.of(word).word();
  }

  /** Whether the text holds a word of the list. */
  public boolean matches(String text) {
    Known now = known;
    return !now.words().isEmpty() && now.automaton().isIn(FoldedText.of(text));
  }

  public int size() {
    return known.words().size();
  }

  public List<String> words() {
    return List.copyOf(known.words());
  }

  /** Folded words that come, and words that go. */
  record Step(Collection<String> added, Collection<String> removed) {}

  /** Takes folded words in and out. */
  public void change(Collection<String> added, Collection<String> removed) {
    change(List.of(new Step(added, removed)));
  }

  /** Makes changes in their order; texts are read with the words of before until all are made. */
  synchronized void change(List<Step> steps) {
    SortedSet<String> words = new TreeSet<>(known.words());
    for (Step step : steps) {
      words.addAll(step.added());
      step.removed().forEach(words::remove);
    }
    words.remove("");
    known = new Known(words, WordAutomaton.of(words));
  }
}
