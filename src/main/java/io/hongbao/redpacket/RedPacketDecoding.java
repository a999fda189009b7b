// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.redpacket;

import io.hongbao.engine.Event;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.redpacket.codec.CreatePacketDecoder;
import io.hongbao.redpacket.codec.CreditShareDecoder;
import io.hongbao.redpacket.codec.CreditSuspendedDecoder;
import io.hongbao.redpacket.codec.MessageHeaderDecoder;
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
import io.hongbao.redpacket.draw.DrawSeed;
import org.agrona.DirectBuffer;

/**
 * Reads the events and transfers of red packets by their schema.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class RedPacketDecoding {

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  Event decode(DirectBuffer source, int offset) {
    header.wrap(source, offset);
    int template = header.templateId();
    return template < FIRST_OF_PACKET
        ? ofSender(template, source, offset)
        : template < FIRST_TRANSFER
            ? ofPacketOrOpener(template, source, offset)
            : transfer(template, source, offset);
  }

  private static final int FIRST_OF_PACKET = 20;
  private static final int FIRST_TRANSFER = 50;

  private Event ofSender(int template, DirectBuffer source, int offset) {
    return switch (template) {
      case OrderCancelledDecoder.TEMPLATE_ID -> {
        var in = new OrderCancelledDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.OrderCancelled(in.packetId());
      }
      case StrayPaymentRefundedDecoder.TEMPLATE_ID -> {
        var in = new StrayPaymentRefundedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.StrayPaymentRefunded(in.packetId(), in.refundId());
      }
      case RestReturnedDecoder.TEMPLATE_ID -> {
        var in = new RestReturnedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.RestReturned(
            in.packetId(), in.senderId(), in.asset(), in.amountMinor(), in.balanceAfterMinor());
      }
      case OrderEvictedDecoder.TEMPLATE_ID -> {
        var in = new OrderEvictedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.OrderEvicted(in.packetId());
      }
      case StrayPaymentEvictedDecoder.TEMPLATE_ID -> {
        var in = new StrayPaymentEvictedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.StrayPaymentEvicted(in.packetId(), in.refundId());
      }
      case PacketSentDecoder.TEMPLATE_ID -> {
        var in = new PacketSentDecoder().wrapAndApplyHeader(source, offset, header);
        byte[] nonce = SpecCodec.bytes(in.nonceLength(), in::getNonce);
        byte[] greeting = SpecCodec.bytes(in.greetingLength(), in::getGreeting);
        byte[] cover = SpecCodec.bytes(in.coverLength(), in::getCover);
        PacketTerms terms = SpecCodec.terms(in.terms(), nonce, greeting, cover);
        yield new RedPacketEvent.PacketSent(
            SpecCodec.spec(in.issue(), terms), in.balanceAfterMinor());
      }
      case PacketOrderedDecoder.TEMPLATE_ID -> {
        var in = new PacketOrderedDecoder().wrapAndApplyHeader(source, offset, header);
        byte[] nonce = SpecCodec.bytes(in.nonceLength(), in::getNonce);
        byte[] greeting = SpecCodec.bytes(in.greetingLength(), in::getGreeting);
        byte[] cover = SpecCodec.bytes(in.coverLength(), in::getCover);
        byte[] provider = SpecCodec.bytes(in.providerLength(), in::getProvider);
        PacketTerms terms = SpecCodec.terms(in.terms(), nonce, greeting, cover);
        yield new RedPacketEvent.PacketOrdered(
            in.packetId(), in.senderId(), terms, SpecCodec.text(provider), in.payBeforeMs());
      }
      case OrderPaidDecoder.TEMPLATE_ID -> {
        var in = new OrderPaidDecoder().wrapAndApplyHeader(source, offset, header);
        byte[] nonce = SpecCodec.bytes(in.nonceLength(), in::getNonce);
        byte[] greeting = SpecCodec.bytes(in.greetingLength(), in::getGreeting);
        byte[] cover = SpecCodec.bytes(in.coverLength(), in::getCover);
        byte[] paymentId = SpecCodec.bytes(in.paymentIdLength(), in::getPaymentId);
        PacketTerms terms = SpecCodec.terms(in.terms(), nonce, greeting, cover);
        yield new RedPacketEvent.OrderPaid(
            SpecCodec.spec(in.issue(), terms), SpecCodec.text(paymentId), in.paidAtMs());
      }
      case StrayPaymentTakenDecoder.TEMPLATE_ID -> {
        var in = new StrayPaymentTakenDecoder().wrapAndApplyHeader(source, offset, header);
        byte[] paymentId = SpecCodec.bytes(in.paymentIdLength(), in::getPaymentId);
        byte[] provider = SpecCodec.bytes(in.providerLength(), in::getProvider);
        yield new RedPacketEvent.StrayPaymentTaken(
            in.packetId(),
            in.senderId(),
            SpecCodec.text(provider),
            in.refundId(),
            in.asset(),
            in.amountMinor(),
            SpecCodec.text(paymentId),
            StrayReason.ofNumber(in.reason()));
      }
      default -> throw new UnknownEventException(RedPacketCodec.SCHEMA_ID, template);
    };
  }

  private Event ofPacketOrOpener(int template, DirectBuffer source, int offset) {
    return switch (template) {
      case ShareReservedDecoder.TEMPLATE_ID -> {
        var in = new ShareReservedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.ShareReserved(in.packetId(), in.userId(), in.untilMs());
      }
      case ShareOpenedDecoder.TEMPLATE_ID -> {
        var in = new ShareOpenedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.ShareOpened(
            in.packetId(), in.userId(), in.place(), in.asset(), in.amountMinor());
      }
      case PacketExpiredDecoder.TEMPLATE_ID -> {
        var in = new PacketExpiredDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.PacketExpired(in.packetId(), in.asset(), in.restMinor());
      }
      case PacketEvictedDecoder.TEMPLATE_ID -> {
        var in = new PacketEvictedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.PacketEvicted(in.packetId());
      }
      case ShareCreditedDecoder.TEMPLATE_ID -> {
        var in = new ShareCreditedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.ShareCredited(
            in.userId(),
            in.asset(),
            in.amountMinor(),
            in.packetId(),
            in.place(),
            in.balanceAfterMinor());
      }
      case CreditSuspendedDecoder.TEMPLATE_ID -> {
        var in = new CreditSuspendedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.CreditSuspended(
            in.userId(), in.asset(), in.amountMinor(), in.packetId(), in.place(), in.reason());
      }
      case PacketCreatedDecoder.TEMPLATE_ID -> {
        var in = new PacketCreatedDecoder().wrapAndApplyHeader(source, offset, header);
        byte[] nonce = SpecCodec.bytes(in.nonceLength(), in::getNonce);
        byte[] greeting = SpecCodec.bytes(in.greetingLength(), in::getGreeting);
        byte[] cover = SpecCodec.bytes(in.coverLength(), in::getCover);
        PacketTerms terms = SpecCodec.terms(in.terms(), nonce, greeting, cover);
        yield new RedPacketEvent.PacketCreated(SpecCodec.spec(in.issue(), terms));
      }
      case PacketClosedDecoder.TEMPLATE_ID -> {
        var in = new PacketClosedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketEvent.PacketClosed(
            in.packetId(),
            PacketState.ofNumber(in.state()),
            in.bestPlace(),
            new DrawSeed(in.seed0(), in.seed1(), in.seed2(), in.seed3()));
      }
      default -> throw new UnknownEventException(RedPacketCodec.SCHEMA_ID, template);
    };
  }

  private Event transfer(int template, DirectBuffer source, int offset) {
    return switch (template) {
      case CreditShareDecoder.TEMPLATE_ID -> {
        var in = new CreditShareDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketTransfer.CreditShare(
            in.packetId(), in.userId(), in.asset(), in.amountMinor(), in.place());
      }
      case ReturnRestDecoder.TEMPLATE_ID -> {
        var in = new ReturnRestDecoder().wrapAndApplyHeader(source, offset, header);
        yield new RedPacketTransfer.ReturnRest(
            in.packetId(), in.senderId(), in.asset(), in.amountMinor());
      }
      case CreatePacketDecoder.TEMPLATE_ID -> {
        var in = new CreatePacketDecoder().wrapAndApplyHeader(source, offset, header);
        byte[] nonce = SpecCodec.bytes(in.nonceLength(), in::getNonce);
        byte[] greeting = SpecCodec.bytes(in.greetingLength(), in::getGreeting);
        byte[] cover = SpecCodec.bytes(in.coverLength(), in::getCover);
        PacketTerms terms = SpecCodec.terms(in.terms(), nonce, greeting, cover);
        yield new RedPacketTransfer.CreatePacket(SpecCodec.spec(in.issue(), terms));
      }
      default -> throw new UnknownEventException(RedPacketCodec.SCHEMA_ID, template);
    };
  }
}
