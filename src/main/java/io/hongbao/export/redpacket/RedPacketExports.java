// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.redpacket;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.Row;
import io.hongbao.export.RowBatch;
import io.hongbao.export.StatementKind;
import io.hongbao.export.StatementTable;
import io.hongbao.export.Table;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketCodec;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.CreditSuspended;
import io.hongbao.redpacket.RedPacketEvent.OrderCancelled;
import io.hongbao.redpacket.RedPacketEvent.OrderEvicted;
import io.hongbao.redpacket.RedPacketEvent.OrderPaid;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;
import io.hongbao.redpacket.RedPacketEvent.PacketEvicted;
import io.hongbao.redpacket.RedPacketEvent.PacketExpired;
import io.hongbao.redpacket.RedPacketEvent.PacketOrdered;
import io.hongbao.redpacket.RedPacketEvent.PacketSent;
import io.hongbao.redpacket.RedPacketEvent.RestReturned;
import io.hongbao.redpacket.RedPacketEvent.ShareCredited;
import io.hongbao.redpacket.RedPacketEvent.ShareOpened;
import io.hongbao.redpacket.RedPacketEvent.ShareReserved;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentEvicted;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentRefunded;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentTaken;
import io.hongbao.redpacket.codec.OrderEvictedDecoder;
import io.hongbao.redpacket.codec.PacketEvictedDecoder;
import io.hongbao.redpacket.codec.ShareReservedDecoder;
import io.hongbao.redpacket.codec.StrayPaymentEvictedDecoder;
import io.hongbao.redpacket.draw.DrawCommitter;
import java.util.HexFormat;
import java.util.List;

/**
 * Rows of the events of red packets.
 *
 * <p>An open costs two rows, however large the packet: its share, and the opener's statement.
 */
public final class RedPacketExports implements FamilyExports {

  private final EventCodec codec = new RedPacketCodec();
  private final DrawCommitter committer = new DrawCommitter();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Table> tables() {
    return List.of(PacketTable.TABLE, ShareTable.TABLE, OrderTable.TABLE, StrayPaymentTable.TABLE);
  }

  @Override
  public boolean wants(int templateId) {
    return switch (templateId) {
      case ShareReservedDecoder.TEMPLATE_ID,
          PacketEvictedDecoder.TEMPLATE_ID,
          OrderEvictedDecoder.TEMPLATE_ID,
          StrayPaymentEvictedDecoder.TEMPLATE_ID ->
          false;
      default -> true;
    };
  }

  @Override
  public void export(Event event, RecordStamp stamp, RowBatch rows) {
    switch ((RedPacketEvent) event) {
      case PacketSent e -> sent(e, stamp, rows);
      case PacketOrdered e -> ordered(e, stamp, rows);
      case OrderPaid e -> paid(e, stamp, rows);
      case OrderCancelled e -> cancelled(e, stamp, rows);
      case StrayPaymentTaken e -> strayTaken(e, stamp, rows);
      case StrayPaymentRefunded e ->
          rows.row(StrayPaymentTable.TABLE, e.refundId())
              .set(StrayPaymentTable.PACKET_ID, e.packetId())
              .set(StrayPaymentTable.REFUNDED_AT_MS, stamp.timeMs())
              .set(StrayPaymentTable.SEQUENCE, stamp.sequence());
      case RestReturned e -> restReturned(e, stamp, rows);
      case PacketCreated e ->
          packet(rows, e.spec().packetId())
              .set(PacketTable.STATE, SendState.OPEN.number())
              .set(PacketTable.PACKET_SEQUENCE, stamp.sequence());
      case ShareOpened e -> opened(e, stamp, rows);
      case PacketExpired e ->
          packet(rows, e.packetId())
              .set(PacketTable.RETURNED_MINOR, e.restMinor())
              .set(PacketTable.PACKET_SEQUENCE, stamp.sequence());
      case PacketClosed e -> closed(e, stamp, rows);
      case ShareCredited e -> credited(e, stamp, rows);
      case CreditSuspended e ->
          share(rows, e.packetId(), e.place(), e.userId(), e.asset(), e.amountMinor())
              .set(ShareTable.SUSPENDED_REASON, e.reasonNumber());
      case ShareReserved e -> {}
      case PacketEvicted e -> {}
      case OrderEvicted e -> {}
      case StrayPaymentEvicted e -> {}
    }
  }

  private void sent(PacketSent e, RecordStamp stamp, RowBatch rows) {
    PacketSpec spec = e.spec();
    spec(spec, stamp, rows);
    StatementTable.add(
        rows,
        stamp,
        spec.senderId(),
        spec.terms().asset(),
        StatementKind.RED_PACKET_SENT,
        -spec.terms().totalMinor(),
        e.balanceAfterMinor(),
        spec.packetId());
  }

  private static void ordered(PacketOrdered e, RecordStamp stamp, RowBatch rows) {
    terms(packet(rows, e.packetId()), e.senderId(), e.terms())
        .set(PacketTable.CREATED_AT_MS, stamp.timeMs())
        .set(PacketTable.STATE, SendState.UNPAID.number())
        .set(PacketTable.SENDER_SEQUENCE, stamp.sequence());
    order(rows, e.packetId(), stamp)
        .set(OrderTable.SENDER_ID, e.senderId())
        .set(OrderTable.ORDERED_AT_MS, stamp.timeMs())
        .set(OrderTable.PAY_BEFORE_MS, e.payBeforeMs())
        .set(OrderTable.PROVIDER, e.provider());
  }

  private void paid(OrderPaid e, RecordStamp stamp, RowBatch rows) {
    spec(e.spec(), stamp, rows);
    order(rows, e.spec().packetId(), stamp)
        .set(OrderTable.SENDER_ID, e.spec().senderId())
        .set(OrderTable.PAID_AT_MS, e.paidAtMs())
        .set(OrderTable.PAYMENT_ID, e.paymentId());
  }

  private void spec(PacketSpec spec, RecordStamp stamp, RowBatch rows) {
    HexFormat hex = HexFormat.of();
    terms(packet(rows, spec.packetId()), spec.senderId(), spec.terms())
        .set(PacketTable.CREATED_AT_MS, spec.sentAtMs())
        .set(PacketTable.SENT_AT_MS, spec.sentAtMs())
        .set(PacketTable.EXPIRES_AT_MS, spec.expiresAtMs())
        .set(PacketTable.STATE, SendState.SENDING.number())
        .set(PacketTable.SENDER_SEQUENCE, stamp.sequence())
        .set(
            PacketTable.CLAIM_CODE,
            hex.toHexDigits(spec.claimHigh()) + hex.toHexDigits(spec.claimLow()))
        .set(PacketTable.COMMITMENT, committer.commit(spec.drawTerms(), spec.seed()).hex());
  }

  private static Row terms(Row row, long senderId, PacketTerms terms) {
    return row.set(PacketTable.SENDER_ID, senderId)
        .set(PacketTable.KIND, terms.kind().number())
        .set(PacketTable.GRAB_MODE, terms.grabMode().number())
        .set(PacketTable.ASSET, terms.asset())
        .set(PacketTable.TOTAL_MINOR, terms.totalMinor())
        .set(PacketTable.SHARE_COUNT, terms.count())
        .set(PacketTable.ROOM_ID, terms.roomId())
        .set(PacketTable.RECIPIENT_ID, terms.recipientId())
        .set(PacketTable.NONCE, terms.nonce().base64Url())
        .set(PacketTable.GREETING, terms.greeting())
        .set(PacketTable.COVER, terms.cover());
  }

  private static void cancelled(OrderCancelled e, RecordStamp stamp, RowBatch rows) {
    packet(rows, e.packetId())
        .set(PacketTable.STATE, SendState.CANCELLED.number())
        .set(PacketTable.CLOSED_AT_MS, stamp.timeMs())
        .set(PacketTable.SENDER_SEQUENCE, stamp.sequence());
    order(rows, e.packetId(), stamp).set(OrderTable.CANCELLED_AT_MS, stamp.timeMs());
  }

  private static void strayTaken(StrayPaymentTaken e, RecordStamp stamp, RowBatch rows) {
    rows.row(StrayPaymentTable.TABLE, e.refundId())
        .set(StrayPaymentTable.PACKET_ID, e.packetId())
        .set(StrayPaymentTable.ASSET, e.asset())
        .set(StrayPaymentTable.AMOUNT_MINOR, e.amountMinor())
        .set(StrayPaymentTable.REASON, e.reason().number())
        .set(StrayPaymentTable.TAKEN_AT_MS, stamp.timeMs())
        .set(StrayPaymentTable.SEQUENCE, stamp.sequence())
        .set(StrayPaymentTable.PAYMENT_ID, e.paymentId());
  }

  private static void restReturned(RestReturned e, RecordStamp stamp, RowBatch rows) {
    if (e.balanceAfterMinor() == RedPacketEvent.NO_BALANCE) {
      return;
    }
    StatementTable.add(
        rows,
        stamp,
        e.senderId(),
        e.asset(),
        StatementKind.RED_PACKET_REFUNDED,
        e.amountMinor(),
        e.balanceAfterMinor(),
        e.packetId());
  }

  private static void opened(ShareOpened e, RecordStamp stamp, RowBatch rows) {
    rows.row(ShareTable.TABLE, e.packetId(), e.place())
        .set(ShareTable.USER_ID, e.userId())
        .set(ShareTable.AMOUNT_MINOR, e.amountMinor())
        .set(ShareTable.OPENED_AT_MS, stamp.timeMs())
        .set(ShareTable.SEQUENCE, stamp.sequence());
  }

  private static void closed(PacketClosed e, RecordStamp stamp, RowBatch rows) {
    packet(rows, e.packetId())
        .set(PacketTable.STATE, SendState.of(e.state()).number())
        .set(PacketTable.CLOSED_AT_MS, stamp.timeMs())
        .set(PacketTable.BEST_PLACE, e.bestPlace())
        .set(PacketTable.PACKET_SEQUENCE, stamp.sequence())
        .set(PacketTable.SEED, e.seed().hex());
    if (e.bestPlace() > 0) {
      rows.row(ShareTable.TABLE, e.packetId(), e.bestPlace()).set(ShareTable.IS_BEST, 1);
    }
  }

  private static void credited(ShareCredited e, RecordStamp stamp, RowBatch rows) {
    share(rows, e.packetId(), e.place(), e.userId(), e.asset(), e.amountMinor())
        .set(ShareTable.CREDITED_AT_MS, stamp.timeMs())
        .set(ShareTable.CREDITED_SEQUENCE, stamp.sequence());
    StatementTable.add(
        rows,
        stamp,
        e.userId(),
        e.asset(),
        StatementKind.RED_PACKET_RECEIVED,
        e.amountMinor(),
        e.balanceAfterMinor(),
        e.packetId());
  }

  private static Row packet(RowBatch rows, long packetId) {
    return rows.row(PacketTable.TABLE, packetId);
  }

  private static Row order(RowBatch rows, long packetId, RecordStamp stamp) {
    return rows.row(OrderTable.TABLE, packetId).set(OrderTable.SEQUENCE, stamp.sequence());
  }

  private static Row share(
      RowBatch rows, long packetId, int place, long userId, int asset, long amountMinor) {
    return rows.row(ShareTable.TABLE, packetId, place)
        .set(ShareTable.USER_ID, userId)
        .set(ShareTable.ASSET, asset)
        .set(ShareTable.AMOUNT_MINOR, amountMinor);
  }
}
