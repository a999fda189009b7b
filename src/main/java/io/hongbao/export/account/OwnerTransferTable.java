// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.account;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** Which transfers concern an owner, by the time when they were decided. */
public final class OwnerTransferTable {

  private static final Table.Builder B = Table.named("owner_transfer");

  public static final Column OWNER_ID = B.key("owner_id");
  public static final Column CREATED_AT_MS = B.key("created_at_ms");
  public static final Column TRANSFER_ID = B.key("transfer_id");
  public static final Column SEQUENCE = B.max("sequence");

  public static final Table TABLE = B.build();

  private OwnerTransferTable() {}
}
