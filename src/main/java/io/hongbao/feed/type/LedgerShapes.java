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
import io.hongbao.account.Leg;
import io.hongbao.account.Metadata;
import io.hongbao.account.codec.ArrivalsEvictedDecoder;
import io.hongbao.account.codec.CreditLegDecoder;
import io.hongbao.account.codec.HoldDrawnDecoder;
import io.hongbao.account.codec.LegCreditedDecoder;
import io.hongbao.account.codec.LegPostedDecoder;
import io.hongbao.account.codec.LegReversedDecoder;
import io.hongbao.account.codec.LegSettledDecoder;
import io.hongbao.account.codec.LegSuspendedDecoder;
import io.hongbao.account.codec.LimitsChangedDecoder;
import io.hongbao.account.codec.MetadataChangedDecoder;
import io.hongbao.account.codec.SuspenseSettledDecoder;
import io.hongbao.account.codec.TellLegDecoder;
import io.hongbao.account.codec.TransferBookedDecoder;
import io.hongbao.account.codec.TransferEvictedDecoder;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.Template;
import io.hongbao.feed.Template.Hidden;
import io.hongbao.feed.Template.Shown;
import io.hongbao.ledger.Bounds;
import io.hongbao.model.RefusalCode;
import java.util.List;

/** How the events of transfers, limits, metadata and suspense look. */
final class LedgerShapes {

  static final String MEMORY = "what was settled leaves memory; nothing changes for anybody";

  private static final String TRANSFER = "transfer";
  private static final String ACCOUNT = "account";
  private static final String TRAVELS =
      "travels between partitions and stands in no record; the events at both ends are shown";

  private LedgerShapes() {}

  static List<Template> templates() {
    return List.of(
        new Shown(TransferBookedDecoder.TEMPLATE_ID, "transfer.booked", TRANSFER),
        new Shown(LegPostedDecoder.TEMPLATE_ID, "transfer.leg_posted", TRANSFER),
        new Shown(LegCreditedDecoder.TEMPLATE_ID, "transfer.leg_credited", TRANSFER),
        new Shown(LegSuspendedDecoder.TEMPLATE_ID, "transfer.leg_suspended", TRANSFER),
        new Shown(LegSettledDecoder.TEMPLATE_ID, "transfer.leg_settled", TRANSFER),
        new Shown(LegReversedDecoder.TEMPLATE_ID, "transfer.leg_reversed", TRANSFER),
        new Hidden(TransferEvictedDecoder.TEMPLATE_ID, MEMORY),
        new Hidden(ArrivalsEvictedDecoder.TEMPLATE_ID, MEMORY),
        new Shown(HoldDrawnDecoder.TEMPLATE_ID, "hold.drawn", "hold"),
        new Shown(MetadataChangedDecoder.TEMPLATE_ID, "account.metadata_changed", ACCOUNT),
        new Shown(LimitsChangedDecoder.TEMPLATE_ID, "account.limits_changed", ACCOUNT),
        new Shown(SuspenseSettledDecoder.TEMPLATE_ID, "transfer.suspense_settled", TRANSFER),
        new Hidden(CreditLegDecoder.TEMPLATE_ID, TRAVELS),
        new Hidden(TellLegDecoder.TEMPLATE_ID, TRAVELS));
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

  // Of a transfer both sides' balances are shown.
  static long userId(LedgerEvent event) {
    return event instanceof HoldDrawn e ? e.userId() : 0;
  }

  static void write(LedgerEvent event, DataWriter data) {
    switch (event) {
      case TransferBooked e -> booked(e, data);
      case LegPosted e -> posted(e, data);
      case LegCredited e -> {
        leg(e.transferId(), e.leg(), e.fromId(), e.toId(), data);
        data.money("amount", e.asset(), e.amountMinor())
            .number("balance_after", e.balanceAfterMinor());
      }
      case LegSuspended e -> {
        leg(e.transferId(), e.leg(), e.fromId(), e.toId(), data);
        data.money("amount", e.asset(), e.amountMinor())
            .text("reason", RefusalCode.ofNumber(e.reasonNumber()).wireName());
      }
      case LegSettled e -> {
        data.id("transfer_id", e.transferId()).number("leg", e.leg());
        if (e.reasonNumber() != 0) {
          data.text("reason", RefusalCode.ofNumber(e.reasonNumber()).wireName());
        }
        data.idIfAny("settled_by", e.settlementId());
      }
      case LegReversed e ->
          data.id("transfer_id", e.transferId())
              .number("leg", e.leg())
              .id("reversed_by", e.reversalId());
      case HoldDrawn e ->
          data.id("hold_id", e.holdId())
              .id("owner_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .number("left", e.leftMinor())
              .id("transfer_id", e.transferId());
      case MetadataChanged e -> {
        data.id("owner_id", e.ownerId());
        metadata(e.metadata(), data);
        data.text("operator", e.operator());
      }
      case LimitsChanged e -> limits(e, data);
      case SuspenseSettled e ->
          data.id("transfer_id", e.transferId())
              .number("suspense_number", e.number())
              .money("amount", e.asset(), e.amountMinor())
              .textIfAny("reason", e.reason())
              .text("operator", e.operator());
      case TransferEvicted e -> {}
      case ArrivalsEvicted e -> {}
    }
  }

  private static void booked(TransferBooked e, DataWriter data) {
    data.id("transfer_id", e.transferId())
        .text("kind", e.kind().wireName())
        .idIfAny("reverses", e.reversesId())
        .number("leg_count", e.legCount())
        .textIfAny("reference", e.reference())
        .textIfAny("reason", e.reason());
    metadata(e.metadata(), data);
    data.text("operator", e.operator());
  }

  private static void posted(LegPosted e, DataWriter data) {
    leg(e.transferId(), e.leg(), e.fromId(), e.toId(), data);
    data.money("amount", e.asset(), e.amountMinor())
        .number("from_balance_after", e.fromAfterMinor());
    boolean isOnItsWay = e.toAfterMinor() == AccountEvent.ON_ITS_WAY;
    data.flag("in_flight", isOnItsWay);
    if (!isOnItsWay) {
      data.number("to_balance_after", e.toAfterMinor());
    }
  }

  private static void leg(long transferId, int leg, long fromId, long toId, DataWriter data) {
    data.id("transfer_id", transferId)
        .number("leg", leg)
        .text("from", party(fromId))
        .text("to", party(toId));
  }

  private static String party(long partyId) {
    if (partyId == Leg.CLEARING) {
      return "clearing";
    }
    return partyId == Leg.SUSPENSE ? "suspense" : Long.toString(partyId);
  }

  // A list, since names that clients choose are no fields of ours.
  private static void metadata(String text, DataWriter data) {
    data.beginList("metadata");
    Metadata.ofText(text)
        .entries()
        .forEach((name, value) -> data.beginItem().text("name", name).text("value", value).end());
    data.endList();
  }

  private static void limits(LimitsChanged e, DataWriter data) {
    data.id("owner_id", e.ownerId()).asset("asset", e.asset());
    bounds("now", e.lowerMinor(), e.upperMinor(), e.flags(), data);
    bounds("before", e.lowerBeforeMinor(), e.upperBeforeMinor(), e.flagsBefore(), data);
    data.textIfAny("reason", e.reason()).text("operator", e.operator());
  }

  private static void bounds(
      String name, long lowerMinor, long upperMinor, int flags, DataWriter data) {
    Bounds bounds = Bounds.of(lowerMinor, upperMinor, flags, 0);
    data.begin(name).number("credit_limit", -bounds.lowerMinor());
    if (bounds.upperMinor() != Bounds.NO_UPPER) {
      data.number("balance_max", bounds.upperMinor());
    }
    data.flag("frozen", bounds.isFrozen()).flag("closed", bounds.isClosed()).end();
  }
}
