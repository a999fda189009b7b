// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Refusal;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.NoticeVerdict;
import io.hongbao.provider.pay.NoticeVerdict.Genuine;
import io.hongbao.provider.pay.NoticeVerdict.Refused;
import io.hongbao.provider.pay.NoticeVerifier;
import io.hongbao.provider.pay.PayNotice;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.vertx.core.buffer.Buffer;

/**
 * The door at which payment providers report.
 *
 * <p>200 is said once the notice is durable with its order, and again for every copy of it; until
 * then a provider goes on telling. An order that has left memory is found again in the read model,
 * so that money is given back however late the notice of it comes.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class ProviderRoutes {

  /** What is read of a notice; real ones have some 300 bytes. */
  static final int NOTICE_BYTES_MAX = 16 * 1024;

  private final EdgeParts parts;

  ProviderRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post("/v1/providers/{provider}/notices", Access.PUBLIC, BodyRule.NOTICE, this::take));
  }

  private void take(Exchange exchange, Buffer body) throws BadRequestException {
    NoticeVerifier verifier = parts.notices().get(exchange.pathValue("provider"));
    if (verifier == null) {
      throw new BadRequestException(RefusalCode.NOT_FOUND, "There is no such provider.");
    }
    String signature = exchange.request().getHeader(NoticeSigner.HEADER);
    NoticeVerdict verdict = verifier.verify(body.getBytes(), signature, exchange.nowMs());
    switch (verdict) {
      case Refused refused -> exchange.refuse(refused.code(), refused.detail() + ".");
      case Genuine genuine -> pay(exchange, genuine.notice());
    }
  }

  private void pay(Exchange exchange, PayNotice notice) throws BadRequestException {
    boolean isPossible =
        EntityId.isPossible(
            notice.orderId(),
            parts.shape().site(),
            parts.shape().partitionCount(),
            exchange.nowMs());
    if (!isPossible) {
      throw new BadRequestException(
          RefusalCode.NOTICE_MISMATCH, RefusalCode.NOTICE_MISMATCH.sentence());
    }
    var payment =
        new TakePayment(
            notice.orderId(),
            notice.provider(),
            notice.providerTxn(),
            parts.assets().numberOr0(notice.asset()),
            notice.amountMinor(),
            notice.paidAtMs());
    exchange.ask(
        EntityId.generator(notice.orderId()),
        payment,
        PaymentTaken.class,
        (taken, position, repeated) -> taken(exchange),
        (refusal, repeated) -> {
          // Whether the id is old enough is not asked: money must not depend on a clock.
          if (refusal.code() == RefusalCode.NOTICE_MISMATCH) {
            payLate(exchange, payment, refusal);
          } else {
            exchange.refuse(refusal, repeated);
          }
        });
  }

  /** Looks for the order in the read model, where those are that have left memory. */
  private void payLate(Exchange exchange, TakePayment payment, Refusal mismatch) {
    long foundAtMs = exchange.nowMs();
    exchange.await(
        parts.readModel().pastOrder(payment.packetId(), payment.paymentId()),
        order -> {
          if (order.isEmpty()) {
            exchange.refuse(mismatch, false);
            return;
          }
          exchange.ask(
              EntityId.generator(payment.packetId()),
              new TakeLatePayment(payment, order.get(), foundAtMs),
              PaymentTaken.class,
              (taken, position, repeated) -> taken(exchange));
        });
  }

  private static void taken(Exchange exchange) {
    exchange.reply(200, exchange.json().beginObject().field("taken", true).endObject());
  }
}
