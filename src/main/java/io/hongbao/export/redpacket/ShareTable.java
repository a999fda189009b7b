// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.redpacket;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** One row per opened share. */
public final class ShareTable {

  private static final Table.Builder B = Table.named("packet_share");

  public static final Column PACKET_ID = B.key("packet_id");
  public static final Column PLACE = B.key("place");
  public static final Column USER_ID = B.max("user_id");
  public static final Column ASSET = B.maxInt("asset");
  public static final Column AMOUNT_MINOR = B.max("amount_minor");
  public static final Column OPENED_AT_MS = B.max("opened_at_ms");

  /** Sequence of the open in the packet's partition. */
  public static final Column SEQUENCE = B.max("sequence");

  /** When it reached the opener's wallet; 0 before. */
  public static final Column CREDITED_AT_MS = B.max("credited_at_ms");

  /** Sequence of the credit in the opener's partition. */
  public static final Column CREDITED_SEQUENCE = B.max("credited_sequence");

  /** Number of the refusal for which it waits in suspense; 0 if it does not. */
  public static final Column SUSPENDED_REASON = B.maxInt("suspended_reason");

  /** 1 once the packet is closed and no share is larger. */
  public static final Column IS_BEST = B.maxInt("is_best");

  public static final Table TABLE = build();

  private ShareTable() {}

  private static Table build() {
    B.index("share_by_user", USER_ID, OPENED_AT_MS, PACKET_ID);
    return B.build();
  }
}
