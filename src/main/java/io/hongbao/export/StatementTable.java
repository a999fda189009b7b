// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/**
 * Every change of every wallet, by account and place in the journal; all families write it.
 *
 * <p>An account lives in one partition, so its entries are in order by that partition's sequence,
 * and their times never go back along it.
 */
public final class StatementTable {

  private static final Table.Builder B = Table.named("statement_entry");

  public static final Column USER_ID = B.key("user_id");
  public static final Column ASSET = B.key("asset");
  public static final Column SEQUENCE = B.key("sequence");
  public static final Column EVENT_INDEX = B.key("event_index");
  public static final Column AT_MS = B.max("at_ms");
  public static final Column KIND = B.maxInt("kind");
  // The change may be negative, and unknown must give way to it: so the smaller value stays.
  public static final Column AMOUNT_MINOR = B.min("amount_minor");
  // An account with credit may be below zero.
  public static final Column BALANCE_AFTER_MINOR = B.min("balance_after_minor");
  public static final Column REFERENCE_ID = B.max("reference_id");

  public static final Table TABLE = B.build();

  private StatementTable() {}

  /**
   * Adds one change of a wallet.
   *
   * @param amountMinor positive when money came, negative when it left
   */
  public static void add(
      RowBatch rows,
      RecordStamp stamp,
      long userId,
      int asset,
      StatementKind kind,
      long amountMinor,
      long balanceAfterMinor,
      long referenceId) {
    rows.row(TABLE, userId, asset, stamp.sequence(), stamp.eventIndex())
        .set(AT_MS, stamp.timeMs())
        .set(KIND, kind.number())
        .set(AMOUNT_MINOR, amountMinor)
        .set(BALANCE_AFTER_MINOR, balanceAfterMinor)
        .set(REFERENCE_ID, referenceId);
  }
}
