// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.model.Check;

/** Why a balance changed; the number stands in the read model, the name in answers. */
public enum StatementKind {
  /** An operator paid in. */
  TOP_UP(1, "top_up", "transaction"),
  /** An earlier change was taken back by a new one. */
  REVERSAL(2, "reversal", "transaction"),
  /** Wrapped into a red packet. */
  RED_PACKET_SENT(3, "red_packet_sent", "red_packet"),
  /** A share of a red packet. */
  RED_PACKET_RECEIVED(4, "red_packet_received", "red_packet"),
  /** The rest of an expired red packet. */
  RED_PACKET_REFUNDED(5, "red_packet_refunded", "red_packet"),
  /** A hold was posted. */
  HOLD_POSTED(6, "hold_posted", "hold"),
  /** Left by a leg of a transfer. */
  TRANSFER_OUT(7, "transfer_out", "transfer"),
  /** Came by a leg of a transfer. */
  TRANSFER_IN(8, "transfer_in", "transfer");

  private static final StatementKind[] KINDS = values();

  private final int number;
  private final String wireName;
  private final String referenceKind;

  StatementKind(int number, String wireName, String referenceKind) {
    this.number = number;
    this.wireName = wireName;
    this.referenceKind = referenceKind;
  }

  public int number() {
    return number;
  }

  public String wireName() {
    return wireName;
  }

  /** What the entry's reference id names. */
  public String referenceKind() {
    return referenceKind;
  }

  public static StatementKind ofNumber(int number) {
    Check.atLeast(number, 1, "kind of a statement entry");
    Check.atMost(number, KINDS.length, "kind of a statement entry");
    return KINDS[number - 1];
  }
}
