// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.account;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** Legs of transfers; state and marks only grow, so that they may arrive in any order. */
public final class LegTable {

  private static final Table.Builder B = Table.named("ledger_leg");

  public static final Column TRANSFER_ID = B.key("transfer_id");
  public static final Column LEG = B.key("leg");
  // Suspense is -1: the smaller value stays, so that unknown gives way to it.
  public static final Column FROM_ID = B.min("from_id");
  public static final Column TO_ID = B.min("to_id");
  public static final Column ASSET = B.maxInt("asset");
  public static final Column AMOUNT_MINOR = B.max("amount_minor");
  public static final Column STATE = B.maxInt("state");
  public static final Column REASON = B.maxInt("reason");
  public static final Column SETTLEMENT_ID = B.max("settlement_id");
  public static final Column REVERSAL_ID = B.max("reversal_id");

  public static final Table TABLE = B.build();

  private LegTable() {}
}
