// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

/**
 * What the person at the terminal chose.
 *
 * @param userCount how many people play
 * @param keep whether the sandbox stays
 * @param quiet whether only faults and the last line are shown
 * @param seed of the play's chance
 */
public record DemoOptions(int userCount, boolean keep, boolean quiet, long seed) {

  /** Fewer could not fill the parts. */
  public static final int USERS_MIN = 20;

  /** One bulk call of the API seeds five times as many; more would only make the play longer. */
  public static final int USERS_MAX = 2_000;

  public static final int USERS_DEFAULT = 500;

  public DemoOptions {
    if (userCount < USERS_MIN || userCount > USERS_MAX) {
      throw new IllegalArgumentException(
          "--users takes %d to %d, not %d".formatted(USERS_MIN, USERS_MAX, userCount));
    }
  }
}
