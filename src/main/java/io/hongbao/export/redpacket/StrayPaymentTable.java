// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.redpacket;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** One row per payment that no order waited for. */
public final class StrayPaymentTable {

  private static final Table.Builder B = Table.named("stray_payment");

  public static final Column REFUND_ID = B.key("refund_id");
  public static final Column PACKET_ID = B.max("packet_id");
  public static final Column ASSET = B.maxInt("asset");
  public static final Column AMOUNT_MINOR = B.max("amount_minor");
  public static final Column REASON = B.maxInt("reason");
  public static final Column TAKEN_AT_MS = B.max("taken_at_ms");
  public static final Column REFUNDED_AT_MS = B.max("refunded_at_ms");
  public static final Column SEQUENCE = B.max("sequence");
  public static final Column PAYMENT_ID = B.text("payment_id");

  public static final Table TABLE = build();

  private StrayPaymentTable() {}

  private static Table build() {
    B.index("stray_by_packet", PACKET_ID);
    return B.build();
  }
}
