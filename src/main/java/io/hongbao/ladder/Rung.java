// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of the ladder, in the order in which they are given up.
 *
 * <p>The pressure at which load alone refuses a step is a share of the limit that is nearest to
 * being reached: at 1 commands would be turned away. The first step goes when half of it is used
 * up, because the expensive reads are the least needed and the most relief; the last shortly before
 * money itself would be refused.
 */
public enum Rung {
  /** Sums over everything: the trial balance, yearly summaries. */
  ANALYTICS(0.5),
  /** Whatever the read model answers: lists, statements, past balances. */
  LISTS(0.6),
  /** One packet with its shares, its proof. */
  DETAILS(0.75),
  /** What people say to one another. */
  CHAT(0.9);

  private static final List<Rung> ALL = List.of(values());

  private final double refusedFrom;
  private final String wireName;

  Rung(double refusedFrom) {
    this.refusedFrom = refusedFrom;
    this.wireName = name().toLowerCase(Locale.ROOT);
  }

  /** Pressure from which load refuses this step; 1 is a limit reached. */
  public double refusedFrom() {
    return refusedFrom;
  }

  public String wireName() {
    return wireName;
  }

  /** In the order in which they are given up. */
  public static List<Rung> all() {
    return ALL;
  }

  /** The step with that name, or null. */
  public static @Nullable Rung named(String name) {
    for (Rung rung : ALL) {
      if (rung.wireName.equals(name)) {
        return rung;
      }
    }
    return null;
  }

  /** Its bit in a mask; lives in memory only. */
  @SuppressWarnings("EnumOrdinal") // Never written anywhere.
  int bit() {
    return 1 << ordinal();
  }
}
