// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.account;

import io.hongbao.account.AccountEvent;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.LegCredited;
import io.hongbao.account.AccountEvent.LegPosted;
import io.hongbao.account.AccountEvent.LegReversed;
import io.hongbao.account.AccountEvent.LegSettled;
import io.hongbao.account.AccountEvent.TransferBooked;
import io.hongbao.account.Leg;
import io.hongbao.account.codec.LegCreditedDecoder;
import io.hongbao.account.codec.LegPostedDecoder;
import io.hongbao.account.codec.LegReversedDecoder;
import io.hongbao.account.codec.LegSettledDecoder;
import io.hongbao.account.codec.TransferBookedDecoder;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.Row;
import io.hongbao.export.RowBatch;
import io.hongbao.export.StatementKind;
import io.hongbao.export.StatementTable;
import io.hongbao.export.Table;
import java.util.List;

/** Rows of the events of transfers in legs. */
final class TransferExports {

  private TransferExports() {}

  static List<Table> tables() {
    return List.of(TransferTable.TABLE, LegTable.TABLE, OwnerTransferTable.TABLE);
  }

  static boolean wants(int templateId) {
    return switch (templateId) {
      case TransferBookedDecoder.TEMPLATE_ID,
          LegPostedDecoder.TEMPLATE_ID,
          LegCreditedDecoder.TEMPLATE_ID,
          LegSettledDecoder.TEMPLATE_ID,
          LegReversedDecoder.TEMPLATE_ID ->
          true;
      default -> false;
    };
  }

  static void export(LedgerEvent event, RecordStamp stamp, RowBatch rows) {
    switch (event) {
      case TransferBooked e ->
          rows.row(TransferTable.TABLE, e.transferId())
              .set(TransferTable.KIND, e.kind().number())
              .set(TransferTable.REVERSES_ID, e.reversesId())
              .set(TransferTable.LEG_COUNT, e.legCount())
              .set(TransferTable.CREATED_AT_MS, stamp.timeMs())
              .set(TransferTable.SEQUENCE, stamp.sequence())
              .set(TransferTable.REFERENCE, e.reference())
              .set(TransferTable.REASON, e.reason())
              .set(TransferTable.METADATA, e.metadata())
              .set(TransferTable.OPERATOR, e.operator());
      case LegPosted e -> posted(e, stamp, rows);
      case LegCredited e ->
          statement(
              rows,
              stamp,
              e.toId(),
              e.asset(),
              e.amountMinor(),
              e.balanceAfterMinor(),
              e.transferId());
      case LegSettled e -> settled(e, rows);
      case LegReversed e ->
          leg(rows, e.transferId(), e.leg()).set(LegTable.REVERSAL_ID, e.reversalId());
      default -> {}
    }
  }

  private static void posted(LegPosted e, RecordStamp stamp, RowBatch rows) {
    boolean isOnItsWay = e.toAfterMinor() == AccountEvent.ON_ITS_WAY;
    Leg.State state = isOnItsWay ? Leg.State.IN_FLIGHT : Leg.State.CREDITED;
    leg(rows, e.transferId(), e.leg())
        .set(LegTable.FROM_ID, e.fromId())
        .set(LegTable.TO_ID, e.toId())
        .set(LegTable.ASSET, e.asset())
        .set(LegTable.AMOUNT_MINOR, e.amountMinor())
        .set(LegTable.STATE, state.number());
    concern(rows, stamp, e.fromId(), e.transferId());
    concern(rows, stamp, e.toId(), e.transferId());
    statement(
        rows, stamp, e.fromId(), e.asset(), -e.amountMinor(), e.fromAfterMinor(), e.transferId());
    if (!isOnItsWay) {
      statement(
          rows, stamp, e.toId(), e.asset(), e.amountMinor(), e.toAfterMinor(), e.transferId());
    }
  }

  private static void settled(LegSettled e, RowBatch rows) {
    Leg.State told = e.reasonNumber() == 0 ? Leg.State.CREDITED : Leg.State.SUSPENDED;
    leg(rows, e.transferId(), e.leg())
        .set(LegTable.STATE, (e.settlementId() == 0 ? told : Leg.State.SETTLED).number())
        .set(LegTable.REASON, e.reasonNumber())
        .set(LegTable.SETTLEMENT_ID, e.settlementId());
  }

  private static Row leg(RowBatch rows, long transferId, int leg) {
    return rows.row(LegTable.TABLE, transferId, leg);
  }

  private static void concern(RowBatch rows, RecordStamp stamp, long partyId, long transferId) {
    if (partyId > 0) {
      rows.row(OwnerTransferTable.TABLE, partyId, stamp.timeMs(), transferId)
          .set(OwnerTransferTable.SEQUENCE, stamp.sequence());
    }
  }

  private static void statement(
      RowBatch rows,
      RecordStamp stamp,
      long partyId,
      int asset,
      long amountMinor,
      long balanceAfterMinor,
      long transferId) {
    if (partyId > 0) {
      StatementTable.add(
          rows,
          stamp,
          partyId,
          asset,
          amountMinor < 0 ? StatementKind.TRANSFER_OUT : StatementKind.TRANSFER_IN,
          amountMinor,
          balanceAfterMinor,
          transferId);
    }
  }
}
