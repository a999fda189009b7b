// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.account;

import io.hongbao.account.AccountCodec;
import io.hongbao.account.AccountEvent;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.account.codec.HoldPostedDecoder;
import io.hongbao.account.codec.ToppedUpDecoder;
import io.hongbao.account.codec.TransactionReversedDecoder;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.RowBatch;
import io.hongbao.export.StatementKind;
import io.hongbao.export.StatementTable;
import io.hongbao.export.Table;
import java.util.List;

/** Rows of the events of accounts. */
public final class AccountExports implements FamilyExports {

  private final EventCodec codec = new AccountCodec();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Table> tables() {
    return TransferExports.tables();
  }

  @Override
  public boolean wants(int templateId) {
    return switch (templateId) {
      case ToppedUpDecoder.TEMPLATE_ID,
          TransactionReversedDecoder.TEMPLATE_ID,
          HoldPostedDecoder.TEMPLATE_ID ->
          true;
      default -> TransferExports.wants(templateId);
    };
  }

  @Override
  public void export(Event event, RecordStamp stamp, RowBatch rows) {
    switch ((AccountEvent) event) {
      case ToppedUp e ->
          StatementTable.add(
              rows,
              stamp,
              e.userId(),
              e.asset(),
              StatementKind.TOP_UP,
              e.amountMinor(),
              e.balanceAfterMinor(),
              e.transactionId());
      case TransactionReversed e ->
          StatementTable.add(
              rows,
              stamp,
              e.userId(),
              e.asset(),
              StatementKind.REVERSAL,
              -e.amountMinor(),
              e.balanceAfterMinor(),
              e.transactionId());
      case HoldPosted e ->
          StatementTable.add(
              rows,
              stamp,
              e.userId(),
              e.asset(),
              StatementKind.HOLD_POSTED,
              -e.amountMinor(),
              e.balanceAfterMinor(),
              e.holdId());
      case LedgerEvent e -> TransferExports.export(e, stamp, rows);
      default -> {}
    }
  }
}
