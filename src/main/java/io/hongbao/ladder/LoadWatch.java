// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import java.util.List;

/**
 * Turns pressure, looked at in regular intervals, into a number of steps: quick up, slow down.
 *
 * <p>Up when every one of the last {@link #RISE_LOOKS} looks asks for it, so that one burst or one
 * pause of garbage collection closes nothing. Down by one step when every one of the last {@link
 * #CALM_LOOKS} looks was below {@link #CALM_SHARE} of what closed it: the relief of a refused step
 * lowers the pressure by itself, and without that gap the step would open and close in turn.
 *
 * <p><b>Thread:</b> the one that looks.
 */
public final class LoadWatch {

  /** Distance of two looks. */
  public static final long LOOK_MS = 250;

  /** Two seconds. */
  static final int RISE_LOOKS = 8;

  /** Ten seconds. */
  static final int CALM_LOOKS = 40;

  static final double CALM_SHARE = 0.6;

  private static final List<Rung> RUNGS = Rung.all();

  // For each step, how many looks in a row asked for it.
  private final int[] hot = new int[RUNGS.size()];
  private int calm;
  private int level;

  /**
   * Takes one look.
   *
   * @param pressure 1 when a limit is reached
   * @return how many steps are to be refused, from the first on
   */
  public int look(double pressure) {
    for (int i = 0; i < hot.length; i++) {
      hot[i] = pressure >= RUNGS.get(i).refusedFrom() ? hot[i] + 1 : 0;
      if (hot[i] >= RISE_LOOKS && level <= i) {
        level = i + 1;
        calm = 0;
      }
    }
    boolean isCalm = level > 0 && pressure < CALM_SHARE * RUNGS.get(level - 1).refusedFrom();
    calm = isCalm ? calm + 1 : 0;
    if (calm == CALM_LOOKS) {
      level--;
      calm = 0;
    }
    return level;
  }
}
