// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.model.Check;
import org.jspecify.annotations.Nullable;

/**
 * The ways to split a packet's total; numbers and names stand in journals, commitments, answers.
 */
public enum PacketKind {
  /**
   * Each share is drawn when it is opened; every place has the same mean, later ones more spread.
   */
  LUCKY_LIVE(1, "lucky"),
  /** All shares are drawn at send and shuffled; every place has the same mean and spread. */
  LUCKY_FAIR(2, "lucky_fair"),
  /** All shares are the same. */
  EQUAL(3, "equal"),
  /** One share for one person. */
  EXCLUSIVE(4, "exclusive");

  private static final PacketKind[] KINDS = values();

  private final int number;
  private final String wireName;

  PacketKind(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  /** Stable number, as journaled and committed. */
  public int number() {
    return number;
  }

  /** Stable name, as clients write and read it. */
  public String wireName() {
    return wireName;
  }

  /** Finds the kind that a journal holds; an unknown number there is a broken journal. */
  public static PacketKind ofNumber(int number) {
    Check.atLeast(number, 1, "packet kind");
    Check.atMost(number, KINDS.length, "packet kind");
    return KINDS[number - 1];
  }

  /** Finds the kind that a client named, or null when there is none of that name. */
  public static @Nullable PacketKind ofWireName(String wireName) {
    for (PacketKind kind : KINDS) {
      if (kind.wireName.equals(wireName)) {
        return kind;
      }
    }
    return null;
  }
}
