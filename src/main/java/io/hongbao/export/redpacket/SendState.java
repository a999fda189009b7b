// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.redpacket;

import io.hongbao.model.Check;
import io.hongbao.redpacket.PacketState;

/**
 * Where a packet stands as its sender sees it, payment included.
 *
 * <p><b>Invariant:</b> numbers grow along every path, so that the larger of two is the later one.
 */
public enum SendState {
  /** Waits for the provider's money. */
  UNPAID(1, "unpaid"),
  /** Will never be paid. */
  CANCELLED(2, "cancelled"),
  /** Paid; on its way to its partition. */
  SENDING(3, "sending"),
  /** Shares can be grabbed and opened. */
  OPEN(4, "open"),
  /** All shares are open. */
  EMPTY(5, "empty"),
  /** Time is up; what was left went back. */
  EXPIRED(6, "expired");

  private static final SendState[] STATES = values();

  private final int number;
  private final String wireName;

  SendState(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  public boolean isPaid() {
    return number >= SENDING.number;
  }

  public boolean isClosed() {
    return number >= EMPTY.number;
  }

  public static SendState ofNumber(int number) {
    Check.atLeast(number, 1, "state of a packet");
    Check.atMost(number, STATES.length, "state of a packet");
    return STATES[number - 1];
  }

  static SendState of(PacketState state) {
    return switch (state) {
      case OPEN -> OPEN;
      case EMPTY -> EMPTY;
      case EXPIRED -> EXPIRED;
    };
  }
}
