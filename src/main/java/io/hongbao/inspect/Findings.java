// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check found: sentences of what is wrong, and numbers of what was looked at.
 *
 * <p><b>Thread:</b> one.
 */
public final class Findings {

  /** Beyond this many a person has seen enough. */
  private static final int DIFFERENCES_MAX = 50;

  private final List<String> differences = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();

  /** Adds something that is wrong. */
  public void differs(String sentence) {
    if (differences.size() < DIFFERENCES_MAX) {
      differences.add(sentence);
    }
  }

  void expect(long actual, long expected, String what) {
    if (actual != expected) {
      differs(what + " is " + actual + ", expected " + expected);
    }
  }

  /** Adds something that was looked at. */
  public void fact(String sentence) {
    facts.add(sentence);
  }

  public boolean isOk() {
    return differences.isEmpty();
  }

  public List<String> differences() {
    return List.copyOf(differences);
  }

  public List<String> facts() {
    return List.copyOf(facts);
  }
}
