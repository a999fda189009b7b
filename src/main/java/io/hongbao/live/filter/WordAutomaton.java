// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;

/**
 * All words in one automaton after Aho and Corasick: a text is read once, however many there are.
 *
 * <p>States are numbers; a step is one look-up of (state, letter), and a state without that step
 * falls back to the longest end of what was read that begins a word.
 *
 * <p><b>Thread:</b> any; immutable once built.
 */
final class WordAutomaton {

  private static final int ROOT = 0;
  private static final long NO_STEP = -1;
  // A code point has 21 bits.
  private static final int LETTER_BITS = 21;

  private final Long2LongHashMap steps;
  private final int[] fallBack;
  // Letters of the longest word that ends in the state; 0 if none does.
  private final int[] wordLength;
  // Whether that word has spaces itself, so that those of a text part nothing.
  private final BitSet phrases;
  // The next state on the way of falling back in which a word ends; ROOT if there is none.
  private final int[] nextWord;

  private WordAutomaton(
      Long2LongHashMap steps, int[] fallBack, int[] wordLength, int[] nextWord, BitSet phrases) {
    this.phrases = phrases;
    this.steps = steps;
    this.fallBack = fallBack;
    this.wordLength = wordLength;
    this.nextWord = nextWord;
  }

  /** Builds it of folded words; empty ones are left out. */
  static WordAutomaton of(Collection<String> words) {
    Long2LongHashMap steps = new Long2LongHashMap(NO_STEP);
    IntArrayList lengths = new IntArrayList();
    IntArrayList parents = new IntArrayList();
    IntArrayList letters = new IntArrayList();
    lengths.addInt(0);
    parents.addInt(ROOT);
    letters.addInt(0);
    BitSet phrases = new BitSet();
    for (String word : words) {
      int state = ROOT;
      int[] signs = word.codePoints().filter(letter -> letter != ' ').toArray();
      for (int letter : signs) {
        long next = steps.get(key(state, letter));
        if (next == NO_STEP) {
          next = lengths.size();
          steps.put(key(state, letter), next);
          lengths.addInt(0);
          parents.addInt(state);
          letters.addInt(letter);
        }
        state = (int) next;
      }
      if (state != ROOT) {
        lengths.setInt(state, signs.length);
        if (word.indexOf(' ') >= 0) {
          phrases.set(state);
        }
      }
    }
    return linked(steps, lengths.toIntArray(), parents.toIntArray(), letters.toIntArray(), phrases);
  }

  // Breadth first: what a state falls back to is shorter, and so done before.
  private static WordAutomaton linked(
      Long2LongHashMap steps, int[] lengths, int[] parents, int[] letters, BitSet phrases) {
    int count = lengths.length;
    Map<Integer, IntArrayList> children = new HashMap<>();
    for (int state = 1; state < count; state++) {
      children.computeIfAbsent(parents[state], any -> new IntArrayList()).addInt(state);
    }
    int[] fallBack = new int[count];
    int[] nextWord = new int[count];
    Deque<Integer> queue = new ArrayDeque<>();
    queue.add(ROOT);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      if (state != ROOT && parents[state] != ROOT) {
        fallBack[state] = step(steps, fallBack, fallBack[parents[state]], letters[state]);
      }
      int back = fallBack[state];
      nextWord[state] = lengths[back] > 0 ? back : nextWord[back];
      IntArrayList next = children.get(state);
      if (next != null) {
        next.forEachInt(queue::add);
      }
    }
    return new WordAutomaton(steps, fallBack, lengths, nextWord, phrases);
  }

  private static int step(Long2LongHashMap steps, int[] fallBack, int from, int letter) {
    int state = from;
    while (true) {
      long next = steps.get(key(state, letter));
      if (next != NO_STEP) {
        return (int) next;
      }
      if (state == ROOT) {
        return ROOT;
      }
      state = fallBack[state];
    }
  }

  private static long key(int state, int letter) {
    return (long) state << LETTER_BITS | letter;
  }

  /** Whether the text holds one of the words. */
  boolean isIn(FoldedText text) {
    int state = ROOT;
    for (int i = 0; i < text.length(); i++) {
      state = step(steps, fallBack, state, text.letter(i));
      int at = wordLength[state] > 0 ? state : nextWord[state];
      while (at != ROOT) {
        if (phrases.get(at) || text.isOneWord(i + 1 - wordLength[at], i + 1)) {
          return true;
        }
        at = nextWord[at];
      }
    }
    return false;
  }
}
