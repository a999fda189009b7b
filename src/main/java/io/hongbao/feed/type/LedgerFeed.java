// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.account.AccountEvent;
import io.hongbao.account.AccountEvent.ArrivalsEvicted;
import io.hongbao.account.AccountEvent.HoldDrawn;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.LegCredited;
import io.hongbao.account.AccountEvent.LegPosted;
import io.hongbao.account.AccountEvent.LegReversed;
import io.hongbao.account.AccountEvent.LegSettled;
import io.hongbao.account.AccountEvent.LegSuspended;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.account.AccountEvent.MetadataChanged;
import io.hongbao.account.AccountEvent.SuspenseSettled;
import io.hongbao.account.AccountEvent.TransferBooked;
import io.hongbao.account.AccountEvent.TransferEvicted;
import io.hongbao.account.codec.ArrivalsEvictedDecoder;
import io.hongbao.account.codec.HoldDrawnDecoder;
import io.hongbao.account.codec.LegCreditedDecoder;
import io.hongbao.account.codec.LegPostedDecoder;
import io.hongbao.account.codec.LegReversedDecoder;
import io.hongbao.account.codec.LegSettledDecoder;
import io.hongbao.account.codec.LegSuspendedDecoder;
import io.hongbao.account.codec.LimitsChangedDecoder;
import io.hongbao.account.codec.MetadataChangedDecoder;
import io.hongbao.account.codec.SuspenseSettledDecoder;
import io.hongbao.account.codec.TransferBookedDecoder;
import io.hongbao.account.codec.TransferEvictedDecoder;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.Template;
import io.hongbao.feed.Template.Hidden;
import io.hongbao.feed.Template.Shown;
import io.hongbao.model.RefusalCode;
import java.util.List;

/** Transfers in legs, limits, metadata and suspense, for {@link AccountFeed}. */
final class LedgerFeed {

  private static final String TRANSFER = "transfer";
  private static final String ACCOUNT = "account";

  private LedgerFeed() {}

  static List<Template> templates() {
    return List.of(
        new Shown(TransferBookedDecoder.TEMPLATE_ID, "transfer.booked", TRANSFER),
        new Shown(LegPostedDecoder.TEMPLATE_ID, "transfer.leg_posted", TRANSFER),
        new Shown(LegCreditedDecoder.TEMPLATE_ID, "transfer.leg_credited", TRANSFER),
        new Shown(LegSuspendedDecoder.TEMPLATE_ID, "transfer.leg_suspended", TRANSFER),
        new Shown(LegSettledDecoder.TEMPLATE_ID, "transfer.leg_settled", TRANSFER),
        new Shown(LegReversedDecoder.TEMPLATE_ID, "transfer.leg_reversed", TRANSFER),
        new Hidden(TransferEvictedDecoder.TEMPLATE_ID, AccountFeed.MEMORY),
        new Hidden(ArrivalsEvictedDecoder.TEMPLATE_ID, AccountFeed.MEMORY),
        new Shown(HoldDrawnDecoder.TEMPLATE_ID, "hold.drawn", "hold"),
        new Shown(MetadataChangedDecoder.TEMPLATE_ID, "account.metadata_changed", ACCOUNT),
        new Shown(LimitsChangedDecoder.TEMPLATE_ID, "account.limits_changed", ACCOUNT),
        new Shown(SuspenseSettledDecoder.TEMPLATE_ID, "suspense.settled", TRANSFER));
  }

  static long subjectId(LedgerEvent event) {
    return switch (event) {
      case TransferBooked e -> e.transferId();
      case LegPosted e -> e.transferId();
      case LegCredited e -> e.transferId();
      case LegSuspended e -> e.transferId();
      case LegSettled e -> e.transferId();
      case LegReversed e -> e.transferId();
      case TransferEvicted e -> e.transferId();
      case ArrivalsEvicted e -> e.transferId();
      case HoldDrawn e -> e.holdId();
      case MetadataChanged e -> e.ownerId();
      case LimitsChanged e -> e.ownerId();
      case SuspenseSettled e -> e.transferId();
    };
  }

  static void write(LedgerEvent event, DataWriter data) {
    switch (event) {
      case TransferBooked e ->
          data.id("transfer_id", e.transferId())
              .text("kind", e.kind().wireName())
              .idIfAny("reverses", e.reversesId())
              .number("leg_count", e.legCount())
              .textIfAny("reference", e.reference())
              .textIfAny("reason", e.reason())
              .textIfAny("operator", e.operator());
      case LegPosted e -> posted(e, data);
      case LegCredited e ->
          moved(data, e.transferId(), e.leg(), e.fromId(), e.toId())
              .money("amount", e.asset(), e.amountMinor())
              .number("balance_after", e.balanceAfterMinor());
      case LegSuspended e ->
          moved(data, e.transferId(), e.leg(), e.fromId(), e.toId())
              .money("amount", e.asset(), e.amountMinor())
              .text("reason", RefusalCode.ofNumber(e.reasonNumber()).wireName());
      case LegSettled e -> {
        leg(data, e.transferId(), e.leg()).flag("is_credited", e.reasonNumber() == 0);
        if (e.reasonNumber() != 0) {
          data.text("reason", RefusalCode.ofNumber(e.reasonNumber()).wireName());
        }
        data.idIfAny("settlement_id", e.settlementId());
      }
      case LegReversed e ->
          leg(data, e.transferId(), e.leg()).id("reversal_id", e.reversalId());
      case HoldDrawn e ->
          data.id("hold_id", e.holdId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .number("left", e.leftMinor())
              .id("transfer_id", e.transferId());
      case MetadataChanged e ->
          data.id("user_id", e.ownerId()).textIfAny("operator", e.operator());
      case LimitsChanged e ->
          data.id("user_id", e.ownerId())
              .asset("asset", e.asset())
              .number("lower", e.lowerMinor())
              .number("upper", e.upperMinor())
              .number("lower_before", e.lowerBeforeMinor())
              .number("upper_before", e.upperBeforeMinor())
              .textIfAny("reason", e.reason())
              .textIfAny("operator", e.operator());
      case SuspenseSettled e ->
          data.id("transfer_id", e.transferId())
              .money("amount", e.asset(), e.amountMinor())
              .textIfAny("reason", e.reason())
              .textIfAny("operator", e.operator());
      case TransferEvicted e -> {}
      case ArrivalsEvicted e -> {}
    }
  }

  private static void posted(LegPosted e, DataWriter data) {
    moved(data, e.transferId(), e.leg(), e.fromId(), e.toId())
        .money("amount", e.asset(), e.amountMinor())
        .number("from_balance_after", e.fromAfterMinor());
    boolean isUnderWay = e.toAfterMinor() == AccountEvent.ON_ITS_WAY;
    data.flag("is_in_flight", isUnderWay);
    if (!isUnderWay) {
      data.number("to_balance_after", e.toAfterMinor());
    }
  }

  private static DataWriter leg(DataWriter data, long transferId, int leg) {
    return data.id("transfer_id", transferId).number("leg", leg);
  }

  // Clearing and suspense are accounts of the partition; they have no owner to name.
  private static DataWriter moved(DataWriter data, long id, int leg, long fromId, long toId) {
    DataWriter written = leg(data, id, leg);
    if (fromId > 0) {
      written.id("from", fromId);
    }
    if (toId > 0) {
      written.id("to", toId);
    }
    return written;
  }
}
