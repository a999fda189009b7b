// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

/** Where a packet stands; numbers stand in journals, names in answers. */
public enum PacketState {
  /** Shares can be grabbed and opened. */
  OPEN(1, "open"),
  /** All shares are open. */
  EMPTY(2, "empty"),
  /** Time is up; what was left went back. */
  EXPIRED(3, "expired");

  private final int number;
  private final String wireName;

  PacketState(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  public static PacketState ofNumber(int number) {
    return values()[number - 1];
  }
}
