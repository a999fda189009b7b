// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.redpacket;

import io.hongbao.engine.Event;
import io.hongbao.redpacket.codec.CreatePacketEncoder;
import io.hongbao.redpacket.codec.CreditShareEncoder;
import io.hongbao.redpacket.codec.CreditSuspendedEncoder;
import io.hongbao.redpacket.codec.MessageHeaderEncoder;
import io.hongbao.redpacket.codec.OrderCancelledEncoder;
import io.hongbao.redpacket.codec.OrderEvictedEncoder;
import io.hongbao.redpacket.codec.OrderPaidEncoder;
import io.hongbao.redpacket.codec.PacketClosedEncoder;
import io.hongbao.redpacket.codec.PacketCreatedEncoder;
import io.hongbao.redpacket.codec.PacketEvictedEncoder;
import io.hongbao.redpacket.codec.PacketExpiredEncoder;
import io.hongbao.redpacket.codec.PacketOrderedEncoder;
import io.hongbao.redpacket.codec.PacketSentEncoder;
import io.hongbao.redpacket.codec.RestReturnedEncoder;
import io.hongbao.redpacket.codec.ReturnRestEncoder;
import io.hongbao.redpacket.codec.ShareCreditedEncoder;
import io.hongbao.redpacket.codec.ShareOpenedEncoder;
import io.hongbao.redpacket.codec.ShareReservedEncoder;
import io.hongbao.redpacket.codec.StrayPaymentEvictedEncoder;
import io.hongbao.redpacket.codec.StrayPaymentRefundedEncoder;
import io.hongbao.redpacket.codec.StrayPaymentTakenEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the events and transfers of red packets by their schema.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class RedPacketEncoding {

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch (event) {
          case RedPacketEvent own -> encode(own, target, offset);
          case RedPacketTransfer own -> encode(own, target, offset);
          default -> throw new IllegalArgumentException("not an event of red packets");
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  private int encode(RedPacketEvent event, MutableDirectBuffer target, int offset) {
    return switch (event) {
      case RedPacketEvent.OrderCancelled e ->
          new OrderCancelledEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .encodedLength();
      case RedPacketEvent.StrayPaymentRefunded e ->
          new StrayPaymentRefundedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .refundId(e.refundId())
              .encodedLength();
      case RedPacketEvent.RestReturned e ->
          new RestReturnedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .senderId(e.senderId())
              .asset((short) e.asset())
              .amountMinor(e.amountMinor())
              .balanceAfterMinor(e.balanceAfterMinor())
              .encodedLength();
      case RedPacketEvent.OrderEvicted e ->
          new OrderEvictedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .encodedLength();
      case RedPacketEvent.StrayPaymentEvicted e ->
          new StrayPaymentEvictedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .refundId(e.refundId())
              .encodedLength();
      case RedPacketEvent.ShareReserved e ->
          new ShareReservedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case RedPacketEvent.ShareOpened e ->
          new ShareOpenedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .userId(e.userId())
              .place(e.place())
              .asset((short) e.asset())
              .amountMinor(e.amountMinor())
              .encodedLength();
      case RedPacketEvent.PacketExpired e ->
          new PacketExpiredEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .asset((short) e.asset())
              .restMinor(e.restMinor())
              .encodedLength();
      case RedPacketEvent.PacketEvicted e ->
          new PacketEvictedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .encodedLength();
      case RedPacketEvent.ShareCredited e ->
          new ShareCreditedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .userId(e.userId())
              .asset((short) e.asset())
              .amountMinor(e.amountMinor())
              .packetId(e.packetId())
              .place(e.place())
              .balanceAfterMinor(e.balanceAfterMinor())
              .encodedLength();
      case RedPacketEvent.CreditSuspended e ->
          new CreditSuspendedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .userId(e.userId())
              .asset((short) e.asset())
              .amountMinor(e.amountMinor())
              .packetId(e.packetId())
              .place(e.place())
              .reason(e.reasonNumber())
              .encodedLength();
      case RedPacketEvent.PacketSent e -> {
        var out = new PacketSentEncoder().wrapAndApplyHeader(target, offset, header);
        SpecCodec.put(out.issue(), e.spec());
        SpecCodec.put(out.terms(), e.spec().terms());
        out.balanceAfterMinor(e.balanceAfterMinor());
        byte[] nonce = SpecCodec.bytes(e.spec().terms().nonce());
        byte[] greeting = SpecCodec.bytes(e.spec().terms().greeting());
        byte[] cover = SpecCodec.bytes(e.spec().terms().cover());
        out.putNonce(nonce, 0, nonce.length);
        out.putGreeting(greeting, 0, greeting.length);
        out.putCover(cover, 0, cover.length);
        yield out.encodedLength();
      }
      case RedPacketEvent.PacketOrdered e -> {
        var out = new PacketOrderedEncoder().wrapAndApplyHeader(target, offset, header);
        SpecCodec.put(out.terms(), e.terms());
        out.packetId(e.packetId());
        out.senderId(e.senderId());
        out.payBeforeMs(e.payBeforeMs());
        byte[] nonce = SpecCodec.bytes(e.terms().nonce());
        byte[] greeting = SpecCodec.bytes(e.terms().greeting());
        byte[] cover = SpecCodec.bytes(e.terms().cover());
        byte[] provider = SpecCodec.bytes(e.provider());
        out.putNonce(nonce, 0, nonce.length);
        out.putGreeting(greeting, 0, greeting.length);
        out.putCover(cover, 0, cover.length);
        out.putProvider(provider, 0, provider.length);
        yield out.encodedLength();
      }
      case RedPacketEvent.OrderPaid e -> {
        var out = new OrderPaidEncoder().wrapAndApplyHeader(target, offset, header);
        SpecCodec.put(out.issue(), e.spec());
        SpecCodec.put(out.terms(), e.spec().terms());
        out.paidAtMs(e.paidAtMs());
        byte[] nonce = SpecCodec.bytes(e.spec().terms().nonce());
        byte[] greeting = SpecCodec.bytes(e.spec().terms().greeting());
        byte[] cover = SpecCodec.bytes(e.spec().terms().cover());
        byte[] paymentId = SpecCodec.bytes(e.paymentId());
        out.putNonce(nonce, 0, nonce.length);
        out.putGreeting(greeting, 0, greeting.length);
        out.putCover(cover, 0, cover.length);
        out.putPaymentId(paymentId, 0, paymentId.length);
        yield out.encodedLength();
      }
      case RedPacketEvent.PacketCreated e -> {
        var out = new PacketCreatedEncoder().wrapAndApplyHeader(target, offset, header);
        SpecCodec.put(out.issue(), e.spec());
        SpecCodec.put(out.terms(), e.spec().terms());
        byte[] nonce = SpecCodec.bytes(e.spec().terms().nonce());
        byte[] greeting = SpecCodec.bytes(e.spec().terms().greeting());
        byte[] cover = SpecCodec.bytes(e.spec().terms().cover());
        out.putNonce(nonce, 0, nonce.length);
        out.putGreeting(greeting, 0, greeting.length);
        out.putCover(cover, 0, cover.length);
        yield out.encodedLength();
      }
      case RedPacketEvent.StrayPaymentTaken e -> {
        byte[] paymentId = SpecCodec.bytes(e.paymentId());
        byte[] provider = SpecCodec.bytes(e.provider());
        yield new StrayPaymentTakenEncoder()
            .wrapAndApplyHeader(target, offset, header)
            .packetId(e.packetId())
            .refundId(e.refundId())
            .amountMinor(e.amountMinor())
            .asset((short) e.asset())
            .reason((short) e.reason().number())
            .senderId(e.senderId())
            .putPaymentId(paymentId, 0, paymentId.length)
            .putProvider(provider, 0, provider.length)
            .encodedLength();
      }
      case RedPacketEvent.PacketClosed e ->
          new PacketClosedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .seed0(e.seed().word0())
              .seed1(e.seed().word1())
              .seed2(e.seed().word2())
              .seed3(e.seed().word3())
              .bestPlace(e.bestPlace())
              .state((short) e.state().number())
              .encodedLength();
    };
  }

  private int encode(RedPacketTransfer transfer, MutableDirectBuffer target, int offset) {
    return switch (transfer) {
      case RedPacketTransfer.CreditShare e ->
          new CreditShareEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .userId(e.userId())
              .asset((short) e.asset())
              .amountMinor(e.amountMinor())
              .place(e.place())
              .encodedLength();
      case RedPacketTransfer.ReturnRest e ->
          new ReturnRestEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .packetId(e.packetId())
              .senderId(e.senderId())
              .asset((short) e.asset())
              .amountMinor(e.amountMinor())
              .encodedLength();
      case RedPacketTransfer.CreatePacket e -> {
        var out = new CreatePacketEncoder().wrapAndApplyHeader(target, offset, header);
        SpecCodec.put(out.issue(), e.spec());
        SpecCodec.put(out.terms(), e.spec().terms());
        byte[] nonce = SpecCodec.bytes(e.spec().terms().nonce());
        byte[] greeting = SpecCodec.bytes(e.spec().terms().greeting());
        byte[] cover = SpecCodec.bytes(e.spec().terms().cover());
        out.putNonce(nonce, 0, nonce.length);
        out.putGreeting(greeting, 0, greeting.length);
        out.putCover(cover, 0, cover.length);
        yield out.encodedLength();
      }
    };
  }
}
