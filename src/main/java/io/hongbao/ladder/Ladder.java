// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Says which steps are refused at the moment.
 *
 * <p>An operator's word comes before load: what was switched off stays off on an idle server, and
 * what was declared needed is served under any load.
 *
 * <p><b>Thread:</b> any; a question is one read of a volatile field.
 */
public final class Ladder {

  private final AtomicLongArray refusals = new AtomicLongArray(Rung.all().size());
  private OperatorWord word = OperatorWord.NONE;
  private int level;
  private volatile int refusedMask;

  /** Whether anything is refused at all; nearly always false, and the only cost of a request. */
  public boolean isRefusing() {
    return refusedMask != 0;
  }

  public boolean isRefused(Rung rung) {
    return (refusedMask & rung.bit()) != 0;
  }

  /** Whether a request of that step is to be turned away; counts it if so. */
  public boolean turnsAway(@Nullable Rung rung) {
    if (rung == null || !isRefused(rung)) {
      return false;
    }
    refusals.incrementAndGet(index(rung));
    return true;
  }

  /** Requests turned away at that step since the start. */
  public long refusals(Rung rung) {
    return refusals.get(index(rung));
  }

  /** Takes an operator's word; it is to be durable before. */
  public synchronized void say(OperatorWord newWord) {
    word = newWord;
    decide();
  }

  public synchronized OperatorWord word() {
    return word;
  }

  /**
   * Takes what load asks for.
   *
   * @param steps how many steps, from the first on
   */
  public synchronized void load(int steps) {
    level = steps;
    decide();
  }

  /** Whether load alone would refuse the step. */
  public synchronized boolean isAskedByLoad(Rung rung) {
    return index(rung) < level;
  }

  private void decide() {
    int mask = 0;
    for (Rung rung : Rung.all()) {
      boolean isRefused =
          switch (word.mode(rung)) {
            case AUTO -> isAskedByLoad(rung);
            case REFUSED -> true;
            case SERVED -> false;
          };
      mask |= isRefused ? rung.bit() : 0;
    }
    refusedMask = mask;
  }

  private static int index(Rung rung) {
    return Rung.all().indexOf(rung);
  }
}
