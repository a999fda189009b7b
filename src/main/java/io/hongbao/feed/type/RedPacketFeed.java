// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Template;
import io.hongbao.feed.Template.Hidden;
import io.hongbao.feed.Template.Shown;
import io.hongbao.model.RefusalCode;
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
import io.hongbao.redpacket.codec.CreatePacketDecoder;
import io.hongbao.redpacket.codec.CreditShareDecoder;
import io.hongbao.redpacket.codec.CreditSuspendedDecoder;
import io.hongbao.redpacket.codec.OrderCancelledDecoder;
import io.hongbao.redpacket.codec.OrderEvictedDecoder;
import io.hongbao.redpacket.codec.OrderPaidDecoder;
import io.hongbao.redpacket.codec.PacketClosedDecoder;
import io.hongbao.redpacket.codec.PacketCreatedDecoder;
import io.hongbao.redpacket.codec.PacketEvictedDecoder;
import io.hongbao.redpacket.codec.PacketExpiredDecoder;
import io.hongbao.redpacket.codec.PacketOrderedDecoder;
import io.hongbao.redpacket.codec.PacketSentDecoder;
import io.hongbao.redpacket.codec.RestReturnedDecoder;
import io.hongbao.redpacket.codec.ReturnRestDecoder;
import io.hongbao.redpacket.codec.ShareCreditedDecoder;
import io.hongbao.redpacket.codec.ShareOpenedDecoder;
import io.hongbao.redpacket.codec.ShareReservedDecoder;
import io.hongbao.redpacket.codec.StrayPaymentEvictedDecoder;
import io.hongbao.redpacket.codec.StrayPaymentRefundedDecoder;
import io.hongbao.redpacket.codec.StrayPaymentTakenDecoder;
import io.hongbao.redpacket.draw.DrawCommitter;
import java.util.List;
import java.util.Locale;

/**
 * Red packets and the orders they begin as; the packet is the subject of all of it.
 *
 * <p>Events of one packet come from three partitions. The log has them in the order of cause: a
 * share is opened before it is credited, since a transfer leaves only when it is durable.
 */
public final class RedPacketFeed implements FamilyFeed {

  private static final String PACKET = "red_packet";
  private static final String MEMORY =
      "what was settled leaves memory; nothing changes for anybody";
  private static final String TRANSFER =
      "travels between partitions and stands in no record; the events at both ends are shown";

  private final EventCodec codec = new RedPacketCodec();
  private final DrawCommitter committer = new DrawCommitter();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Template> templates() {
    return List.of(
        shown(PacketSentDecoder.TEMPLATE_ID, "sent"),
        shown(PacketOrderedDecoder.TEMPLATE_ID, "unpaid"),
        shown(OrderPaidDecoder.TEMPLATE_ID, "paid"),
        shown(OrderCancelledDecoder.TEMPLATE_ID, "cancelled"),
        shown(StrayPaymentTakenDecoder.TEMPLATE_ID, "stray_payment"),
        shown(StrayPaymentRefundedDecoder.TEMPLATE_ID, "stray_payment_refunded"),
        shown(RestReturnedDecoder.TEMPLATE_ID, "refunded"),
        new Hidden(OrderEvictedDecoder.TEMPLATE_ID, MEMORY),
        new Hidden(StrayPaymentEvictedDecoder.TEMPLATE_ID, MEMORY),
        shown(PacketCreatedDecoder.TEMPLATE_ID, "created"),
        shown(ShareReservedDecoder.TEMPLATE_ID, "reserved"),
        shown(ShareOpenedDecoder.TEMPLATE_ID, "opened"),
        shown(PacketExpiredDecoder.TEMPLATE_ID, "expired"),
        new Hidden(PacketEvictedDecoder.TEMPLATE_ID, MEMORY),
        shown(PacketClosedDecoder.TEMPLATE_ID, "closed"),
        shown(ShareCreditedDecoder.TEMPLATE_ID, "credited"),
        shown(CreditSuspendedDecoder.TEMPLATE_ID, "credit_suspended"),
        new Hidden(CreatePacketDecoder.TEMPLATE_ID, TRANSFER),
        new Hidden(CreditShareDecoder.TEMPLATE_ID, TRANSFER),
        new Hidden(ReturnRestDecoder.TEMPLATE_ID, TRANSFER));
  }

  private static Shown shown(int templateId, String what) {
    return new Shown(templateId, PACKET + "." + what, PACKET);
  }

  @Override
  public long subjectId(Event event) {
    return switch ((RedPacketEvent) event) {
      case PacketSent e -> e.spec().packetId();
      case PacketOrdered e -> e.packetId();
      case OrderPaid e -> e.spec().packetId();
      case OrderCancelled e -> e.packetId();
      case StrayPaymentTaken e -> e.packetId();
      case StrayPaymentRefunded e -> e.packetId();
      case RestReturned e -> e.packetId();
      case OrderEvicted e -> e.packetId();
      case StrayPaymentEvicted e -> e.packetId();
      case PacketCreated e -> e.spec().packetId();
      case ShareReserved e -> e.packetId();
      case ShareOpened e -> e.packetId();
      case PacketExpired e -> e.packetId();
      case PacketEvicted e -> e.packetId();
      case PacketClosed e -> e.packetId();
      case ShareCredited e -> e.packetId();
      case CreditSuspended e -> e.packetId();
    };
  }

  @Override
  public void write(Event event, DataWriter data) {
    data.id("packet_id", subjectId(event));
    switch ((RedPacketEvent) event) {
      case PacketSent e -> {
        spec(e.spec(), data);
        data.number("balance_after", e.balanceAfterMinor());
      }
      case PacketOrdered e -> {
        terms(e.senderId(), e.terms(), data);
        data.text("provider", e.provider()).time("pay_before", e.payBeforeMs());
      }
      case OrderPaid e -> {
        spec(e.spec(), data);
        data.text("payment_id", e.paymentId()).time("paid_at", e.paidAtMs());
      }
      case StrayPaymentTaken e ->
          data.id("refund_id", e.refundId())
              .money("amount", e.asset(), e.amountMinor())
              .text("payment_id", e.paymentId())
              .text("reason", e.reason().name().toLowerCase(Locale.ROOT));
      case StrayPaymentRefunded e -> data.id("refund_id", e.refundId());
      case RestReturned e -> returned(e, data);
      case PacketCreated e -> spec(e.spec(), data);
      case ShareReserved e -> data.id("user_id", e.userId()).time("reserved_until", e.untilMs());
      case ShareOpened e ->
          data.id("user_id", e.userId())
              .number("place", e.place())
              .money("amount", e.asset(), e.amountMinor());
      case PacketExpired e -> data.money("rest", e.asset(), e.restMinor());
      case PacketClosed e -> closed(e, data);
      case ShareCredited e ->
          data.id("user_id", e.userId())
              .number("place", e.place())
              .money("amount", e.asset(), e.amountMinor())
              .number("balance_after", e.balanceAfterMinor());
      case CreditSuspended e ->
          data.id("user_id", e.userId())
              .number("place", e.place())
              .money("amount", e.asset(), e.amountMinor())
              .text("reason", RefusalCode.ofNumber(e.reasonNumber()).wireName());
      case OrderCancelled e -> {}
      case OrderEvicted e -> {}
      case StrayPaymentEvicted e -> {}
      case PacketEvicted e -> {}
    }
  }

  // Neither the claim code nor the seed: the one lets in, the other tells every share beforehand.
  private void spec(PacketSpec spec, DataWriter data) {
    terms(spec.senderId(), spec.terms(), data);
    data.text("commitment", committer.commit(spec.drawTerms(), spec.seed()).hex())
        .time("sent_at", spec.sentAtMs())
        .time("expires_at", spec.expiresAtMs());
  }

  private static void terms(long senderId, PacketTerms terms, DataWriter data) {
    data.id("sender_id", senderId)
        .text("kind", terms.kind().wireName())
        .text("grab_mode", terms.grabMode().wireName())
        .money("total", terms.asset(), terms.totalMinor())
        .number("count", terms.count())
        .begin("audience")
        .idIfAny("room_id", terms.roomId())
        .idIfAny("user_id", terms.recipientId())
        .end()
        .textIfAny("greeting", terms.greeting())
        .textIfAny("cover", terms.cover())
        .textIfAny("nonce", terms.nonce().base64Url());
  }

  private static void returned(RestReturned e, DataWriter data) {
    data.id("sender_id", e.senderId()).money("amount", e.asset(), e.amountMinor());
    boolean isSuspended = e.balanceAfterMinor() == RedPacketEvent.NO_BALANCE;
    data.flag("suspended", isSuspended);
    if (!isSuspended) {
      data.number("balance_after", e.balanceAfterMinor());
    }
  }

  private static void closed(PacketClosed e, DataWriter data) {
    data.text("state", e.state().wireName());
    if (e.bestPlace() > 0) {
      data.number("best_place", e.bestPlace());
    }
    data.text("seed", e.seed().hex());
  }
}
