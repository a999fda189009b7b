// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import org.jspecify.annotations.Nullable;

/** What a grab does; numbers and names stand in journals and answers. */
public enum GrabMode {
  /** A grab reserves a share for some seconds, so that an open never comes up empty. */
  RESERVE(1, "reserve"),
  /** A grab only looks; whoever opens first has the share. Nothing is journaled at grab. */
  CLASSIC(2, "classic");

  private final int number;
  private final String wireName;

  GrabMode(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  public static GrabMode ofNumber(int number) {
    return number == RESERVE.number ? RESERVE : CLASSIC;
  }

  /** Finds the mode that a client named, or null. */
  public static @Nullable GrabMode ofWireName(String name) {
    for (GrabMode mode : values()) {
      if (mode.wireName.equals(name)) {
        return mode;
      }
    }
    return null;
  }
}
