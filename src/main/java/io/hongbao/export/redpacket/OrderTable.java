// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.redpacket;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** One row per packet that a provider is to pay, or was to pay; its terms stand in the packet. */
public final class OrderTable {

  private static final Table.Builder B = Table.named("packet_order");

  public static final Column ID = B.key("id");
  public static final Column SENDER_ID = B.max("sender_id");
  public static final Column ORDERED_AT_MS = B.max("ordered_at_ms");
  public static final Column PAY_BEFORE_MS = B.max("pay_before_ms");

  /** The provider's time of the payment; 0 before. */
  public static final Column PAID_AT_MS = B.max("paid_at_ms");

  public static final Column CANCELLED_AT_MS = B.max("cancelled_at_ms");
  public static final Column SEQUENCE = B.max("sequence");
  public static final Column PROVIDER = B.text("provider");
  public static final Column PAYMENT_ID = B.text("payment_id");

  public static final Table TABLE = B.build();

  private OrderTable() {}
}
