// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.redpacket;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/**
 * One row per packet, from its order or its sending on.
 *
 * <p>Opens do not touch it: how much of an open packet is gone is summed up over its shares when
 * somebody asks, so that a burst on one packet is not a burst on one row.
 */
public final class PacketTable {

  private static final Table.Builder B = Table.named("packet");

  public static final Column ID = B.key("id");
  public static final Column SENDER_ID = B.max("sender_id");

  /** When it was ordered, or sent when there was no order; the place in lists, never changed. */
  public static final Column CREATED_AT_MS = B.min("created_at_ms");

  public static final Column STATE = B.maxInt("state");
  public static final Column KIND = B.maxInt("kind");
  public static final Column GRAB_MODE = B.maxInt("grab_mode");
  public static final Column ASSET = B.maxInt("asset");
  public static final Column TOTAL_MINOR = B.max("total_minor");
  public static final Column SHARE_COUNT = B.maxInt("share_count");
  public static final Column ROOM_ID = B.max("room_id");
  public static final Column RECIPIENT_ID = B.max("recipient_id");

  /** 0 while it is not paid. */
  public static final Column SENT_AT_MS = B.max("sent_at_ms");

  public static final Column EXPIRES_AT_MS = B.max("expires_at_ms");
  public static final Column CLOSED_AT_MS = B.max("closed_at_ms");
  public static final Column RETURNED_MINOR = B.max("returned_minor");
  public static final Column BEST_PLACE = B.maxInt("best_place");

  /** Last sequence in the sender's partition that changed the order. */
  public static final Column SENDER_SEQUENCE = B.max("sender_sequence");

  /** Last sequence in the packet's partition that changed this row. */
  public static final Column PACKET_SEQUENCE = B.max("packet_sequence");

  public static final Column CLAIM_CODE = B.code("claim_code");
  public static final Column COMMITMENT = B.code("commitment");

  /** Empty until the packet is closed. */
  public static final Column SEED = B.code("seed");

  public static final Column NONCE = B.code("nonce");
  public static final Column GREETING = B.text("greeting");
  public static final Column COVER = B.text("cover");

  public static final Table TABLE = build();

  private PacketTable() {}

  private static Table build() {
    B.index("packet_by_sender", SENDER_ID, CREATED_AT_MS, ID);
    return B.build();
  }
}
