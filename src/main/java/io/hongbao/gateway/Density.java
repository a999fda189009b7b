// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of a loud room a reader wants to see; only talk is ever left out. */
public enum Density {
  /** Each entry by itself. */
  FULL(Integer.MAX_VALUE, false),
  /** Repeats of one moment become one. */
  HIGH(Integer.MAX_VALUE, true),
  /** At most 20 talks of one moment: what a screen can show. */
  MEDIUM(20, true),
  /** At most 5, for small screens and slow lines. */
  LOW(5, true);

  private static final Density[] ALL = values();

  /** As many as there are. */
  static final int COUNT = ALL.length;

  private final int talksMax;
  private final boolean merges;

  Density(int talksMax, boolean merges) {
    this.talksMax = talksMax;
    this.merges = merges;
  }

  int talksMax() {
    return talksMax;
  }

  boolean merges() {
    return merges;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Density at(int index) {
    return ALL[index];
  }

  /** The density of that name; null when there is none. */
  public static @Nullable Density of(String name) {
    for (Density density : ALL) {
      if (density.wireName().equals(name)) {
        return density;
      }
    }
    return null;
  }
}
