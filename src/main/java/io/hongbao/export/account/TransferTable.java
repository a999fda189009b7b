// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.account;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** Transfers in legs, one row each; all of it comes from the partition that decided. */
public final class TransferTable {

  private static final Table.Builder B = Table.named("ledger_transfer");

  public static final Column ID = B.key("id");
  public static final Column KIND = B.maxInt("kind");
  public static final Column REVERSES_ID = B.max("reverses_id");
  public static final Column LEG_COUNT = B.maxInt("leg_count");
  public static final Column CREATED_AT_MS = B.max("created_at_ms");
  public static final Column SEQUENCE = B.max("sequence");
  public static final Column REFERENCE = B.code("reference");
  public static final Column REASON = B.text("reason");
  public static final Column METADATA = B.text("metadata");
  public static final Column OPERATOR = B.text("operator_name");

  static {
    B.index("ledger_transfer_by_reference", REFERENCE, ID);
  }

  public static final Table TABLE = B.build();

  private TransferTable() {}
}
